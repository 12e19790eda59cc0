import { toDay } from '@/lib/companies/register/calendar';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A date as filing software writes it: `31 December 2017`, `31/12/17`, `31.12.2017`, `2017-12-31`, day before month.
 * @returns `YYYY-MM-DD`, or null for anything else.
 */
export function readWrittenDate(text: string): string | null {
  const iso = toDay(text.trim());
  if (iso !== null) return iso;
  const match = /^(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[a-z]+),?[\s./-]+(\d{2}|\d{4})$/i.exec(
    text.trim(),
  );
  if (match === null) return null;
  const [, day = '', month = '', year = ''] = match;
  const number = /\d/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return toDay(`${year.padStart(4, '20')}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`);
}
