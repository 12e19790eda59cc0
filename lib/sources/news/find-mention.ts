import { isTelling, nameParts } from '../website/company-name';
import { printedNumbers } from '../website/printed-numbers';
import { oneLine } from '../website/visible-text';
import { legalNamePattern, tradingNamePattern } from './name-pattern';
import type { NameMatch, NewsQuestion } from './schema';

export type Mention = { match: NameMatch; quote: string };

const LONGEST_QUOTE = 300;
/** Words with a capital that may stand right before a name without being part of it. */
const BEFORE = /^(the|at|by|for|from|of|in|and|but|as|when|while|after|with|to|today|firm|company|supplier|maker)$/i;

type Company = Pick<NewsQuestion, 'companyNumber' | 'companyName' | 'postcode' | 'website'>;

/**
 * Looks for a company in a text. A name without its legal form counts only as a proper name of at least two words that is
 * not part of a longer one; a name of one word needs the company's postcode, web site or number in the same text.
 * @param text as a person reads it; sentences may go over line ends of the layout.
 * @returns the sentence that names it and how sure that is, or null.
 */
export function findMention(text: string, company: Company): Mention | null {
  const parts = nameParts(company.companyName);
  if (!isTelling(parts)) return null;
  const legal = parts.forms.length === 0 ? null : firstOf(text, legalNamePattern(parts), () => true);
  const proper = firstOf(text, tradingNamePattern(parts), (at, name) => isProperName(text, at, name));
  const at = legal ?? proper;
  if (at === null) return null;
  const quote = sentenceAt(text, at);
  if (printedNumbers(text).some(({ number }) => number === company.companyNumber)) return { match: 'number', quote };
  if (namesPlace(text, company)) return { match: 'name_and_place', quote };
  if (legal !== null) return { match: 'legal_name', quote };
  return parts.words.filter((word) => word.length > 1).length >= 2 ? { match: 'name', quote } : null;
}

/** Whether a text may be about a company at all: for what is worth opening. */
export function mayMention(text: string, { companyName }: Pick<Company, 'companyName'>): boolean {
  const parts = nameParts(companyName);
  return isTelling(parts) && tradingNamePattern(parts).test(text);
}

function firstOf(text: string, pattern: RegExp, accept: (at: number, name: string) => boolean): number | null {
  for (const match of text.matchAll(pattern)) {
    if (accept(match.index, match[0])) return match.index;
  }
  return null;
}

/** "Demo Compass Robotics said", and neither "demo compass robotics" nor "Royal Demo Compass Robotics Europe". */
function isProperName(text: string, at: number, name: string): boolean {
  const words = name.split(/[\s-]+/).filter((word) => word.length > 3 || name.length < 8);
  if (!words.every((word) => /^\P{Ll}/u.test(word))) return false;
  const before = /(\p{Lu}[\p{L}'’]*) $/u.exec(text.slice(Math.max(0, at - 40), at))?.[1];
  if (before !== undefined && !BEFORE.test(before) && !beginsSentence(text, at - before.length - 1)) return false;
  const after = /^ (\p{Lu}\p{L}+)/u.exec(text.slice(at + name.length, at + name.length + 40))?.[1];
  return after === undefined || isHeadline(text, at);
}

function beginsSentence(text: string, at: number): boolean {
  return at <= 0 || /[.!?:\n"“‘]\s*$/.test(text.slice(Math.max(0, at - 3), at));
}

/** In headlines every word may have a capital, so that capitals say nothing. */
function isHeadline(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const words = text.slice(start, end < 0 ? undefined : end).match(/\p{L}{4,}/gu) ?? [];
  return words.length > 3 && words.every((word) => /^\p{Lu}/u.test(word));
}

function namesPlace(text: string, { postcode, website }: Company): boolean {
  const wanted = postcode?.replace(/\s+/g, '').toUpperCase() ?? '';
  if (wanted.length >= 5 && new RegExp(`\\b${wanted.slice(0, -3)}\\s?${wanted.slice(-3)}\\b`, 'i').test(text))
    return true;
  if (!website || !URL.canParse(website)) return false;
  const host = new URL(website).hostname.replace(/^www\./, '');
  return text.toLowerCase().includes(host.toLowerCase());
}

function sentenceAt(text: string, at: number): string {
  const before = text.slice(0, at);
  const start = Math.max(
    before.lastIndexOf('\n') + 1,
    (/[.!?]["”’)]?\s+(?=[^.!?]*$)/.exec(before.slice(-400))?.index ?? -1) + Math.max(0, before.length - 400) + 1,
    0,
  );
  const rest = text.slice(at);
  const end = /(?<!\b(?:Ltd|Co|Mr|Mrs|Dr|St|No))[.!?]["”’)]?(?=\s|$)|\n/.exec(rest);
  const stop = end === null ? text.length : at + end.index + end[0].length;
  return oneLine(text.slice(start, stop), LONGEST_QUOTE);
}
