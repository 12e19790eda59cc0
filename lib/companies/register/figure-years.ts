import type { FigureId } from '@/lib/sources/accounts/figures';
import type { AccountsFact, AccountsFigures, FactPlace } from '@/lib/sources/accounts/schema';
import { addDays, daysBetween } from './calendar';

/** Years of 52 weeks and year ends that fall on the last Friday of a month differ by a week. */
const SAME_LENGTH_DAYS = 8;
const YEAR_DAYS = 365;

/** A figure at its place in the accounts that were read. */
export type PlacedFigure = {
  fact: AccountsFact & { end: string };
  /** Of the document: 0 for the last accounts, 1 for those before. */
  index: number;
  /** JSONPath into the answer. */
  locator: string;
};

/** A figure and the one of the year before. */
export type FigureYears = {
  current: PlacedFigure;
  previous: PlacedFigure | null;
  /** The earlier figure as the accounts before gave it, where the last accounts give another one. */
  asFirstFiled: PlacedFigure | null;
};

/** Why two years of a figure cannot be compared; lengths and distances in days. */
export type Incomparable =
  | { because: 'units' | 'restated' }
  | { because: 'lengths'; current: number; previous: number }
  | { because: 'distance'; days: number };

/**
 * A figure of the last accounts with the year before: their own comparative, else that of the accounts before.
 * @returns null where the last accounts do not hold it.
 */
export function figureYears(accounts: AccountsFigures, id: FigureId): FigureYears | null {
  const [last, before] = accounts.documents;
  const current = placedFigure(accounts, 0, last?.figures[id].current);
  if (last === undefined || current === null) return null;
  const comparative = placedFigure(accounts, 0, last.figures[id].previous);
  const isBefore = before !== undefined && before.balance_sheet_date === previousDate(accounts, comparative, current);
  const original = isBefore ? placedFigure(accounts, 1, before.figures[id].current) : null;
  const isRestated = comparative !== null && original !== null && differs(comparative, original);
  return { current, previous: comparative ?? original, asFirstFiled: isRestated ? original : null };
}

/** @returns the figure of a document; null where there is none, or it has no day. */
export function placedFigure(
  { documents }: AccountsFigures,
  index: number,
  place: FactPlace | null | undefined,
): PlacedFigure | null {
  const fact = place ? documents[index]?.facts[place.tag]?.[place.context] : undefined;
  const end = fact?.end ?? null;
  if (fact === undefined || end === null || !place) return null;
  const locator = `$.documents[${index}].facts['${place.tag}']['${place.context}']`;
  return { fact: { ...fact, end }, index, locator };
}

/** @returns why the two years say nothing side by side; null when they can be compared. */
export function whyIncomparable({ current, asFirstFiled }: FigureYears, previous: PlacedFigure): Incomparable | null {
  if (current.fact.unit !== previous.fact.unit) return { because: 'units' };
  if (asFirstFiled !== null) return { because: 'restated' };
  const [one, other] = [lengthOf(current), lengthOf(previous)];
  if (one !== null && other !== null) {
    const isAlike = Math.abs(one - other) <= SAME_LENGTH_DAYS;
    return isAlike ? null : { because: 'lengths', current: one, previous: other };
  }
  const apart = daysBetween(previous.fact.end, current.fact.end);
  return Math.abs(apart - YEAR_DAYS) <= SAME_LENGTH_DAYS ? null : { because: 'distance', days: apart };
}

/** In hundredths of the currency, or people. */
export function amountOf({ fact }: PlacedFigure): number {
  return fact.pence ?? fact.count ?? 0;
}

/** The balance sheet date before: of the comparative figure, else of the document, else where the period begins. */
function previousDate(
  { documents }: AccountsFigures,
  comparative: PlacedFigure | null,
  current: PlacedFigure,
): string | null {
  if (comparative !== null) return comparative.fact.end;
  const named = documents[0]?.previous_date ?? null;
  return named ?? (current.fact.start === null ? null : addDays(current.fact.start, -1));
}

function differs(one: PlacedFigure, other: PlacedFigure): boolean {
  return (
    (one.fact.pence ?? one.fact.count) !== (other.fact.pence ?? other.fact.count) || one.fact.unit !== other.fact.unit
  );
}

/** Of the period in days, both ends counted; null for a state on a day. */
function lengthOf({ fact }: PlacedFigure): number | null {
  return fact.start === null ? null : daysBetween(fact.start, fact.end) + 1;
}
