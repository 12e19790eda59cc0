import type { Company, CompanyFact } from '@/lib/companies/schema';
import { NO_LONGER_STATED } from './fields';

/** What was known of a company before: fields with a value, and the fields that are recorded as facts. */
export type KnownFields = { filled: Set<string>; asFacts: Set<string> };

/** A company that was imported in bulk has many fields in its row before anything was recorded as a fact. */
export function knownFields(company: Company | null, facts: readonly CompanyFact[]): KnownFields {
  const filled = facts.filter(({ value }) => value !== NO_LONGER_STATED).map(({ field }) => field);
  return {
    filled: new Set([...(company === null ? [] : fieldsOfRow(company)), ...filled]),
    asFacts: new Set(facts.map(({ field }) => field)),
  };
}

function fieldsOfRow(company: Company): string[] {
  const values: Record<string, unknown> = {
    legal_name: company.name,
    status: company.status,
    company_type: company.company_type,
    jurisdiction: company.jurisdiction,
    incorporated_on: company.incorporated_on,
    registered_office: Object.keys(company.address).length > 0 ? company.address : null,
    sic_codes: company.sic_codes.length > 0 ? company.sic_codes : null,
    // An empty list in the row may also mean that the file had no such column.
    previous_names: company.previous_names.length > 0 ? company.previous_names : null,
    accounts_type: company.accounts_category,
    accounts_made_up_to: company.accounts_made_up_to,
    accounts_next_due: company.accounts_next_due,
    confirmation_statement_made_up_to: company.confirmation_made_up_to,
    confirmation_statement_next_due: company.confirmation_next_due,
    charges_total: company.charges_total,
    charges_outstanding: company.charges_outstanding,
  };
  return Object.entries(values).flatMap(([field, value]) => (value === null ? [] : [field]));
}
