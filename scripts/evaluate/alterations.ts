import { nameRuns } from '@/lib/research/checks/names';
import type { Sentence } from '@/lib/research/schema';

/** An amount that no report states, and a name that nobody has. */
const OTHER_DIGITS = '7391';
const OTHER_NAME = 'Quillfeather';

/** The sentence with its last number changed, as a slip of the pen would change it; null when it has none. */
export function alterNumber(sentence: Sentence): Sentence | null {
  const numbers = [...sentence.text.matchAll(/\d[\d,.]*/g)];
  const last = numbers.at(-1);
  if (last === undefined) return null;
  const digits = last[0].replace(/\D/g, '').length;
  const text = `${sentence.text.slice(0, last.index)}${changed(last[0], digits)}${sentence.text.slice(last.index + last[0].length)}`;
  return { ...sentence, text };
}

/** The sentence with the last word of its last name exchanged; null when it names nothing. */
export function alterName(sentence: Sentence): Sentence | null {
  const name = nameRuns(sentence.text).at(-1)?.at(-1);
  if (name === undefined) return null;
  const at = sentence.text.lastIndexOf(name);
  return { ...sentence, text: `${sentence.text.slice(0, at)}${OTHER_NAME}${sentence.text.slice(at + name.length)}` };
}

/** Marks stay where they are; each digit becomes another one. */
function changed(number: string, digits: number): string {
  let place = 0;
  return number.replace(/\d/g, (digit) => {
    place += 1;
    const other = OTHER_DIGITS[(place - 1) % OTHER_DIGITS.length] ?? '7';
    if (digits === 1 || digit !== other) return digit === other ? '8' : other;
    return '8';
  });
}
