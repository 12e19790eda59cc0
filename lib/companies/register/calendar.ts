const DAY_MS = 86_400_000;
const WRITTEN = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** The calendar date of a date or an instant as the register writes them; null for anything else. */
export function toDay(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const day = text.slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && isRealDay(day) ? day : null;
}

/** @returns whether `YYYY-MM-DD` exists in the calendar: 2023-02-29 does not. */
export function isRealDay(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  if (month < 1 || month > 12 || date < 1) return false;
  // Day 0 of the next month is the last day of this one.
  return date <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from the first day to the second; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Whole years from the first day to the second, as birthdays count them. */
export function fullYearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

/** `2019-10-25` as a person writes it: 25 October 2019. */
export function writtenDay(day: string): string {
  return WRITTEN.format(new Date(`${day}T00:00:00Z`));
}
