import type { Filing } from '@/lib/sources/companies-house/schema';
import { toDay } from './calendar';

/** A filing with its place in the list it was read from, so that it can be cited. */
export type PlacedFiling = { filing: Filing; index: number };

export function placed(filings: readonly Filing[]): PlacedFiling[] {
  return filings.map((filing, index) => ({ filing, index }));
}

/** A text among the filing's values, blanks joined; null when absent or empty. */
export function valueText(filing: Filing, key: string): string | null {
  const value = filing.description_values?.[key];
  if (typeof value !== 'string') return null;
  const text = value.replace(/\s+/g, ' ').trim();
  return text === '' ? null : text;
}

export function valueDay(filing: Filing, key: string): string | null {
  return toDay(filing.description_values?.[key]);
}

/** The day the register received the filing: a fallback, because the event itself is usually earlier. */
export function filedOn(filing: Filing): string | null {
  return toDay(filing.date);
}

export function hasType(filing: Filing, types: ReadonlySet<string>): boolean {
  return typeof filing.type === 'string' && types.has(filing.type);
}

export function describedBy(filing: Filing, pattern: RegExp): boolean {
  return typeof filing.description === 'string' && pattern.test(filing.description);
}

/** The register's id of a filing, or, where an old answer has none, what identifies it as well. */
export function transactionId(filing: Filing): string {
  return filing.transaction_id ?? [filing.type, filing.date, filing.action_date].filter(Boolean).join('_');
}

/** The latest day on which an annotation says that a second filing corrected this one; null when none does. */
export function secondFiledOn(filing: Filing): string | null {
  const days = (filing.annotations ?? [])
    .filter((annotation) => /second(ly)?[ -]filed/i.test(JSON.stringify(annotation)))
    .map((annotation) => toDay(annotation.date))
    .filter((day) => day !== null)
    .sort();
  return days.at(-1) ?? null;
}
