/** Forms of the words at the end of a registered name that mean the same. */
const LEGAL_FORMS = [
  ['limited', 'ltd', 'cyfyngedig', 'cyf'],
  ['public limited company', 'plc', 'ccc', 'cwmni cyfyngedig cyhoeddus'],
  ['limited liability partnership', 'llp', 'pac'],
  ['limited partnership', 'lp'],
  ['community interest company', 'cic', 'cbc'],
  ['unlimited company', 'unlimited'],
];
/** Words that say little about which company it is. */
const COMMON_WORDS = new Set(['the', 'and', 'of', 'uk', 'gb', 'group', 'holdings', 'services', 'company', 'co']);

/** A registered name taken apart. */
export type NameParts = {
  /** The words of the name before its legal form, in lower case, without marks and accents. */
  words: readonly string[];
  /** The ways to write the legal form; empty where the name has none. */
  forms: readonly string[];
};

/** @param name as on the register, such as `J.P. SMITH & SONS (UK) LIMITED`. */
export function nameParts(name: string): NameParts {
  const text = folded(name);
  for (const forms of LEGAL_FORMS) {
    const ending = forms.find((form) => text.endsWith(` ${form}`));
    if (ending !== undefined) return { words: text.slice(0, -ending.length).trim().split(' '), forms };
  }
  return { words: text.split(' ').filter(Boolean), forms: [] };
}

/** Whether the name without its legal form says enough to point to a company at all. */
export function isTelling({ words }: NameParts): boolean {
  return words.filter((word) => !COMMON_WORDS.has(word)).join('').length >= 4;
}

/** The whole registered name where it first stands in a text, however it writes marks and the legal form; null if nowhere. */
export function findLegalName(text: string, { words, forms }: NameParts): string | null {
  const ending = forms.length === 0 ? [] : [`(?:${forms.map((form) => form.replaceAll(' ', '\\s+')).join('|')})`];
  return findWhole(text, [...words.map(wordPattern), ...ending]);
}

/** The name without its legal form, where it first stands in a text; null if nowhere. */
export function findTradingName(text: string, { words }: NameParts): string | null {
  return findWhole(text, words.map(wordPattern));
}

/** Host names that the company may have chosen: the words of its name, joined. At most three; best first. */
export function guessedHosts(name: string): string[] {
  const { words } = nameParts(name);
  const telling = words[0] === 'the' && words.length > 1 ? words.slice(1) : words;
  const label = telling.join('');
  if (!isTelling({ words, forms: [] }) || !/^[a-z0-9]{2,40}$/.test(label)) return [];
  const dashed = telling.join('-');
  const third = telling.length > 1 ? `${dashed}.co.uk` : `${label}.uk`;
  return [`${label}.co.uk`, `${label}.com`, third];
}

/** Initials and possessives come with dots and apostrophes on a page, without them in the folded name. */
function wordPattern(word: string): string {
  return word === 'and' ? '(?:and|&|\\+)' : [...word].join("[.'’]?");
}

/** Between the words of a name stand blanks and marks; nothing that goes on a word stands at its ends. */
function findWhole(text: string, parts: readonly string[]): string | null {
  const pattern = `(?<![\\p{L}\\p{N}])${parts.join("[\\s.,'’()/&-]{0,4}")}(?![\\p{L}\\p{N}]|\\s+(?:liability|partnership)\\b)`;
  for (const match of text.matchAll(new RegExp(pattern, 'giu'))) {
    if (!isTail(text.slice(Math.max(0, match.index - 60), match.index))) return match[0];
  }
  return null;
}

/** Words that stand before a name without being a part of it. */
const LEADING =
  /^(the|copyright|by|at|in|of|for|with|from|to|is|are|our|we|about|welcome|contact|company|name|office|ltd|limited|plc|llp|why|choose|visit|call|join|reserved|england|wales|scotland|ireland|\d{4})$/i;

/** Whether what stands before a name makes it the tail of a longer one: "Acme and Sons Ltd" is not "Sons Ltd". */
function isTail(before: string): boolean {
  const [, word, between] = /([\p{L}\p{N}'’.]+)([ \t&+/-]+)$/u.exec(before) ?? [];
  if (word === undefined || between === undefined) return false;
  if (/[&+/-]\s*$/.test(between) && !/\s[-–]\s$/.test(between)) return true;
  if (/^and$/i.test(word))
    return /\p{Lu}[\p{L}'’.]*\s+and\s$/u.test(before) && !/\b(ltd|limited|plc|llp)\.?\s+and\s$/i.test(before);
  return /^\p{Lu}/u.test(word) && !word.endsWith('.') && !LEADING.test(word);
}

function folded(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[&+]/g, ' and ')
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
