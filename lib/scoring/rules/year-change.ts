import { growthPercent } from '@/lib/companies/register/figure-arithmetic';
import {
  amountOf,
  type FigureYears,
  figureYears,
  type PlacedFigure,
  whyIncomparable,
} from '@/lib/companies/register/figure-years';
import { moneyText } from '@/lib/companies/register/money-text';
import type { Register } from '@/lib/companies/register/register';
import type { FigureId } from '@/lib/sources/accounts/figures';

/** Two years of a figure that may stand side by side; `percent` is null where a percentage says nothing. */
export type YearChange = { current: PlacedFigure; previous: PlacedFigure; percent: number | null };

/** @returns the figure of the last accounts and the year before; null where they do not hold it. */
export function yearsOf(register: Register, ...ids: FigureId[]): FigureYears | null {
  const accounts = register.dataOf('accounts.figures');
  for (const id of ids) {
    const years = accounts === null ? null : figureYears(accounts, id);
    if (years !== null) return years;
  }
  return null;
}

/** @returns null where the report refuses the comparison: other lengths, other currency, figures that were changed. */
export function yearChange(years: FigureYears | null): YearChange | null {
  const previous = years?.previous ?? null;
  if (years === null || previous === null || whyIncomparable(years, previous) !== null) return null;
  const [now, before] = [amountOf(years.current), amountOf(previous)];
  const percent = before > 0 && now >= 0 ? growthPercent(now, before) : null;
  return { current: years.current, previous, percent };
}

/** "rose by 4.5%", "fell by 4.5%", "stayed the same". */
export function changeText(percent: number): string {
  if (percent === 0) return 'stayed the same';
  return `${percent > 0 ? 'rose' : 'fell'} by ${Math.abs(percent).toLocaleString('en-GB')}%`;
}

/** An amount without its sign, such as £1,836,034. */
export function moneyOf(figure: PlacedFigure): string {
  return moneyText(amountOf(figure), figure.fact.unit);
}
