import { francAll } from 'franc-min';

/** In a shorter text two languages look alike too often. */
const LEAST_CHARACTERS = 200;
/** A next guess as near as this means that nothing was recognised: lists of words look like many languages. */
const NEAREST_NEXT = 0.95;
const names = new Intl.DisplayNames('en', { type: 'language' });

/**
 * The language of a page. What the text is written in counts more than what the page declares, since templates declare
 * English whatever is filled in.
 * @param declared such as `en-GB`.
 * @returns ISO 639-1, or null when nothing tells.
 */
export function pageLanguage(text: string, declared: string | null): string | null {
  return recognised(text) ?? languageOf(declared);
}

function recognised(text: string): string | null {
  if (text.length < LEAST_CHARACTERS) return null;
  const [best, next] = francAll(text, { minLength: LEAST_CHARACTERS });
  const isSure = best !== undefined && (next === undefined || next[1] < NEAREST_NEXT);
  return isSure && best[0] !== 'und' ? languageOf(best[0]) : null;
}

/** "English" for `en`. */
export function languageName(code: string): string {
  return names.of(code) ?? code;
}

function languageOf(tag: string | null): string | null {
  try {
    const [canonical] = tag === null ? [] : Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'));
    const language = canonical === undefined ? null : new Intl.Locale(canonical).language;
    // A well-formed tag can still name no language, such as "lorem".
    return language === null || names.of(language) === language ? null : language;
  } catch {
    return null;
  }
}
