import { leavesOf } from '../evidence/json-path';
import { numberKeys } from '../evidence/number-keys';
import type { Gap, Sentence, Statement } from '../schema';

/** E1: the numbers and dates of a sentence that none of the statements and gaps it cites holds. */
export function ungroundedNumbers(
  sentence: Pick<Sentence, 'text'>,
  statements: readonly Statement[],
  gaps: readonly Gap[],
): string[] {
  const grounded = new Set<string>();
  for (const statement of statements) for (const key of statementKeys(statement)) grounded.add(key);
  for (const gap of gaps) for (const key of numberKeys(gap.detail)) grounded.add(key);
  return [...numberKeys(sentence.text)].filter((key) => !grounded.has(key));
}

/** The numbers and dates that a statement vouches for. */
export function statementKeys({ value, unit, currency, period, as_of }: Statement): Set<string> {
  const keys = new Set<string>();
  for (const leaf of [...leavesOf(value), unit, currency, period, as_of]) {
    // Money is kept in hundredths and written in whole units or with two decimal places.
    if (typeof leaf === 'number') {
      addKeys(keys, numberKeys(currency === null ? String(leaf) : `${leaf / 100} ${(leaf / 100).toFixed(2)}`));
    }
    if (typeof leaf === 'string') addKeys(keys, numberKeys(leaf));
  }
  return keys;
}

function addKeys(keys: Set<string>, more: Iterable<string>): void {
  for (const key of more) keys.add(key);
}
