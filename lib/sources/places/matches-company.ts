import { postcodeKey } from '@/lib/companies/name-key';
import { findTradingName, isTelling, nameParts } from '../website/company-name';
import type { Place } from './schema';

export type PlacedCompany = { name: string; postcode: string | null; website: string | null };

/**
 * Whether a place is surely the company: it bears its name, and has its postcode or its web site. A name alone belongs to
 * many, and a wrong place would be remembered.
 */
export function matchesCompany(place: Place, company: PlacedCompany): boolean {
  const name = place.displayName?.text ?? '';
  const parts = nameParts(company.name);
  if (!isTelling(parts) || findTradingName(name, parts) === null) return false;
  const postcode = postcodeKey(company.postcode);
  if (postcode !== null && (place.formattedAddress ?? '').toUpperCase().replace(/\s+/g, '').includes(postcode))
    return true;
  const host = hostOf(company.website);
  return host !== null && host === hostOf(place.websiteUri ?? null);
}

function hostOf(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  return new URL(address).hostname.replace(/^www\./, '');
}
