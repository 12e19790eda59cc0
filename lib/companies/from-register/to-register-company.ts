import type { CompanySearch } from '@/lib/sources/companies-house/schema';
import { isDemoNumber, parseCompanyNumber } from '../company-number';
import { toDay } from '../register/calendar';
import type { RegisterCompany } from '../schema';

type Item = CompanySearch['items'][number];

/** @returns a result of the register's search in our own form; null when it has no name or no usable number. */
export function toRegisterCompany(item: Item): RegisterCompany | null {
  const id = parseCompanyNumber(item.company_number);
  const name = plain(item.title);
  if (id === null || name === null) return null;
  const former = formerName(item);
  return {
    id,
    company_number: id,
    name,
    status: item.company_status ?? null,
    company_type: item.company_type ?? null,
    incorporated_on: toDay(item.date_of_creation),
    dissolved_on: toDay(item.date_of_cessation),
    locality: plain(item.address?.locality),
    postal_code: plain(item.address?.postal_code),
    address_line: plain(item.address_snippet),
    previous_names: former === null ? [] : [{ name: former }],
    is_demo: isDemoNumber(id),
  };
}

/** The snippet in which the query was found is a former name, unless it is a part of the address as in older answers. */
function formerName({ snippet, matches, address_snippet }: Item): string | null {
  const text = plain(snippet);
  if (text === null || !matches?.snippet?.length) return null;
  return (plain(address_snippet) ?? '').toUpperCase().includes(text.toUpperCase()) ? null : text;
}

function plain(text: string | null | undefined): string | null {
  return text?.replace(/\s+/g, ' ').trim() || null;
}
