import { isAuthRetryableFetchError } from '@supabase/supabase-js';
import { AppError } from '@/lib/errors';
import { DATABASE_TIMEOUT_MS } from './client-options';
import { type CookieStore, sessionClient } from './session-client';

/**
 * Exchanges the refresh token of an expired session for a new session, written to the cookies.
 * @returns the new access token; null when the session is over, in which case its cookies are removed.
 * @throws AppError `database_unavailable` when the auth server does not answer; the session is kept then.
 */
export async function renewSession(cookies: CookieStore): Promise<string | null> {
  // auth-js repeats an unanswered renewal for 30 s. The signal ends that, and a renewal that comes too late for its
  // cookies to be sent must not happen either: it would use up the refresh token.
  const limit = AbortSignal.timeout(DATABASE_TIMEOUT_MS);
  const expired = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => reject(new AppError('database_unavailable', { cause: limit.reason })));
  });
  const client = sessionClient(cookies, limit);
  const { data, error } = await Promise.race([client.auth.getSession(), expired]);
  if (error && isAuthRetryableFetchError(error)) throw new AppError('database_unavailable', { cause: error });
  return data.session?.access_token ?? null;
}
