import { toDay } from '@/lib/companies/register/calendar';
import type { CompanyProfile } from '@/lib/sources/companies-house/schema';
import type { Json } from '@/types/database';
import { type CompanyColumns, copied, type FactDraft, type SourceReader } from '../source-reader';

export const profileReader: SourceReader<'companies_house.profile'> = {
  source: 'companies_house.profile',
  facts: (profile) => [...identityFacts(profile), ...accountsFacts(profile), ...confirmationFacts(profile)],
  columns: toColumns,
};

function identityFacts(profile: CompanyProfile): FactDraft[] {
  return [
    copied('legal_name', profile.company_name, '$.company_name'),
    copied('status', profile.company_status, '$.company_status'),
    copied('status_detail', profile.company_status_detail, '$.company_status_detail'),
    copied('company_type', profile.type, '$.type'),
    copied('jurisdiction', profile.jurisdiction, '$.jurisdiction'),
    copied('incorporated_on', toDay(profile.date_of_creation), '$.date_of_creation'),
    copied('dissolved_on', toDay(profile.date_of_cessation), '$.date_of_cessation'),
    copied('registered_office', addressOf(profile), '$.registered_office_address'),
    copied('sic_codes', profile.sic_codes ?? null, '$.sic_codes'),
    // The register leaves the member out for a company that has always had its name.
    {
      ...copied('previous_names', previousNamesOf(profile), '$.previous_company_names'),
      ...(profile.previous_company_names?.length ? {} : { locator: '$', snippet: 'no previous names' }),
    },
  ];
}

function accountsFacts({ accounts }: CompanyProfile): FactDraft[] {
  const reference = accounts?.accounting_reference_date;
  const last = accounts?.last_accounts;
  const day = reference?.day && reference.month ? { day: Number(reference.day), month: Number(reference.month) } : null;
  const nextDue = toDay(accounts?.next_accounts?.due_on) ?? toDay(accounts?.next_due);
  const overdue = accounts?.next_accounts?.overdue ?? accounts?.overdue;
  return [
    copied('accounts_reference_date', day, '$.accounts.accounting_reference_date'),
    copied('accounts_type', statedType(last?.type), '$.accounts.last_accounts.type'),
    copied('accounts_made_up_to', toDay(last?.made_up_to), '$.accounts.last_accounts.made_up_to'),
    copied(
      'accounts_next_due',
      nextDue,
      accounts?.next_accounts?.due_on ? '$.accounts.next_accounts.due_on' : '$.accounts.next_due',
    ),
    copied(
      'accounts_overdue',
      overdue,
      typeof accounts?.next_accounts?.overdue === 'boolean' ? '$.accounts.next_accounts.overdue' : '$.accounts.overdue',
    ),
  ];
}

function confirmationFacts({ confirmation_statement: statement }: CompanyProfile): FactDraft[] {
  const at = '$.confirmation_statement';
  return [
    copied('confirmation_statement_made_up_to', toDay(statement?.last_made_up_to), `${at}.last_made_up_to`),
    copied('confirmation_statement_next_due', toDay(statement?.next_due), `${at}.next_due`),
    copied('confirmation_statement_overdue', statement?.overdue, `${at}.overdue`),
  ];
}

function toColumns(profile: CompanyProfile): CompanyColumns {
  const { accounts, confirmation_statement: statement } = profile;
  const address = addressOf(profile) ?? {};
  return {
    name: profile.company_name,
    status: profile.company_status ?? null,
    status_detail: profile.company_status_detail ?? null,
    company_type: profile.type ?? null,
    jurisdiction: profile.jurisdiction ?? null,
    incorporated_on: toDay(profile.date_of_creation),
    dissolved_on: toDay(profile.date_of_cessation),
    address,
    locality: address.locality ?? null,
    postal_code: address.postal_code ?? null,
    sic_codes: profile.sic_codes ?? [],
    accounts_category: statedType(accounts?.last_accounts?.type),
    accounts_made_up_to: toDay(accounts?.last_accounts?.made_up_to),
    accounts_next_due: toDay(accounts?.next_accounts?.due_on) ?? toDay(accounts?.next_due),
    confirmation_made_up_to: toDay(statement?.last_made_up_to),
    confirmation_next_due: toDay(statement?.next_due),
    previous_names: previousNamesOf(profile),
  };
}

function addressOf({ registered_office_address: office }: CompanyProfile): Record<string, string> | null {
  if (!office) return null;
  const parts = {
    care_of: office.care_of,
    po_box: office.po_box,
    line_1: joinPremises(office.premises, office.address_line_1),
    line_2: office.address_line_2,
    locality: office.locality,
    region: office.region,
    country: office.country,
    postal_code: office.postal_code,
  };
  const stated = Object.entries(parts).flatMap(([part, text]) => (text?.trim() ? [[part, text.trim()] as const] : []));
  return stated.length === 0 ? null : Object.fromEntries(stated);
}

/** A house number stands before the street, the name of a house is set off from it. */
function joinPremises(premises: string | null | undefined, line: string | null | undefined): string | null {
  if (!premises?.trim()) return line ?? null;
  if (!line?.trim()) return premises;
  return `${premises.trim()}${/^\d+\s*[a-z]?$/i.test(premises.trim()) ? ' ' : ', '}${line.trim()}`;
}

function previousNamesOf({ previous_company_names: names }: CompanyProfile): Json[] {
  return (names ?? []).map(({ name, effective_from, ceased_on }) => ({
    name,
    effective_from: toDay(effective_from),
    ceased_on: toDay(ceased_on),
  }));
}

/** The register writes the word `null` where it knows no type. */
function statedType(type: string | null | undefined): string | null {
  return !type || type === 'null' ? null : type;
}
