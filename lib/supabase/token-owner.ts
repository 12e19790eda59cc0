import { createClient, isAuthRetryableFetchError } from '@supabase/supabase-js';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';
import { clientOptions, DATABASE_TIMEOUT_MS } from './client-options';

/**
 * Asks the auth server who a token belongs to.
 * @returns null when the auth server does not accept the token.
 * @throws AppError `database_unavailable` when it does not answer.
 */
export async function tokenOwner(token: string): Promise<{ id: string; email: string } | null> {
  const { data, error } = await anonymousClient().auth.getUser(token);
  if (error && isAuthRetryableFetchError(error)) throw new AppError('database_unavailable', { cause: error });
  return data.user ? { id: data.user.id, email: data.user.email ?? '' } : null;
}

function anonymousClient() {
  return singleton('supabase:anonymous', () => {
    const { url, publishableKey } = config().supabase;
    return createClient(url, publishableKey, clientOptions(DATABASE_TIMEOUT_MS));
  });
}
