import { z } from 'zod';
import { callRpc } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { firstAndLastName, withoutPeople } from './person-name';

const GROUP = 10;
const COMPANIES = 50;

/** One of the texts that may name people: a report, a section of one, a signal, a fact, a score, a message, a result. */
export const textSchema = z.object({ kind: z.string(), key: z.string(), md5: z.string(), value: z.json() });
export type TextAboutPeople = z.infer<typeof textSchema>;

/**
 * Leaves the name of a person out of everything that was written about a company, or about all.
 * @param companyId null for all.
 * @returns how many texts were changed.
 * @throws AppError `database_unavailable`; the reason of the signal. What was changed until then stays changed.
 */
export async function removeFromTexts(
  db: Pick<ServiceClient, 'rpc'>,
  personName: string,
  companyId: string | null,
  signal: AbortSignal,
): Promise<number> {
  if (companyId !== null) return removeFromCompanies(db, personName, [companyId], signal);
  let changed = 0;
  let after = '';
  for (;;) {
    const args = { p_after: after, p_limit: COMPANIES };
    const companies = await callRpc(db, 'companies_with_texts', args, z.array(z.string()), { signal });
    changed += await removeFromCompanies(db, personName, companies, signal);
    const last = companies.at(-1);
    if (last === undefined || companies.length < COMPANIES) return changed;
    after = last;
  }
}

async function removeFromCompanies(
  db: Pick<ServiceClient, 'rpc'>,
  personName: string,
  companyIds: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const about = { p_patterns: patternsOf(personName), p_company_ids: [...companyIds], p_limit: GROUP };
  let changed = 0;
  let after = { kind: '', key: '' };
  for (;;) {
    const args = { ...about, p_after_kind: after.kind, p_after_key: after.key };
    const texts = await callRpc(db, 'find_texts_about_people', args, z.array(textSchema), { signal });
    for (const text of texts) if (await replace(db, withoutNames(text, [personName]), text)) changed += 1;
    const last = texts.at(-1);
    if (last === undefined || texts.length < GROUP) return changed;
    after = last;
  }
}

/** The text without the names. */
export function withoutNames(text: TextAboutPeople, names: readonly string[]): TextAboutPeople {
  return { ...text, value: z.json().parse(withoutPeople(text.value, names)) };
}

async function replace(db: Pick<ServiceClient, 'rpc'>, text: TextAboutPeople, old: TextAboutPeople): Promise<boolean> {
  if (JSON.stringify(text.value) === JSON.stringify(old.value)) return false;
  const args = { p_kind: text.kind, p_key: text.key, p_md5: text.md5, p_value: text.value };
  // One that has changed meanwhile is found again in the next round.
  return callRpc(db, 'replace_text_about_people', args, z.boolean());
}

/**
 * Patterns of LIKE that every text with the name matches, and others as well. Letters that are written with accents or
 * without stand for any: "Jose" is to find "José".
 */
function patternsOf(personName: string): string[] {
  const anyLetter = (word: string) => word.replace(/['’]/g, '%').replace(/[^bfjkmpqvwx%]/giu, '_');
  return firstAndLastName(personName).map((word) => `%${anyLetter(word)}%`);
}
