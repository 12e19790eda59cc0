import { franc } from 'franc-min';

/** In a shorter text two languages look alike too often. */
const LEAST_CHARACTERS = 200;
const names = new Intl.DisplayNames('en', { type: 'language' });

/**
 * The language of a page. What the text is written in counts more than what the page declares, since templates declare
 * English whatever is filled in.
 * @param declared such as `en-GB`.
 * @returns ISO 639-1, or null when nothing tells.
 */
export function pageLanguage(text: string, declared: string | null): string | null {
  const read = text.length < LEAST_CHARACTERS ? 'und' : franc(text, { minLength: LEAST_CHARACTERS });
  return read === 'und' ? languageOf(declared) : languageOf(read);
}

/** "English" for `en`. */
export function languageName(code: string): string {
  return names.of(code) ?? code;
}

function languageOf(tag: string | null): string | null {
  try {
    const [canonical] = tag === null ? [] : Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'));
    return canonical === undefined ? null : new Intl.Locale(canonical).language;
  } catch {
    return null;
  }
}
