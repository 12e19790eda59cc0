import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import { toDay, writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import type { Statement } from '../schema';
import { type Cited, cited, say } from './say';

/** More people, companies or lenders than this are summed up. */
export const NAMED_IN_FULL = 4;

/** A fact of the section in its plain form, or null when it is not known: dates as people write them, texts as they are. */
export function fact(facts: SectionFacts, field: string): Cited | null {
  return cited(facts.statement(field), plainText);
}

/** Like {@link fact}, to be used inside a sentence: without the capital that only starts a text. */
export function factInside(facts: SectionFacts, field: string): Cited | null {
  return cited(facts.statement(field), (statement) => lowerFirst(plainText(statement)));
}

/** Whether a fact is known to be true, or known to be false. */
export function holds(facts: SectionFacts, field: string, value: Statement['value']): boolean {
  return facts.statement(field)?.value === value;
}

/** Words about a fact that is not itself printed, such as "its accounts are overdue" for a yes. */
export function phrase(facts: SectionFacts, field: string, text: string): Cited | null {
  return cited(facts.statement(field), () => text);
}

/** What is not there is said with the day on which it was not there; not where the register contradicts itself. */
export function absence(facts: SectionFacts, field: string, words: string): Cited | null {
  if ((facts.statement(field)?.conflicts.length ?? 0) > 0) return null;
  return say`${cited(facts.statement(field), ({ as_of: on }) => `${words} is on the register as of ${writtenDay(on.slice(0, 10))}`)}.`;
}

/** "1 charge", "3 charges". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "an active company", "a dissolved company". */
export function withArticle(piece: Cited | null): Cited | null {
  return piece === null ? null : { ...piece, text: `${/^[aeio]/i.test(piece.text) ? 'an' : 'a'} ${piece.text}` };
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a", "a and b", "a, b and c". */
export function inSeries(texts: readonly string[]): string {
  if (texts.length < 2) return texts[0] ?? '';
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

function plainText({ value }: Statement): string {
  if (typeof value === 'string') return toDay(value) === value ? writtenDay(value) : value;
  return typeof value === 'number' ? value.toLocaleString('en-GB') : JSON.stringify(value);
}
