import { toDay, writtenDay } from '@/lib/companies/register/calendar';

/** Controls, and marks that turn the direction of what follows: others' text must not rearrange the text around it. */
const INVISIBLE = /[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** A text as one line of visible characters. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
}

/** @param value an ISO date or instant; its day as people write it, in UTC like the dates inside sentences. */
export function dayText(value: string): string {
  const day = toDay(value);
  return day === null ? value : writtenDay(day);
}

/** @param share 0 to 1. */
export function percentText(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** The address as a link may carry it; null for anything but http and https. */
export function linkTarget(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
