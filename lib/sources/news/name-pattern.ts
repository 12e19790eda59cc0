import type { NameParts } from '../website/company-name';

/** What finds the whole registered name in a text, however it writes marks and the legal form. */
export function legalNamePattern({ words, forms }: NameParts): RegExp {
  return pattern([...words.map(wordPattern), `(?:${forms.map((form) => form.replaceAll(' ', '\\s+')).join('|')})`]);
}

/** What finds the name without its legal form. */
export function tradingNamePattern({ words }: NameParts): RegExp {
  return pattern(words.map(wordPattern));
}

/** Initials and possessives come with dots and apostrophes in a text, without them in the parts of a name. */
function wordPattern(word: string): string {
  return word === 'and' ? '(?:and|&|\\+)' : [...word].join("[.'’]?");
}

/** Between the words of a name stand blanks and marks; nothing that goes on a word stands at its ends. */
function pattern(parts: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${parts.join("[\\s.,'’()/&-]{0,4}")}(?![\\p{L}\\p{N}])`, 'giu');
}
