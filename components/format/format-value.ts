import { formatFieldName } from './field-names';

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const EXACT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'Europe/London',
  timeZoneName: 'short',
});
const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'Europe/London',
});
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' });
const SECOND = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Europe/London' });
const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** @param value an ISO date or instant; anything else comes back as it is. */
export function formatDate(value: string): string {
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : DATE.format(time);
}

/** The exact moment in UK time, for titles and details. Dates without a time stay dates. */
export function formatExact(value: string): string {
  const time = Date.parse(value);
  if (Number.isNaN(time)) return value;
  return isDateOnly(value) ? DATE.format(time) : EXACT.format(time);
}

/** Day, hour and minute in UK time. */
export function formatMinute(value: string): string {
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : `${DAY.format(time)}, ${CLOCK.format(time)}`;
}

/** Hours, minutes and seconds in UK time. */
export function formatSecond(value: string): string {
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : SECOND.format(time);
}

export function formatNumber(value: number): string {
  return NUMBER.format(value);
}

const ORDINAL = new Intl.PluralRules('en-GB', { type: 'ordinal' });
const ORDINAL_ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** A place in a line: "1st", "22nd", "1,003rd". */
export function formatOrdinal(place: number): string {
  return `${formatNumber(place)}${ORDINAL_ENDINGS[ORDINAL.select(place)] ?? 'th'}`;
}

/** @param share 0 to 1. */
export function formatPercent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** @param pence whole hundredths of the currency. */
export function formatMoney(pence: number, currency = 'GBP'): string {
  const whole = pence % 100 === 0;
  return new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: whole ? 0 : 2,
  }).format(pence / 100);
}

/** @param milliseconds a length of time, shown as "8 s", "2 min 5 s" or "1 h 4 min". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds === 0) return 'under 1 s';
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

type ValueFormat = { unit?: string | null; currency?: string | null };

/** Any stored value as text for people: dates, money with its currency, numbers with their unit, lists, records. */
export function formatValue(value: unknown, { unit = null, currency = null }: ValueFormat = {}): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') {
    if (currency !== null) return formatMoney(value, currency);
    return unit === null
      ? formatNumber(value)
      : `${formatNumber(value)} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
  }
  if (typeof value === 'string') return looksLikeTime(value) ? formatDate(value) : value;
  if (Array.isArray(value)) return formatList(value);
  return formatRecord(value);
}

/** Plain values in one line, records in a line each. */
function formatList(items: readonly unknown[]): string {
  if (items.length === 0) return 'None';
  const records = items.some((item) => typeof item === 'object');
  return items.map((item) => formatValue(item)).join(records ? '\n' : '; ');
}

/** What a record is of comes first, however the database has ordered its members. */
const LEADING = ['display_name', 'name', 'title', 'code', 'text', 'description'];

/** Of a record, what is for people: `role_text` and not `role`, `display_name` and not `name`, no codes that have words. */
function formatRecord(record: object): string {
  if ('pence' in record && typeof record.pence === 'number' && 'currency' in record && 'as_of' in record) {
    return `${formatMoney(record.pence, String(record.currency))} on ${formatValue(record.as_of)}`;
  }
  const members = Object.entries(record);
  const names = new Set(members.map(([name]) => name));
  const spoken = (name: string) =>
    !(names.has(`${name}_text`) || names.has(`display_${name}`) || name === 'kind' || name === 'natures_of_control');
  return members
    .filter(([name, part]) => part !== null && part !== '' && spoken(name))
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, part]) =>
      typeof part === 'string' && looksLikeTime(part)
        ? `${formatFieldName(name).toLowerCase()} ${formatDate(part)}`
        : formatValue(part),
    )
    .join(', ');
}

function rank(name: string): number {
  const place = LEADING.indexOf(name);
  return place === -1 ? LEADING.length : place;
}

/** 0.80 and up is high, 0.55 and up medium: the bands of the report's confidence. */
export function confidenceBand(confidence: number): 'high' | 'medium' | 'low' {
  if (confidence >= 0.8) return 'high';
  return confidence >= 0.55 ? 'medium' : 'low';
}

function isDateOnly(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value);
}

function looksLikeTime(value: string): boolean {
  return isDateOnly(value) || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value);
}
