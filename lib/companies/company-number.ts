const SHAPE = /^(?=(?:.*\d){4})[A-Z0-9]{8}$/;

/**
 * Reads a company number as people and other registers write it: any case, blanks, missing leading zeros.
 * Tails that are not digits (RS0031EN, SL00911A) are valid numbers, so only the shape is checked.
 * @returns the eight characters of the register, or null when the text cannot be a company number.
 */
export function parseCompanyNumber(text: string): string | null {
  const compact = text.replace(/\s+/g, '').toUpperCase();
  const number = /^\d{1,8}$/.test(compact) ? compact.padStart(8, '0') : compact;
  return SHAPE.test(number) && number !== '00000000' ? number : null;
}

/** Invented companies have numbers with letters that the register gives to nobody. */
export function isDemoNumber(number: string): boolean {
  return number.startsWith('DM');
}
