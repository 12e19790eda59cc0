import type { FigureSeries } from '../figure-series';
import { amountText } from '../writer/money';

/** A figure with its sign and currency: `£1,836,034`, `-£12,500`, `41`. */
export function figureText(value: number, { unit, currency }: Pick<FigureSeries, 'unit' | 'currency'>): string {
  if (unit === 'people') return value.toLocaleString('en-GB');
  return `${value < 0 ? '-' : ''}${amountText({ value, currency })}`;
}
