import { addDays, daysBetween, fullYearsBetween } from '@/lib/companies/register/calendar';
import { growthPercent, perHundred, timesOf } from '@/lib/companies/register/figure-arithmetic';

/** Everything a report may compute. A statement keeps its formula, so that anyone can compute it again. */
const COMPUTATIONS = {
  /** How many pieces of evidence there are. */
  count: (...inputs: string[]) => inputs.length,
  /** Full years from the first date to the second. */
  full_years: (from = '', to = '') => fullYearsBetween(from.slice(0, 10), to.slice(0, 10)),
  /** Length in full months of a period from its first to its last day. */
  months_in_period: (from = '', to = '') => fullMonths(from, addDays(to.slice(0, 10), 1)),
  /** Days from the first date to the second. */
  days_between: (from = '', to = '') => daysBetween(from.slice(0, 10), to.slice(0, 10)),
  /** From the second figure of filed accounts to the first, in percent of the second, to one decimal place. */
  growth_percent: (current = '', previous = '') => growthPercent(figureIn(current), figureIn(previous)),
  /** How many times the second figure of filed accounts the first is, to two decimal places. */
  times_of: (one = '', other = '') => timesOf(figureIn(one), figureIn(other)),
  /** The first figure for every hundred of the second, to one decimal place. */
  per_hundred: (part = '', whole = '') => perHundred(figureIn(part), figureIn(whole)),
  /** Whether a number is as large as a threshold, or larger. */
  at_least: (value = '', threshold = '') => Number(value) >= Number(threshold),
  /** Whether a figure of filed accounts is below zero. */
  is_negative: (figure = '') => figureIn(figure) < 0,
};

export type ComputationName = keyof typeof COMPUTATIONS;

/** @param inputs texts: dates as `YYYY-MM-DD`. */
export function compute(name: ComputationName, inputs: readonly string[]): number | boolean {
  return COMPUTATIONS[name](...inputs);
}

/** Such as `full_years(E2, 2026-03-01)`. */
export function formulaText(name: ComputationName, inputs: readonly string[]): string {
  return `${name}(${inputs.join(', ')})`;
}

/**
 * Computes a formula again.
 * @param textOf the text of a piece of evidence, by its id.
 * @returns null when the text is no formula of ours or an input is unknown.
 */
export function recompute(
  formula: string,
  textOf: (evidenceId: string) => string | undefined,
): number | boolean | null {
  const match = /^([a-z_]+)\((.*)\)$/.exec(formula);
  const name = match?.[1];
  if (match === null || name === undefined || !isComputation(name)) return null;
  const inputs = (match[2] ?? '')
    .split(', ')
    .filter((arg) => arg !== '')
    .map((arg) => (/^E\d+$/.test(arg) ? textOf(arg) : arg));
  return inputs.every((input) => input !== undefined) ? compute(name, inputs) : null;
}

function isComputation(name: string): name is ComputationName {
  return Object.hasOwn(COMPUTATIONS, name);
}

/** A bare number, or the value of a tagged fact: `text: 1,836,034; unit: GBP; pence: 183603400; end: 2025-05-31`. */
function figureIn(snippet: string): number {
  if (/^\d+$/.test(snippet)) return Number(snippet);
  return Number(/; (?:pence|count): (-?\d+(?:\.\d+)?)(?:;|$)/.exec(snippet)?.[1] ?? Number.NaN);
}

function fullMonths(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.slice(0, 10).split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.slice(0, 10).split('-').map(Number);
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) - (toDay < fromDay ? 1 : 0);
}
