import type { Statement } from '../schema';

/**
 * An amount as text, without its sign: `£1,836,034`, `£12.50`, `USD 3,400`.
 * @param statement of money, in hundredths of its currency.
 */
export function amountText({ value, currency }: Pick<Statement, 'value' | 'currency'>): string {
  const hundredths = Math.abs(Number(value));
  const digits = hundredths % 100 === 0 ? 0 : 2;
  const number = (hundredths / 100).toLocaleString('en-GB', { minimumFractionDigits: digits });
  return currency === 'GBP' ? `£${number}` : `${currency ?? ''} ${number}`.trim();
}
