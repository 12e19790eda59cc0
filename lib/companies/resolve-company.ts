import type { ServiceClient } from '@/lib/supabase/service-client';
import { parseCompanyNumber } from './company-number';
import { getCompany, searchCompanies } from './company-repository';
import type { Company } from './schema';

export type CompanyResolution =
  | { outcome: 'found'; company: Company; matchedBy: 'number' | 'name' }
  /** Several companies could be meant: the caller has to choose, never this function. */
  | { outcome: 'ambiguous'; candidates: Company[] }
  | { outcome: 'unknown' };

const CANDIDATES = 10;
/** Exact names can stand behind many longer ones that begin the same. */
const LOOK_AT = 100;
/** Endings that people leave out or write differently. */
const LEGAL_FORMS: Readonly<Record<string, string>> = {
  limited: 'ltd',
  ltd: 'ltd',
  plc: 'plc',
  'public limited company': 'plc',
  llp: 'llp',
  'limited liability partnership': 'llp',
};

/**
 * Finds the one company that a person means by a number or a name.
 * A name counts only when it is the whole name of exactly one company in the workspace, whatever the spelling of its
 * legal form; a likely guess is returned as a candidate, never as the answer.
 */
export async function resolveCompany(
  client: Pick<ServiceClient, 'from' | 'rpc'>,
  text: string,
): Promise<CompanyResolution> {
  if (parseCompanyNumber(text) !== null) {
    const company = await getCompany(client, text);
    if (company !== null) return { outcome: 'found', company, matchedBy: 'number' };
  }
  // Without its legal form: "Twinstone Ltd" and "Twinstone Limited" must both come up before one can be called the only one.
  const { items } = await searchCompanies(client, { q: withoutLegalForm(text), limit: LOOK_AT });
  const [only, ...others] = exactMatches(items, text);
  if (only !== undefined && others.length === 0) return { outcome: 'found', company: only, matchedBy: 'name' };
  return items.length === 0 ? { outcome: 'unknown' } : { outcome: 'ambiguous', candidates: items.slice(0, CANDIDATES) };
}

/** Companies with exactly this name; where the legal form was given, those with another one do not count. */
function exactMatches(companies: readonly Company[], text: string): Company[] {
  const wanted = nameParts(text);
  return companies.filter(({ name }) => {
    const parts = nameParts(name);
    return parts.base === wanted.base && (wanted.form === null || parts.form === wanted.form);
  });
}

function withoutLegalForm(text: string): string {
  return text.trim().replace(/\s+(ltd|limited|plc|public limited company|llp|limited liability partnership)\.?$/i, '');
}

function nameParts(name: string): { base: string; form: string | null } {
  const words = name
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const ending = Object.keys(LEGAL_FORMS).find((form) => words.endsWith(` ${form}`));
  if (ending === undefined) return { base: words, form: null };
  return { base: words.slice(0, -ending.length - 1), form: LEGAL_FORMS[ending] ?? null };
}
