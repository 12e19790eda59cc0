import { Font } from '@react-pdf/renderer';
import { FAMILY } from './theme';

/** What a run of characters is called that the font does not have, by its script. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Han}/u, 'Chinese'],
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, 'Japanese'],
  [/\p{Script=Hangul}/u, 'Korean'],
  [/\p{Script=Arabic}/u, 'Arabic'],
  [/\p{Script=Hebrew}/u, 'Hebrew'],
  [/\p{Script=Devanagari}/u, 'Devanagari'],
  [/\p{Script=Bengali}/u, 'Bengali'],
  [/\p{Script=Tamil}/u, 'Tamil'],
  [/\p{Script=Thai}/u, 'Thai'],
  [/\p{Script=Armenian}/u, 'Armenian'],
  [/\p{Script=Georgian}/u, 'Georgian'],
];

/** Gives every text of a value to `change`, however deep it stands; all else stays. */
export function mapTexts<T>(value: T, change: (text: string) => string): T;
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapTexts(part, change)]));
}

/**
 * Texts as the font can print them. What it has no shape for would print as an empty box: it is written in its simpler
 * form where there is one (a wide "Ａ" is an "A"), else said in brackets, such as `[4 Chinese characters]`.
 */
export async function printerOfTexts(): Promise<(text: string) => string> {
  await Font.load({ fontFamily: FAMILY, fontWeight: 400 });
  const font = Font.getFont({ fontFamily: FAMILY, fontWeight: 400 })?.data;
  const prints = (text: string) => [...text].every((sign) => has(font, sign));
  return (text) => {
    if (prints(text)) return text;
    const simpler = [...text].map((sign) => (prints(sign) ? sign : sign.normalize('NFKC')));
    return marked(simpler, prints);
  };
}

/** A font that cannot say what shapes it has is taken to have them. */
function has(font: unknown, sign: string): boolean {
  return !saysItsShapes(font) || font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0);
}

/** The library declares no more of the font than its name (4.9.0). */
function saysItsShapes(font: unknown): font is { hasGlyphForCodePoint(code: number): boolean } {
  return typeof font === 'object' && font !== null && 'hasGlyphForCodePoint' in font;
}

function marked(signs: readonly string[], prints: (sign: string) => boolean): string {
  let text = '';
  let missing: string[] = [];
  const flush = () => {
    if (missing.length > 0) text += `[${nameOf(missing)}]`;
    missing = [];
  };
  for (const sign of signs) {
    if (!prints(sign)) missing.push(sign);
    else {
      flush();
      text += sign;
    }
  }
  flush();
  return text;
}

function nameOf(signs: readonly string[]): string {
  const run = signs.join('');
  const script = SCRIPTS.find(([pattern]) => pattern.test(run))?.[1];
  const noun = `character${signs.length === 1 ? '' : 's'}`;
  return script === undefined ? `${signs.length} ${noun} not in this font` : `${signs.length} ${script} ${noun}`;
}
