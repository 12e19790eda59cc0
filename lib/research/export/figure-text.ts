import type { FigureChange, FigureSeries } from '../figure-series';
import { amountText } from '../writer/money';

type Measure = Pick<FigureSeries, 'unit' | 'currency'>;

/** A figure with its sign and currency: `£1,836,034`, `-£12,500`, `41`. */
export function figureText(value: number, { unit, currency }: Measure): string {
  if (unit === 'people') return value.toLocaleString('en-GB');
  return `${value < 0 ? '-' : ''}${amountText({ value, currency })}`;
}

/** A change with its sign: `+£341,331 (+18.6%)`, `-£12,500`, `none`. */
export function changeText({ amount, percent }: Pick<FigureChange, 'amount' | 'percent'>, measure: Measure): string {
  if (amount === 0) return 'none';
  const text = `${amount > 0 ? '+' : ''}${figureText(amount, measure)}`;
  if (percent === null) return text;
  return `${text} (${percent > 0 ? '+' : ''}${percent.toLocaleString('en-GB')}%)`;
}
