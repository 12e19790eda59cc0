import { nameRuns } from '@/lib/research/checks/names';
import type { Sentence } from '@/lib/research/schema';

const NUMBER = /\d[\d,.]*\d|\d/g;

/**
 * The sentence with its last number exchanged for one that another sentence of the same report holds: the mistake that
 * looks most like the truth.
 * @returns null when it has no number, or the others hold none that it lacks.
 */
export function alterNumber(sentence: Sentence, others: readonly Sentence[]): Sentence | null {
  const last = [...sentence.text.matchAll(NUMBER)].at(-1);
  const own = new Set(sentence.text.match(NUMBER) ?? []);
  const foreign = others.flatMap(({ text }) => text.match(NUMBER) ?? []).filter((number) => !own.has(number));
  return exchange(sentence, last?.[0], foreign);
}

/** The sentence with its last name exchanged for one of another sentence of the same report; null when that cannot be. */
export function alterName(sentence: Sentence, others: readonly Sentence[]): Sentence | null {
  const last = nameRuns(sentence.text).at(-1)?.at(-1);
  const foreign = others
    .flatMap(({ text }) => nameRuns(text).flat())
    .filter((name) => !sentence.text.toLowerCase().includes(name.toLowerCase()));
  return exchange(sentence, last, foreign);
}

function exchange(sentence: Sentence, from: string | undefined, foreign: readonly string[]): Sentence | null {
  // One in the middle, so that not always the same one is taken.
  const to = foreign[Math.floor(foreign.length / 2)];
  if (from === undefined || to === undefined) return null;
  const at = sentence.text.lastIndexOf(from);
  return { ...sentence, text: `${sentence.text.slice(0, at)}${to}${sentence.text.slice(at + from.length)}` };
}
