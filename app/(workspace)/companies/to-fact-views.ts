import type { FactView } from '@/components/companies/fact-list';
import type { EvidenceView } from '@/components/evidence/evidence-card';
import { isHttpUrl } from '@/components/evidence/is-http-url';
import { formatDate, formatFieldName, formatValue } from '@/components/format/format-value';
import {
  accountTypeText,
  companyStatusText,
  companyTypeText,
  jurisdictionText,
  statusDetailText,
} from '@/lib/companies/enumerations/register-text';
import { sicText } from '@/lib/companies/enumerations/sic-text';
import type { Company, CompanyAddress, CompanyFact } from '@/lib/companies/schema';

type Row = { field: string; label: string; value: string | null };

/**
 * Everything known of a company as words: the register row first, then the facts that enrichment found beyond it. A row
 * whose field has a recorded fact shows where that was read.
 */
export function toFactViews(company: Company, facts: readonly CompanyFact[]): FactView[] {
  const recorded = new Map(facts.map((fact) => [fact.field, fact]));
  const rows = registerRows(company).filter(
    (row): row is Row & { value: string } => row.value !== null && row.value !== '',
  );
  const shown = new Set(rows.map((row) => row.field));
  const others = facts
    .filter((fact) => !shown.has(fact.field))
    .map((fact) => ({ field: fact.field, label: formatFieldName(fact.field), value: formatValue(fact.value) }));
  return [...rows, ...others].map((row) => ({ ...row, provenance: toProvenance(recorded.get(row.field)) }));
}

function registerRows(company: Company): Row[] {
  return [
    { field: 'company_number', label: 'Company number', value: company.id },
    { field: 'company_type', label: 'Type', value: company.company_type && companyTypeText(company.company_type) },
    { field: 'status', label: 'Status', value: company.status && companyStatusText(company.status) },
    {
      field: 'status_detail',
      label: 'Status detail',
      value: company.status_detail && statusDetailText(company.status_detail),
    },
    {
      field: 'jurisdiction',
      label: 'Registered in',
      value: company.jurisdiction && jurisdictionText(company.jurisdiction),
    },
    { field: 'country_of_origin', label: 'Country of origin', value: company.country_of_origin },
    {
      field: 'incorporated_on',
      label: 'Incorporated',
      value: company.incorporated_on && formatDate(company.incorporated_on),
    },
    { field: 'dissolved_on', label: 'Dissolved', value: company.dissolved_on && formatDate(company.dissolved_on) },
    { field: 'address', label: 'Registered office', value: addressLines(company.address) },
    {
      field: 'sic_codes',
      label: 'Business (own words)',
      value: company.sic_codes.map((code) => `${code} ${sicText(code)}`).join('\n'),
    },
    {
      field: 'accounts_category',
      label: 'Last accounts',
      value: company.accounts_category && accountTypeText(company.accounts_category),
    },
    {
      field: 'accounts_made_up_to',
      label: 'Accounts made up to',
      value: company.accounts_made_up_to && formatDate(company.accounts_made_up_to),
    },
    {
      field: 'accounts_next_due',
      label: 'Next accounts due',
      value: company.accounts_next_due && formatDate(company.accounts_next_due),
    },
    {
      field: 'confirmation_made_up_to',
      label: 'Statement made up to',
      value: company.confirmation_made_up_to && formatDate(company.confirmation_made_up_to),
    },
    {
      field: 'confirmation_next_due',
      label: 'Next statement due',
      value: company.confirmation_next_due && formatDate(company.confirmation_next_due),
    },
    { field: 'charges_total', label: 'Charges', value: company.charges_total === null ? null : chargesText(company) },
    { field: 'previous_names', label: 'Earlier names', value: company.previous_names.map(previousName).join('\n') },
  ];
}

function addressLines(address: CompanyAddress): string {
  const { care_of, po_box, line_1, line_2, locality, region, postal_code, country } = address;
  return [care_of, po_box, line_1, line_2, locality, region, postal_code, country].filter(Boolean).join(', ');
}

function chargesText({ charges_total, charges_outstanding }: Company): string {
  const outstanding = charges_outstanding === null ? '' : `, ${charges_outstanding} outstanding`;
  return `${charges_total} registered${outstanding}`;
}

function previousName({ name, effective_from, ceased_on }: Company['previous_names'][number]): string {
  if (!ceased_on) return name;
  return `${name} (${effective_from ? `${formatDate(effective_from)} ` : ''}to ${formatDate(ceased_on)})`;
}

function toProvenance(fact: CompanyFact | undefined): FactView['provenance'] {
  if (!fact) return null;
  const { source, observed_at: observedAt, confidence } = fact;
  return { source: formatFieldName(source), observedAt, confidence, evidence: toEvidence(fact) };
}

function toEvidence({ source, evidence, observed_at }: CompanyFact): EvidenceView | null {
  const { url, locator, snippet, retrieved_at } = evidence;
  if (!url || !isHttpUrl(url) || locator === undefined || snippet === undefined) return null;
  return {
    title: formatFieldName(source),
    url,
    retrievedAt: retrieved_at ?? observed_at,
    excerpts: [{ snippet, locator }],
  };
}
