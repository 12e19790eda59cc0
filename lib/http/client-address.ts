/**
 * The address of whoever asks: the last entry of `x-forwarded-for`, which the nearest proxy (or Next itself) wrote; earlier
 * ones are the client's own claim.
 */
export function clientAddress(headers: Pick<Headers, 'get'>): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown';
}
