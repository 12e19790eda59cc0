import { daysBetween } from '@/lib/companies/register/calendar';
import { isCurrency, type PlacedFact } from './fact-table';
import type { FigureDefinition } from './figures';
import type { FactPlace } from './schema';

/** A period of accounts may be up to eighteen months long; longer ones are sums since the beginning of something. */
const LONGEST_PERIOD_DAYS = 560;

export type PickedFigure = {
  current: PlacedFact | null;
  previous: PlacedFact | null;
  problem: string | null;
};

type Table = ReadonlyMap<string, readonly PlacedFact[]>;
type Sifted = { facts: PlacedFact[]; problem: string | null };

/**
 * Finds a figure on the balance sheet date and on the one before: of the first tag that has it.
 * @param date of the balance sheet.
 * @returns facts that are usable, and otherwise why what is tagged is not.
 */
export function pickFigure(table: Table, definition: FigureDefinition, date: string): PickedFigure {
  const { facts, problem } = sift(
    definition.tags.flatMap((tag) => table.get(tag) ?? []).filter((placed) => isOfFigure(placed, definition)),
    definition,
  );
  const current = onDay(facts, definition, date);
  const earlier = facts.map(({ context }) => context.end ?? '').filter((end) => end < date);
  const previousDate = earlier.sort().at(-1);
  const previous = previousDate === undefined ? { fact: null, problem: null } : onDay(facts, definition, previousDate);
  return {
    current: current.fact,
    previous: previous.fact,
    problem: current.fact === null ? (current.problem ?? problem) : null,
  };
}

/** Tags from before 2014 name the part in the tag; the present ones name it in a segment. */
function isOfFigure({ fact, context }: PlacedFact, { segments, tags }: FigureDefinition): boolean {
  if (segments === undefined || fact.name !== tags[0]) return context.segments.length === 0;
  return context.segments.length === 1 && segments.includes(context.segments[0] ?? '');
}

/** Takes out what cannot be right, and keeps why. */
function sift(facts: readonly PlacedFact[], { unit }: FigureDefinition): Sifted {
  const sifted: Sifted = { facts: [], problem: null };
  for (const placed of facts) {
    const problem = unit === 'money' ? moneyProblem(placed) : peopleProblem(placed);
    if (problem === null && placed.value !== null) sifted.facts.push(placed);
    else sifted.problem ??= problem;
  }
  return sifted;
}

function moneyProblem({ measure, value, fact }: PlacedFact): string | null {
  if (value === null) return fact.text === '' ? null : 'The filing tags the figure without a readable number.';
  return isCurrency(measure) ? null : 'The filing tags the figure without a currency.';
}

function peopleProblem({ measure, value, fact }: PlacedFact): string | null {
  if (value === null) return fact.text === '' ? null : 'The filing tags the figure without a readable number.';
  if (isCurrency(measure)) return `The filing gives the number of employees as an amount in ${measure}.`;
  if (value.digits < 0n) return 'The filing gives a negative number of employees.';
  const isPart = value.exponent < 0 && value.digits > 0n && value.digits < 10n ** BigInt(-value.exponent);
  return isPart ? 'The filing gives less than one employee, which is no number of people.' : null;
}

/** The fact of a day: of the first tag that has one, over the longest period of accounts; none where facts disagree. */
function onDay(
  facts: readonly PlacedFact[],
  { tags }: FigureDefinition,
  day: string,
): { fact: PlacedFact | null; problem: string | null } {
  for (const tag of tags) {
    const found = facts.filter(({ fact, context }) => fact.name === tag && context.end === day && isPeriod(context));
    const longest = Math.max(...found.map(({ context }) => length(context)));
    const [first, ...others] = found.filter(({ context }) => length(context) === longest);
    if (first === undefined) continue;
    if (others.some((other) => !isSame(first, other))) {
      return { fact: null, problem: 'The filing gives two different values for the same figure.' };
    }
    return { fact: first, problem: null };
  }
  return { fact: null, problem: null };
}

function isPeriod(context: PlacedFact['context']): boolean {
  return length(context) <= LONGEST_PERIOD_DAYS;
}

function length({ start, end }: PlacedFact['context']): number {
  return start === null || end === null ? 0 : daysBetween(start, end);
}

function isSame(one: PlacedFact, other: PlacedFact): boolean {
  if (one.value === null || other.value === null || one.measure !== other.measure) return false;
  const exponent = Math.min(one.value.exponent, other.value.exponent);
  const digits = ({ value }: PlacedFact) =>
    value === null ? 0n : value.digits * 10n ** BigInt(value.exponent - exponent);
  return digits(one) === digits(other);
}

export function placeOf({ fact }: PlacedFact): FactPlace {
  return { tag: fact.tag, context: fact.context };
}
