import { toDay } from '@/lib/companies/register/calendar';

/** One advertisement as a board shows it, in one form for all boards. */
export type Advert = {
  /** The board's own key of the vacancy: advertisements of one vacancy for several places share it. */
  vacancy: string;
  title: string;
  department: string | null;
  locations: string[];
  remote: boolean | null;
  /** YYYY-MM-DD of the first publication; null where the board does not say. */
  firstPublished: string | null;
  url: string | null;
  /** Plain text of the advertisement; '' where the list does not hold it. */
  text: string;
};

/** What one answer of a board says. */
export type BoardReading = {
  /** What the board calls the company; null where it does not say. */
  companyName: string | null;
  adverts: Advert[];
};

/** The day of an instant as a board writes it: `2026-05-11T17:58:31-04:00` or `2026-08-05 10:10:39 UTC`, as written there. */
export function dayOf(text: string | null | undefined): string | null {
  return toDay(text ?? null);
}

/** @param instant milliseconds since the epoch. */
export function dayOfEpoch(instant: number | null | undefined): string | null {
  // Beyond this JavaScript has no dates.
  if (instant === null || instant === undefined || Math.abs(instant) > 8.64e15) return null;
  return new Date(instant).toISOString().slice(0, 10);
}

/** The text without spaces around it; null for none. */
export function filled(text: string | null | undefined): string | null {
  const trimmed = (text ?? '').replace(/\s+/g, ' ').trim();
  return trimmed === '' ? null : trimmed;
}

/** Several places once each, in their order. */
export function places(texts: readonly (string | null | undefined)[]): string[] {
  return [...new Set(texts.map(filled).filter((text) => text !== null))];
}

/** "Leeds, England" from its parts, without empty and repeated ones. */
export function placeOf(...parts: (string | null | undefined)[]): string | null {
  const known = places(parts);
  return known.length === 0 ? null : known.join(', ');
}
