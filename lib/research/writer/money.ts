import { moneyText } from '@/lib/companies/register/money-text';
import type { Statement } from '../schema';

/** @param statement of money, in hundredths of its currency; its sign is left to the words around it. */
export function amountText({ value, currency }: Pick<Statement, 'value' | 'currency'>): string {
  return moneyText(Number(value), currency);
}
