import { decodeJwt } from 'jose';

/** When an access token that was verified before ends, ms since the epoch; never for one without an end. */
export function tokenExpiresAt(accessToken: string): number {
  const { exp } = decodeJwt(accessToken);
  return exp === undefined ? Number.POSITIVE_INFINITY : exp * 1_000;
}
