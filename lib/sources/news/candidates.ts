import type { Candidate, Channel } from './schema';

/** Parameters that say where a reader came from, not what is read. */
const TRACKING = /^(utm_|fbclid$|gclid$|mc_|ref$|ref_|cmpid$|ns_|at_|ito$|src$|ocid$)/i;
export const LOOKBACK_DAYS = 90;
const DAY_MS = 86_400_000;

type Raw = { url: string; title: string; date: string | null; dateIs: Candidate['dateIs']; excerpt: string };

/** @returns candidates with an address of the web, a title and no date outside the past three months; others are left out. */
export function toCandidates(channel: Channel, found: readonly Raw[], now: Date): Candidate[] {
  return found.flatMap((raw) => {
    const url = canonicalUrl(raw.url);
    const title = raw.title.replace(/\s+/g, ' ').trim();
    if (url === null || title === '' || !isRecent(raw.date, now)) return [];
    return [{ ...raw, url, title, channel, excerpt: raw.excerpt.replace(/\s+/g, ' ').trim() }];
  });
}

/** @returns the address without what only follows readers about; null for what is none. */
export function canonicalUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) return null;
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href;
}

/** Host name without `www.` and the like. */
export function outletOf(url: string): string {
  return new URL(url).hostname.replace(/^(www\d?|m|amp)\./, '');
}

/** @param text ISO, RFC 822, or GDELT's `20260115T101500Z`. @returns an ISO instant, or null for anything else. */
export function toInstant(text: string | null | undefined): string | null {
  const compact = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text ?? '');
  const [, year, month, day, hour, minute, second] = compact ?? [];
  const iso = compact ? `${year}-${month}-${day}T${hour}:${minute}:${second}Z` : (text ?? '');
  const at = /\d{4}/.test(iso) ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function isRecent(date: string | null, now: Date): boolean {
  if (date === null) return true;
  const ageMs = now.getTime() - Date.parse(date);
  return ageMs <= LOOKBACK_DAYS * DAY_MS && ageMs >= -DAY_MS;
}
