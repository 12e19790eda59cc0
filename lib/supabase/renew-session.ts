import { createHash } from 'node:crypto';
import { isAuthRetryableFetchError } from '@supabase/supabase-js';
import { AppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';
import { DATABASE_TIMEOUT_MS } from './client-options';
import { type Cookie, type CookieStore, type CookieToSet, SESSION_COOKIE, sessionClient } from './session-client';

type Renewal = { accessToken: string | null; changes: CookieToSet[] };

/** As long as the auth server itself accepts a refresh token again. */
const KEPT_MS = 10_000;

/**
 * Exchanges the refresh token of an expired session for a new session, written to the cookies.
 * A browser sends several requests with the same expired session at once, and a refresh token works once: they share one
 * renewal, and those that come a moment later still get its result.
 * @returns the new access token; null when the session is over, in which case its cookies are removed.
 * @throws AppError `database_unavailable` when the auth server does not answer; the session is kept then.
 */
export async function renewSession(cookies: CookieStore): Promise<string | null> {
  const { accessToken, changes } = await sharedRenewal(cookies.getAll());
  if (changes.length > 0) await cookies.setAll(changes);
  return accessToken;
}

function sharedRenewal(cookies: Cookie[]): Promise<Renewal> {
  const renewals = singleton('supabase:renewals', () => new Map<string, Promise<Renewal>>());
  const key = hashOf(cookies.filter(({ name }) => name.startsWith(SESSION_COOKIE)));
  const known = renewals.get(key);
  if (known) return known;
  const renewal = renew(cookies);
  renewals.set(key, renewal);
  const forget = () => renewals.delete(key);
  renewal.then(() => setTimeout(forget, KEPT_MS).unref(), forget);
  return renewal;
}

async function renew(cookies: Cookie[]): Promise<Renewal> {
  // auth-js repeats an unanswered renewal for 30 s. The signal ends that, and a renewal that comes too late for its
  // cookies to be sent must not happen either: it would use up the refresh token.
  const limit = AbortSignal.timeout(DATABASE_TIMEOUT_MS);
  const expired = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => reject(new AppError('database_unavailable', { cause: limit.reason })));
  });
  const changes: CookieToSet[] = [];
  const client = sessionClient({ getAll: () => cookies, setAll: (list) => void changes.push(...list) }, limit);
  const { data, error } = await Promise.race([client.auth.getSession(), expired]);
  if (error && isAuthRetryableFetchError(error)) throw new AppError('database_unavailable', { cause: error });
  return { accessToken: data.session?.access_token ?? null, changes };
}

function hashOf(cookies: Cookie[]): string {
  return createHash('sha256').update(JSON.stringify(cookies)).digest('base64url');
}
