/**
 * An amount as text, without its sign: `£1,836,034`, `£12.50`, `USD 3,400`.
 * @param hundredths of the currency.
 */
export function moneyText(hundredths: number, currency: string | null): string {
  const amount = Math.abs(hundredths);
  const digits = amount % 100 === 0 ? 0 : 2;
  const number = (amount / 100).toLocaleString('en-GB', { minimumFractionDigits: digits });
  return currency === 'GBP' ? `£${number}` : `${currency ?? ''} ${number}`.trim();
}
