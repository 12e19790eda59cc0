/** What the reader of a report cares about. It changes what comes first, never what is said. */
export type ReaderFocus = { focusAreas: readonly string[]; userContext: string | null };

export const NO_FOCUS: ReaderFocus = { focusAreas: [], userContext: null };

/** Words that mean the same interest, as the beginnings of words. */
const INTERESTS: readonly (readonly string[])[] = [
  ['growth', 'growi', 'grew', 'expan', 'scali', 'openi'],
  ['hirin', 'hire', 'hires', 'hired', 'recru', 'roles', 'jobs', 'staff', 'emplo', 'headc', 'talen', 'vacan'],
  ['techn', 'softw', 'websi', 'digit', 'platf', 'tools', 'syste', 'cloud', 'ecomm'],
  ['finan', 'turno', 'reven', 'profi', 'asset', 'accou', 'cash', 'money', 'fundi', 'inves', 'credi'],
  ['risk', 'charg', 'insol', 'compl', 'overd', 'strik', 'debt', 'secur'],
  ['owner', 'group', 'paren', 'contr', 'acqui', 'merge', 'share'],
  ['board', 'direc', 'peopl', 'leade', 'manag', 'decis', 'offic', 'appoi'],
  ['custo', 'clien', 'marke', 'sales', 'buyer'],
  ['contr', 'tende', 'award', 'procu', 'publi'],
  ['locat', 'site', 'sites', 'offic', 'addre', 'inter', 'expor'],
];
const STEM = 5;
const LEAST_WORD = 4;
/** A focus area was chosen; words of a free text may be there by chance. */
const AREA_WEIGHT = 2;

/**
 * Puts what the reader cares about first; the others keep their order.
 * @param textOf the words by which an item is compared: its text, its field, its kind.
 */
export function byFocus<T>(items: readonly T[], textOf: (item: T) => string, focus: ReaderFocus): T[] {
  const areas = interestsIn(focus.focusAreas.join(' '));
  const context = interestsIn(focus.userContext ?? '');
  const weights = new Map(items.map((item) => [item, weightOf(stemsOf(textOf(item)), areas, context)]));
  return [...items].sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
}

function weightOf(words: readonly string[], areas: ReadonlySet<string>, context: ReadonlySet<string>): number {
  const count = (interests: ReadonlySet<string>) => new Set(words.filter((word) => interests.has(word))).size;
  return AREA_WEIGHT * count(areas) + count(context);
}

/** The words of a text and those that mean the same interest. */
function interestsIn(text: string): Set<string> {
  const words = stemsOf(text);
  const related = INTERESTS.filter((interest) => interest.some((stem) => words.includes(stem)));
  return new Set([...words, ...related.flat()]);
}

function stemsOf(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.filter((word) => word.length >= LEAST_WORD).map((word) => word.slice(0, STEM));
}
