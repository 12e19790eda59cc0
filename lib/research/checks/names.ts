import { leavesOf } from '../evidence/json-path';
import { WRITTEN_DATE } from '../evidence/number-keys';
import { fieldLabel } from '../field-labels';
import type { Gap, Sentence, Statement } from '../schema';

/** Proper nouns that templates may use without citing anything. */
const KNOWN_NAMES = ['Companies House', 'The Gazette', 'GLEIF', 'LEI', 'Contracts Finder', 'Find a Tender', 'SIC', 'I'];
/** Only the whole name: "Tender" alone may be anybody. */
const KNOWN_NAME = new RegExp(`\\b(?:${KNOWN_NAMES.join('|')})\\b`, 'g');
/** Words with which templates begin a sentence or a quotation. */
const OPENERS =
  'A About Accounts After All Also An As At By Does Figures From How In Insolvency Is It Its Judging Looked No Not Of Only Overdue Since So Start Suggested That The There They This Those Timing Until What Which Who Worth You Your'.split(
    ' ',
  );
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}'’&.-]*[\p{L}\p{N}])?/gu;
const CAPITALISED = /^\p{Lu}/u;

/**
 * E2: the names of a sentence (people, companies, products, places) that none of its citations holds. A name is a run of
 * words with capitals; the capital that only begins a sentence does not count.
 */
export function ungroundedNames(
  sentence: Pick<Sentence, 'text'>,
  statements: readonly Statement[],
  gaps: readonly Gap[],
): string[] {
  const grounds = [
    ...statements.flatMap(({ value }) => leavesOf(value).filter((leaf) => typeof leaf === 'string')),
    ...statements.flatMap(({ currency }) => currency ?? []),
    ...gaps.flatMap((gap) => [gap.detail, fieldLabel(gap.field)]),
  ].map(wordsOf);
  return nameRuns(sentence.text.replace(KNOWN_NAME, (name) => name.toLowerCase()))
    .filter((run) => !grounds.some((words) => run.every((word) => words.has(folded(word)))))
    .map((run) => run.join(' '));
}

/** Runs of capitalised words, without the words that merely open a sentence. */
export function nameRuns(text: string): string[][] {
  const runs: string[][] = [];
  let current: string[] = [];
  let end = 0;
  const undated = text.replace(WRITTEN_DATE, (date) => '0'.repeat(date.length));
  for (const match of undated.matchAll(WORD)) {
    const between = undated.slice(end, match.index);
    const [word] = match;
    end = match.index + word.length;
    const isName = CAPITALISED.test(word) && !(opens(between, match.index) && OPENERS.includes(word));
    if (current.length > 0 && (!isName || between !== ' ')) {
      runs.push(current);
      current = [];
    }
    if (isName) current.push(word);
  }
  return current.length > 0 ? [...runs, current] : runs;
}

function opens(between: string, index: number): boolean {
  return index === 0 || /[.:?!“]\s*$/.test(between);
}

function wordsOf(text: string): Set<string> {
  return new Set([...text.matchAll(WORD)].map(([word]) => folded(word)));
}

function folded(word: string): string {
  return word
    .toLowerCase()
    .replace(/[.'’]+s?$/, '')
    .replace(/[.'’]/g, '');
}
