import type { FactGroupView, FactView } from '@/components/companies/fact-list';
import type { EvidenceView } from '@/components/evidence/evidence-card';
import { isHttpUrl } from '@/components/evidence/is-http-url';
import { formatFieldName } from '@/components/format/field-names';
import type { Company, CompanyFact } from '@/lib/companies/schema';
import { factWords } from './fact-words';

/** The fields in reading order, with what they are called. The names are those of enrichment. */
const GROUPS: readonly { title: string; labels: Readonly<Record<string, string>> }[] = [
  {
    title: 'Identity',
    labels: {
      company_number: 'Company number',
      legal_name: 'Legal name',
      company_type: 'Type',
      status: 'Status',
      status_detail: 'Status detail',
      jurisdiction: 'Registered in',
      country_of_origin: 'Country of origin',
      incorporated_on: 'Incorporated',
      dissolved_on: 'Dissolved',
      registered_office: 'Registered office',
      sic_codes: 'Business, self-declared',
      previous_names: 'Earlier names',
    },
  },
  {
    title: 'People and ownership',
    labels: {
      officers_active: 'Officers',
      officers_resigned: 'Officers who have left',
      owners: 'Persons with significant control',
      owner_statements: 'Statements on control',
    },
  },
  {
    title: 'Accounts and filings',
    labels: {
      accounts_type: 'Last accounts',
      accounts_made_up_to: 'Accounts made up to',
      last_accounts_filed_on: 'Accounts filed',
      accounts_next_due: 'Next accounts due',
      accounts_overdue: 'Accounts overdue',
      accounts_reference_date: 'Financial year ends',
      confirmation_statement_made_up_to: 'Confirmation statement',
      confirmation_statement_next_due: 'Next statement due',
      confirmation_statement_overdue: 'Statement overdue',
      filings_total: 'Filings',
      last_filing_on: 'Last filing',
    },
  },
  {
    title: 'Charges and insolvency',
    labels: {
      charges_total: 'Charges',
      charges_outstanding: 'Charges outstanding',
      charge_holders: 'Holders of charges',
      insolvency_cases: 'Insolvency cases',
    },
  },
];

/**
 * Everything known of a company in words, in groups. A field that is in the row as well as recorded as a fact shows where
 * it was read; fields that nobody named here come last.
 */
export function toFactGroups(company: Company, facts: readonly CompanyFact[]): FactGroupView[] {
  const recorded = new Map(facts.map((fact) => [fact.field, fact]));
  const inRow = new Map(Object.entries(rowValues(company)));
  const toView = (field: string, label: string): FactView[] => {
    const fact = recorded.get(field);
    const value = fact?.value ?? inRow.get(field);
    if (value === undefined || value === null) return [];
    return [{ field, label, value: factWords(field, value), provenance: toProvenance(fact) }];
  };
  const named = new Set(GROUPS.flatMap(({ labels }) => Object.keys(labels)));
  const others = facts.filter(({ field }) => !named.has(field));
  return [
    ...GROUPS.map(({ title, labels }) => ({
      title,
      facts: Object.entries(labels).flatMap(([field, label]) => toView(field, label)),
    })),
    { title: 'More', facts: others.flatMap(({ field }) => toView(field, formatFieldName(field))) },
  ].filter((group) => group.facts.length > 0);
}

/** The register row by the names that enrichment gives the same fields. Empty lists may only mean an absent column. */
function rowValues(company: Company): Record<string, unknown> {
  return {
    company_number: company.id,
    legal_name: company.name,
    company_type: company.company_type,
    status: company.status,
    status_detail: company.status_detail,
    jurisdiction: company.jurisdiction,
    country_of_origin: company.country_of_origin,
    incorporated_on: company.incorporated_on,
    dissolved_on: company.dissolved_on,
    registered_office: Object.keys(company.address).length > 0 ? company.address : null,
    sic_codes: company.sic_codes.length > 0 ? company.sic_codes : null,
    previous_names: company.previous_names.length > 0 ? company.previous_names : null,
    accounts_type: company.accounts_category,
    accounts_made_up_to: company.accounts_made_up_to,
    accounts_next_due: company.accounts_next_due,
    confirmation_statement_made_up_to: company.confirmation_made_up_to,
    confirmation_statement_next_due: company.confirmation_next_due,
    charges_total: company.charges_total,
    charges_outstanding: company.charges_outstanding,
  };
}

function toProvenance(fact: CompanyFact | undefined): FactView['provenance'] {
  if (!fact) return null;
  const { source, observed_at: observedAt, confidence } = fact;
  return { source: sourceName(source), observedAt, confidence, evidence: toEvidence(fact) };
}

function toEvidence({ source, evidence, observed_at }: CompanyFact): EvidenceView | null {
  const { url, locator, snippet, retrieved_at } = evidence;
  if (!url || !isHttpUrl(url) || locator === undefined || snippet === undefined) return null;
  return {
    title: sourceName(source),
    url,
    retrievedAt: retrieved_at ?? observed_at,
    excerpts: [{ snippet, locator }],
  };
}

/** `companies_house.filing_history` as "Companies House: filing history". */
function sourceName(source: string): string {
  const [provider = source, part] = source.split('.');
  const name = provider.replace(/(^|_)([a-z])/g, (_, gap, letter) => `${gap ? ' ' : ''}${letter.toUpperCase()}`);
  return part ? `${name}: ${part.replaceAll('_', ' ').replace(/^psc\b/, 'persons with significant control')}` : name;
}
