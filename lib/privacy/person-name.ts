import { presentOfficerName } from '@/lib/companies/register/officer-name';

const TITLE = /^(mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev)$/;
/** Letters with the marks that may follow them, so that both ways to write an accent give the same word. */
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu;
const JOINS_NAMES = /^[ ,.]{1,3}$/;
const MOST_MIDDLE = 4;
const ADDRESS = /^https?:\/\//i;
/** A company may be called after a person: what the register calls it is not about the person. */
const COMPANY_FOLLOWS = /^[ ,.()&a-z-]{0,40}\b(limited|ltd|llp|plc|lp|cic|cyfyngedig|ccc)\b/i;
/** Without capitals: it must not look like the name of somebody. */
const INSTEAD = '(name removed)';

type Word = { text: string; written: string; start: number; end: number };

/**
 * A text with every spelling of a person's name left out: "SMITH, John Paul" and "Dr John Smith" are the same person.
 * Middle names may be missing, initials or written out, any of them where the person gave none; case and accents do
 * not count.
 * @param name as the register or a person writes it; one of a single word is never matched, it could be anybody's.
 */
export function withoutName(text: string, name: string): string {
  const [first, ...others] = partsOf(name).map((word) => word.text);
  const last = others.pop();
  if (first === undefined || last === undefined) return text;
  const words = wordsOf(text);
  let result = '';
  let done = 0;
  for (let index = 0; index < words.length; index += 1) {
    const end = endOfName(text, words, index, { first, middle: others, last });
    const start = words[index]?.start;
    const until = words[end]?.end;
    if (start === undefined || until === undefined || COMPANY_FOLLOWS.test(text.slice(until))) continue;
    result += text.slice(done, start) + INSTEAD;
    done = until;
    index = end;
  }
  return result + text.slice(done);
}

/** The first name and the surname as they are written; nothing of a name of a single word. */
export function firstAndLastName(name: string): string[] {
  const parts = partsOf(name);
  const ends = parts.length < 2 ? [] : [parts.at(0), parts.at(-1)];
  return ends.flatMap((word) => (word === undefined ? [] : [word.written]));
}

function partsOf(name: string): Word[] {
  return wordsOf(presentOfficerName(name)).filter((word) => !TITLE.test(word.text));
}

/**
 * A document without the names of people, wherever in its texts they stand.
 * @param value anything that JSON can hold.
 * @returns a copy of the same form.
 */
export function withoutPeople(value: unknown, names: readonly string[]): unknown {
  if (names.length === 0) return value;
  if (typeof value === 'string') return names.reduce(ADDRESS.test(value) ? withoutPath : withoutName, value);
  if (Array.isArray(value)) return value.map((item) => withoutPeople(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutPeople(inner, names)]));
}

/** An address that names the person leads to the front page of its site instead. */
function withoutPath(address: string, name: string): string {
  const spelt = address.replace(/[-_.+/]|%20/g, ' ');
  return withoutName(spelt, name) === spelt ? address : new URL(address).origin;
}

type Name = { first: string; middle: readonly string[]; last: string };

/** Index of the last word of the name that begins at a word; -1 where none does. */
function endOfName(text: string, words: readonly Word[], from: number, { first, middle, last }: Name): number {
  const surnameFirst = words[from]?.text === last;
  if (!surnameFirst && words[from]?.text !== first) return -1;
  const wanted = surnameFirst ? first : last;
  const between = (at: number) => joined(text, words, at) && isMiddle(words[at], middle, wanted);
  let at = from + 1;
  while (!surnameFirst && at - from <= MOST_MIDDLE && between(at)) at += 1;
  if (!joined(text, words, at) || words[at]?.text !== wanted) return -1;
  const given = at;
  // The surname stands first, as the register writes it: what follows the first name are middle names.
  while (surnameFirst && at - given < MOST_MIDDLE && between(at + 1) && !hasComma(text, words, at + 1)) at += 1;
  return at;
}

/** A middle name of the person, or an initial; where the person gave none, whatever is written like a name. */
function isMiddle(word: Word | undefined, middle: readonly string[], not: string): boolean {
  if (word === undefined || word.text === not) return false;
  if (middle.length === 0) return /^\p{Lu}/u.test(word.written);
  return (
    word.text.length === 1 ||
    middle.includes(word.text) ||
    middle.some((name) => name.length === 1 && word.text.startsWith(name))
  );
}

function hasComma(text: string, words: readonly Word[], at: number): boolean {
  return text.slice(words[at - 1]?.end, words[at]?.start).includes(',');
}

function joined(text: string, words: readonly Word[], at: number): boolean {
  const [before, here] = [words[at - 1], words[at]];
  return before !== undefined && here !== undefined && JOINS_NAMES.test(text.slice(before.end, here.start));
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    text: fold(match[0]),
    written: match[0].normalize('NFC'),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase();
}
