import { format, isValid, parseISO } from 'date-fns';
import descriptions from './filing-descriptions.json';
import { inWords } from './in-words';

/** What the text of a filing is made from; a filing history item fits. */
export type FilingTextInput = {
  type?: string | null | undefined;
  description?: string | null | undefined;
  description_values?: Record<string, unknown> | null | undefined;
};

const templates: Readonly<Record<string, string>> = descriptions;
/** Words that lead to a value, left dangling when the register did not give it. */
const DANGLING = /(?:[\s,;:]+(?:on|to|from|of|for|by|as|at|in|and|with|dated|number|form|made up to|created on))+$/i;

/**
 * The plain text of a filing: the register's description with its values filled in, dates like "31 March 2024",
 * without markup. The total nominal capital that SH01 carries is left out: it reads like money raised and is not.
 * @param item a filing history item (`description` is a key of Companies House's filing_history_descriptions.yml).
 */
export function filingText(item: FilingTextInput): string {
  const key = item.description?.trim() ?? '';
  const values = item.description_values ?? {};
  const ownText = plain(textOf(values.description));
  if (key === '') return ownText || `Filing ${item.type ?? 'without description'}`;
  if (key === 'legacy') return ownText || `Older filing ${item.type ?? ''}`.trim();
  const template = Object.hasOwn(templates, key) ? templates[key] : undefined;
  const text = (template === undefined ? '' : plain(fill(template, values))) || inWords(key);
  if (ownText === '' || template?.includes('{description}') || text.toLowerCase() === ownText.toLowerCase())
    return text;
  return `${text}: ${ownText}`;
}

function fill(template: string, values: Record<string, unknown>): string {
  const parts = template.split(/(\{[^}]+\})/);
  return parts.reduce((text, part) => {
    if (!/^\{.*\}$/.test(part)) return text + part;
    const value = textOf(values[part.slice(1, -1).replaceAll(' ', '_')]);
    return value === '' ? text.trimEnd().replace(DANGLING, '') : text + value;
  }, '');
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  if (!/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(value)) return value.trim();
  const day = parseISO(value.slice(0, 10));
  return isValid(day) ? format(day, 'd MMMM yyyy') : value;
}

/** Without `**` and with the register's line breaks (a backslash) as commas. */
function plain(text: string): string {
  return text
    .replaceAll('**', '')
    .replace(/\s*\\+\s*/g, ', ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;:])/g, '$1')
    .trim();
}
