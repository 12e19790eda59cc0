/** A key of the register as words: `some-new-key` becomes "Some new key". */
export function inWords(key: string): string {
  const words = key.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
