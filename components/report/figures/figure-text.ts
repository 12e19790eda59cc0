import { formatMoney, formatNumber } from '@/components/format/format-value';
import type { FigureSeries } from '@/lib/research/figure-series';

type Measure = Pick<FigureSeries, 'unit' | 'currency'>;

/** `£1,836,034`, `-£12,500`, `41`. */
export function figureText(value: number, { unit, currency }: Measure): string {
  return unit === 'people' ? formatNumber(value) : formatMoney(value, currency ?? undefined);
}

/** Three digits for where there is little room: `£1.84m`, `-£12.5k`. */
export function shortFigureText(value: number, { unit, currency }: Measure): string {
  const compact = { notation: 'compact', maximumSignificantDigits: 3 } as const;
  if (unit === 'people') return new Intl.NumberFormat('en-GB', compact).format(value);
  const money = { ...compact, style: 'currency', currency: currency ?? 'GBP' } as const;
  return new Intl.NumberFormat('en-GB', money).format(value / 100).replace('K', 'k');
}

/** With its sign: `+£341,331`, in short `+£341k`; `none` when nothing changed. */
export function changeText(amount: number, measure: Measure): { whole: string; short: string } {
  if (amount === 0) return { whole: 'none', short: 'none' };
  const sign = amount > 0 ? '+' : '';
  return { whole: `${sign}${figureText(amount, measure)}`, short: `${sign}${shortFigureText(amount, measure)}` };
}

/** `+18.6%`. */
export function percentText(percent: number): string {
  return `${percent > 0 ? '+' : ''}${formatNumber(percent)}%`;
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** @param day an ISO date: `May 2026`. */
export function monthText(day: string): string {
  return MONTH.format(new Date(day));
}
