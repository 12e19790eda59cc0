import { nameRuns } from '../../checks/names';
import { numberKeys } from '../../evidence/number-keys';
import { claimStems, directionsOf, qualifierCounts } from './words';

const QUOTED = /“[^”]*”|"[^"]*"/g;
/** How much of what the points claim must still be said. */
const KEPT_SHARE = 0.75;
const LONGEST_RATIO = 1.6;

/**
 * What a rewritten text says more, less or otherwise than the wordings it stands for: numbers, names, quotations, doubts,
 * denials, directions, and words that none of the wordings has. A check of facts alone would let "is overdue" stand for
 * "is not overdue".
 * @returns what to correct, in words for the model; empty when the text says the same.
 */
export function unfaithful(text: string, wordings: readonly string[]): string[] {
  const original = wordings.join(' ');
  const [said, meant] = [withoutQuotes(text), withoutQuotes(original)];
  return [
    ...(/[\p{Cc}\p{Cf}]/u.test(text) ? ['contains control characters'] : []),
    ...(text.length > original.length * LONGEST_RATIO + 40 ? ['is too long'] : []),
    ...differences('quotations', quotesOf(text), quotesOf(original)),
    ...differences('numbers and dates', numberKeys(said), numberKeys(meant)),
    ...differences('currency and percent signs', signsOf(said), signsOf(meant)),
    ...differences('words such as "not" and "likely"', countsOf(said), countsOf(meant)),
    ...lost('names', namesOf(said), namesOf(meant)),
    ...(directionsOf(said) === directionsOf(meant) ? [] : ['says that something moves in another direction']),
    ...wordProblems(claimStems(said), claimStems(meant)),
    ...movedNumbers(said, meant),
  ];
}

function wordProblems(said: ReadonlySet<string>, meant: ReadonlySet<string>): string[] {
  const added = [...said].filter((stem) => !meant.has(stem));
  const kept = [...meant].filter((stem) => said.has(stem)).length;
  return [
    ...(added.length > 0 ? [`uses words that its points do not have, beginning with: ${added.join(', ')}`] : []),
    ...(kept < meant.size * KEPT_SHARE ? ['leaves out too much of its points'] : []),
  ];
}

/** Numbers that no longer stand beside any of the words they stood beside: their roles may have been exchanged. */
function movedNumbers(said: string, meant: string): string[] {
  const now = wordsBesideNumbers(said);
  const moved = [...wordsBesideNumbers(meant)].filter(([key, stems]) => {
    const beside = now.get(key);
    return beside !== undefined && stems.size > 0 && ![...stems].some((stem) => beside.has(stem));
  });
  return moved.map(([key]) => `${key} no longer stands with the words it belongs to`);
}

function wordsBesideNumbers(text: string): Map<string, Set<string>> {
  const beside = new Map<string, Set<string>>();
  for (const clause of text.split(/[;:()]|[,.]\s|\s(?:and|while|but|against)\s/)) {
    const stems = claimStems(clause);
    for (const key of numberKeys(clause)) beside.set(key, new Set([...(beside.get(key) ?? []), ...stems]));
  }
  return beside;
}

function differences(what: string, said: ReadonlySet<string>, meant: ReadonlySet<string>): string[] {
  const added = [...said].filter((entry) => !meant.has(entry));
  return [...(added.length > 0 ? [`adds ${what}: ${added.join(', ')}`] : []), ...lost(what, said, meant)];
}

function lost(what: string, said: ReadonlySet<string>, meant: ReadonlySet<string>): string[] {
  const gone = [...meant].filter((entry) => !said.has(entry));
  return gone.length > 0 ? [`leaves out ${what}: ${gone.join(', ')}`] : [];
}

function withoutQuotes(text: string): string {
  return text.replace(QUOTED, ' ');
}

function quotesOf(text: string): Set<string> {
  return new Set([...text.matchAll(QUOTED)].map(([quote]) => quote.slice(1, -1)));
}

function signsOf(text: string): Set<string> {
  return new Set(text.match(/[£€$¥%]/g) ?? []);
}

function namesOf(text: string): Set<string> {
  return new Set(nameRuns(text).flat());
}

function countsOf(text: string): Set<string> {
  return new Set([...qualifierCounts(text)].map(([word, count]) => (count === 1 ? word : `${word} (${count} times)`)));
}
