import { daysBetween, writtenDay } from '@/lib/companies/register/calendar';
import { amountOf, type FigureYears } from '@/lib/companies/register/figure-years';
import type { Rule, Scoring } from '../component';
import { citeFigure, ruled } from '../evidence';
import { givenFor } from '../points';
import { changeText, type YearChange, yearChange, yearsOf } from './year-change';

/** Two years and a half: accounts are filed up to 21 months after a year begins; older ones say nothing about today. */
const RECENT_DAYS = 913;
/** One person more or less is never a leap, however few there are; in percent. */
const LEAP = 20;

export function employeesGrowthRule(scoring: Scoring): Rule[] {
  const change = recentChange(scoring, yearsOf(scoring.register, 'employees'));
  if (change === null) return [];
  const { current, previous, percent } = change;
  const isOne = Math.abs(amountOf(current) - amountOf(previous)) < 2;
  const value = isOne ? Math.max(1 - LEAP, Math.min(LEAP - 1, percent)) : percent;
  const [now, before] = [current, previous].map((figure) => amountOf(figure).toLocaleString('en-GB'));
  const to = percent === 0 ? `at ${now}` : `from ${before} to ${now}`;
  const text = `The number of employees ${changeText(percent)} in the year to ${writtenDay(current.fact.end)}, ${to}.`;
  return ruledBy(scoring, change, text, givenFor('employeesGrowth', value));
}

export function netAssetsGrowthRule(scoring: Scoring): Rule[] {
  const change = recentChange(scoring, yearsOf(scoring.register, 'net_assets', 'equity'));
  if (change === null) return [];
  const text = `Net assets ${changeText(change.percent)} in the year to ${writtenDay(change.current.fact.end)}.`;
  return ruledBy(scoring, change, text, givenFor('netAssetsGrowth', change.percent));
}

type Percentual = YearChange & { percent: number };

function recentChange({ today }: Scoring, years: FigureYears | null): Percentual | null {
  const change = yearChange(years);
  if (change === null || change.percent === null) return null;
  const isRecent = daysBetween(change.current.fact.end, today) <= RECENT_DAYS;
  return isRecent ? { ...change, percent: change.percent } : null;
}

function ruledBy(
  { register }: Scoring,
  { current, previous, percent }: Percentual,
  text: string,
  points: ReturnType<typeof givenFor>,
) {
  const citations = [current, previous].map((figure) => citeFigure(register, figure));
  return ruled(register, citations, text, points, { name: 'growth_percent', value: percent });
}
