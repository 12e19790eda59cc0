/** No provider is believed that it is closed for longer. */
const LONGEST_NAMED_MS = 24 * 60 * 60_000;

/**
 * `Retry-After` (RFC 9110, 10.2.3): seconds, or one of the forms of an HTTP date. Anything else says nothing.
 * @returns a time from now to a day ahead.
 */
export function retryAfter(headers: Headers, now = Date.now()): Date | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  const at = /^\d+$/.test(text) ? now + Number(text) * 1_000 : parseHttpDate(text);
  return Number.isNaN(at) ? undefined : new Date(Math.min(Math.max(at, now), now + LONGEST_NAMED_MS));
}

/** `Date.parse` takes nearly everything for a date, "-1" too; HTTP's three forms begin with the weekday, all are GMT. */
function parseHttpDate(text: string): number {
  if (!/^(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?,? \S/.test(text)) return Number.NaN;
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
}
