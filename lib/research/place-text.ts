import { jurisdictionText } from '@/lib/companies/enumerations/register-text';

/** The register's short forms that do not read well in a sentence. */
const PLACES: Readonly<Record<string, string>> = {
  'england-wales': 'England and Wales',
  noneu: 'a country outside the European Union',
};

/** `england-wales` -> "England and Wales". */
export function placeText(jurisdiction: string): string {
  return PLACES[jurisdiction] ?? jurisdictionText(jurisdiction).trim();
}
