import type { Gap, Statement } from '../schema';

/** A piece of text with what it rests on. */
export type Cited = { text: string; statements: readonly string[]; gaps: readonly string[] };
type Part = Cited | string | null;

/**
 * A sentence from fixed words and cited pieces: whatever is put in is cited, so a sentence cannot mention a value
 * without saying where it comes from.
 * @returns null when one of the pieces is not known: a sentence is only said when all of its facts are there.
 */
export function say(words: TemplateStringsArray, ...parts: Part[]): Cited | null {
  if (parts.some((part) => part === null)) return null;
  return concat(words.flatMap((text, index) => [text, parts[index] ?? '']));
}

/** The statement as the given text. */
export function cited(statement: Statement | null, text: (statement: Statement) => string): Cited | null {
  return statement === null ? null : { text: text(statement), statements: [statement.id], gaps: [] };
}

/** A text that rests on gaps: a thing that is not known, and why. */
export function unknown(gaps: readonly Gap[], text: string): Cited {
  return { text, statements: [], gaps: gaps.map(({ id }) => id) };
}

/** "a", "a and b", "a, b and c". */
export function listed(pieces: readonly Cited[]): Cited | null {
  if (pieces.length === 0) return null;
  return concat(
    pieces.flatMap((piece, index) => {
      if (index === 0) return [piece];
      return [index === pieces.length - 1 ? ' and ' : ', ', piece];
    }),
  );
}

/** One after the other, with a space between. */
export function inRow(pieces: readonly Cited[]): Cited | null {
  if (pieces.length === 0) return null;
  return concat(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [' ', piece])));
}

function concat(parts: readonly (Cited | string)[]): Cited {
  const pieces = parts.map((part) => (typeof part === 'string' ? { text: part, statements: [], gaps: [] } : part));
  return {
    text: pieces.map(({ text }) => text).join(''),
    statements: [...new Set(pieces.flatMap(({ statements }) => statements))],
    gaps: [...new Set(pieces.flatMap(({ gaps }) => gaps))],
  };
}
