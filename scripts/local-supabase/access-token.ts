import { createHmac, randomUUID } from 'node:crypto';

/** Claims of an access token that the callers decide; the rest is always the same. */
export type TokenClaims = { sub: string; email: string } & Record<string, unknown>;

/**
 * An access token as the local server issues it: HS256, for the role `authenticated`.
 * @param seconds life of the token.
 */
export function issueAccessToken(claims: TokenClaims, jwtSecret: string, seconds: number): string {
  const now = Math.floor(Date.now() / 1000);
  return signHs256(
    {
      aud: 'authenticated',
      role: 'authenticated',
      iat: now,
      exp: now + seconds,
      session_id: randomUUID(),
      phone: '',
      app_metadata: { provider: 'email', providers: ['email'] },
      user_metadata: {},
      aal: 'aal1',
      amr: [{ method: 'password', timestamp: now }],
      is_anonymous: false,
      ...claims,
    },
    jwtSecret,
  );
}

/** A JSON Web Token with an HMAC-SHA256 signature (RFC 7515, 7519). */
export function signHs256(claims: Record<string, unknown>, secret: string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
