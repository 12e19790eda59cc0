/** Legal forms that are written in more than one way. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\bPUBLIC LIMITED COMPANY$/, 'PLC'],
  [/\bLIMITED LIABILITY PARTNERSHIP$/, 'LLP'],
  [/\bCOMMUNITY INTEREST COMPANY$/, 'CIC'],
  [/\bLIMITED$/, 'LTD'],
];

/**
 * A company's name in the one form in which two spellings of it are equal: capitals, no marks, legal form abbreviated.
 * Names that differ in more than that stay different: this decides whether two names are the same, never whether they
 * are alike.
 */
export function companyNameKey(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/&(AMP;)?/g, ' AND ')
    .replace(/['’`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^THE /, '');
  return FORMS.reduce((key, [form, short]) => key.replace(form, short), words);
}

/** A British postcode without its blank, in capitals; null when the text is none. */
export function postcodeKey(text: string | null | undefined): string | null {
  const key = (text ?? '').toUpperCase().replace(/\s+/g, '');
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(key) ? key : null;
}
