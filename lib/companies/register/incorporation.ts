import type { CompanyProfile, Filing } from '@/lib/sources/companies-house/schema';
import { toDay } from './calendar';
import { filedOn } from './filing-values';

/**
 * The day the company came into being: `date_of_creation` of its profile, else the day of its incorporation filing.
 * @returns null when neither is known.
 */
export function incorporatedOn(profile: CompanyProfile | null, filings: readonly Filing[]): string | null {
  const fromProfile = toDay(profile?.date_of_creation);
  if (fromProfile !== null) return fromProfile;
  const incorporation = filings.find(({ type, category }) => type === 'NEWINC' || category === 'incorporation');
  return incorporation === undefined ? null : filedOn(incorporation);
}
