import sic from './sic.json';

export type SicSection = { letter: string; text: string };

/** Codes that say "nothing is done here"; their digits fall into sections that would mislead. */
const WITHOUT_ACTIVITY = new Set(['74990', '99999']);
const texts: Readonly<Record<string, string>> = sic.codes;

/** @returns the text of a SIC 2007 code (five digits) or of an older one (four), or the code itself when unknown. */
export function sicText(code: string): string {
  return Object.hasOwn(texts, code) ? (texts[code] ?? code) : code;
}

/** @returns the section A to U of a SIC 2007 code; null for older codes, unknown divisions, dormant and non-trading. */
export function sicSection(code: string): SicSection | null {
  if (!/^\d{5}$/.test(code) || WITHOUT_ACTIVITY.has(code)) return null;
  const division = code.slice(0, 2);
  const section = sic.sections.find(({ from, to }) => from <= division && division <= to);
  return section ? { letter: section.letter, text: section.text } : null;
}
