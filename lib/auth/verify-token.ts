import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTVerifyGetKey,
  type JWTVerifyResult,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';
import { DATABASE_TIMEOUT_MS } from '@/lib/supabase/client-options';
import { tokenOwner } from '@/lib/supabase/token-owner';

const claimsSchema = z.object({
  sub: z.uuid(),
  email: z.string().default(''),
  role: z.literal('authenticated'),
});

/** Who a token belongs to. */
export type TokenOwner = { id: string; email: string };

const RULES = { audience: 'authenticated', clockTolerance: '5s' };
const ASYMMETRIC = ['ES256', 'RS256', 'EdDSA'];

/**
 * Checks an access token without a network call where the key allows it: with SUPABASE_JWT_SECRET, else with the
 * project's published keys (fetched once, then kept). Only a token of a shared secret that we do not know is sent to
 * the auth server.
 * @returns the owner, or null for a token that is malformed, expired, of another key, or not of a signed-in user.
 * @throws AppError `database_unavailable` when the keys or the auth server were needed and did not answer.
 */
export async function verifyToken(token: string): Promise<TokenOwner | null> {
  const algorithm = algorithmOf(token);
  if (algorithm === null) return null;
  const { jwtSecret } = config().supabase;
  if (algorithm !== 'HS256')
    return claimsOf(() => jwtVerify(token, projectKeys(), { ...RULES, algorithms: ASYMMETRIC }));
  if (jwtSecret === undefined) return tokenOwner(token);
  const key = new TextEncoder().encode(jwtSecret);
  return claimsOf(() => jwtVerify(token, key, { ...RULES, algorithms: ['HS256'] }));
}

function algorithmOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).alg ?? null;
  } catch {
    return null;
  }
}

async function claimsOf(verify: () => Promise<JWTVerifyResult>): Promise<TokenOwner | null> {
  try {
    const { payload } = await verify();
    const claims = claimsSchema.safeParse(payload);
    return claims.success ? { id: claims.data.sub, email: claims.data.email } : null;
  } catch (cause) {
    if (isAboutTheKeys(cause)) throw new AppError('database_unavailable', { cause });
    return null;
  }
}

/** The published keys could not be read; every other failure of jose is a verdict on the token. */
function isAboutTheKeys(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return (
    error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC'
  );
}

function projectKeys(): JWTVerifyGetKey {
  return singleton('auth:project-keys', () =>
    createRemoteJWKSet(new URL(`${config().supabase.url}/auth/v1/.well-known/jwks.json`), {
      timeoutDuration: DATABASE_TIMEOUT_MS,
    }),
  );
}
