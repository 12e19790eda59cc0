/**
 * The fields a complete company has. Completeness is the share of them that is known; a field that its source does not
 * state counts as missing, because the reader misses it all the same.
 */
export const ENRICHMENT_FIELDS = [
  // The company's profile on the register.
  'legal_name',
  'status',
  'company_type',
  'jurisdiction',
  'incorporated_on',
  'registered_office',
  'sic_codes',
  'previous_names',
  'accounts_reference_date',
  'accounts_type',
  'accounts_made_up_to',
  'accounts_next_due',
  'accounts_overdue',
  'confirmation_statement_made_up_to',
  'confirmation_statement_next_due',
  'confirmation_statement_overdue',
  // People, owners, security, filings, insolvency.
  'officers_active',
  'officers_resigned',
  'owners',
  'owner_statements',
  'charges_total',
  'charges_outstanding',
  'filings_total',
  'last_filing_on',
  'last_accounts_filed_on',
  'insolvency_cases',
  // Filed accounts and the company's own web site.
  'turnover',
  'net_assets',
  'employees',
  'website',
  'phone',
] as const;

/** What a fact says when the source no longer states a value that it stated before. */
export const NO_LONGER_STATED = 'none';

const FIELD_NAMES: ReadonlySet<string> = new Set(ENRICHMENT_FIELDS);

/** Share of the documented fields among those that are known, 0 to 1, in hundredths. */
export function completenessOf(known: ReadonlySet<string>): number {
  const filled = [...known].filter((field) => FIELD_NAMES.has(field)).length;
  return Math.round((filled / ENRICHMENT_FIELDS.length) * 100) / 100;
}
