import type { CompanyProfile } from '@/lib/sources/companies-house/schema';
import { toDay } from './calendar';

/** What the register's own entry of a company fills in the columns of `companies`. */
export function profileColumns(profile: CompanyProfile) {
  const { accounts, confirmation_statement: statement } = profile;
  const address = registeredOffice(profile) ?? {};
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
    previous_names: formerNames(profile),
  };
}

/** The registered office as `companies` keeps it, of what the register states; null when it states nothing. */
export function registeredOffice({ registered_office_address: office }: CompanyProfile): Record<string, string> | null {
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

/** Names that the company used to have, in the register's order. */
export function formerNames({ previous_company_names: names }: CompanyProfile) {
  return (names ?? []).map(({ name, effective_from, ceased_on }) => ({
    name,
    effective_from: toDay(effective_from),
    ceased_on: toDay(ceased_on),
  }));
}

/** The register writes the word `null` where it knows no type. */
export function statedType(type: string | null | undefined): string | null {
  return !type || type === 'null' ? null : type;
}

/** A house number stands before the street, the name of a house is set off from it. */
function joinPremises(premises: string | null | undefined, line: string | null | undefined): string | null {
  if (!premises?.trim()) return line ?? null;
  if (!line?.trim()) return premises;
  return `${premises.trim()}${/^\d+\s*[a-z]?$/i.test(premises.trim()) ? ' ' : ', '}${line.trim()}`;
}
