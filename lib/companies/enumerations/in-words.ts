/** A key of the register as words: `some-new-key` becomes "Some new key". */
export function inWords(key: string): string {
  const words = key.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Names whose first word is an ordinary word. */
const PROPER_NAME = /^(Companies House|Contracts Finder|Find a Tender|The Gazette)\b/;

/** A text as the middle of a sentence has it; abbreviations and names keep their capital. */
export function lowerFirst(text: string): string {
  if (PROPER_NAME.test(text)) return text;
  const [first = '', second = ''] = text;
  return second === second.toLowerCase() ? first.toLowerCase() + text.slice(1) : text;
}
