import { type AuthError, isAuthRetryableFetchError } from '@supabase/supabase-js';
import { AppError } from '@/lib/errors';
import type { SessionClient } from './session-client';

type Credentials = { email: string; password: string };

/** Answers that only an address with an account gets; passing them on would tell strangers who has one. */
const ABOUT_EXISTING_ACCOUNT = new Set(['user_already_exists', 'email_exists', 'over_email_send_rate_limit']);
const REFUSED = new Set(['invalid_credentials', 'email_not_confirmed', 'user_banned', 'validation_failed']);

/**
 * Signs in and begins the session.
 * @returns `refused` for a wrong password, an unknown address and an unconfirmed one alike.
 * @throws AppError `database_unavailable`, `rate_limited`
 */
export async function signIn(client: SessionClient, credentials: Credentials): Promise<'signed_in' | 'refused'> {
  const { error } = await client.auth.signInWithPassword(credentials);
  if (!error) return 'signed_in';
  if (REFUSED.has(error.code ?? '')) return 'refused';
  throw toAuthError(error);
}

/**
 * Creates an account. An address that already has one gets the same answer as a new one.
 * @returns `confirm` when the address has to be confirmed by mail first, or the reason why the password is too weak.
 * @throws AppError `database_unavailable`, `rate_limited`
 */
export async function signUp(
  client: SessionClient,
  credentials: Credentials,
): Promise<'signed_in' | 'confirm' | { weakPassword: string }> {
  const { data, error } = await client.auth.signUp(credentials);
  if (!error) return data.session ? 'signed_in' : 'confirm';
  if (error.code === 'weak_password') return { weakPassword: error.message };
  if (!ABOUT_EXISTING_ACCOUNT.has(error.code ?? '')) throw toAuthError(error);
  // An account that was never confirmed gets its mail again; for any other the auth server does nothing.
  await client.auth.resend({ type: 'signup', email: credentials.email });
  return 'confirm';
}

/**
 * Sends a mail to choose a new password, if the address has an account.
 * @throws AppError `database_unavailable`
 */
export async function sendRecoveryMail(client: SessionClient, email: string): Promise<void> {
  const { error } = await client.auth.resetPasswordForEmail(email);
  if (error && isAuthRetryableFetchError(error)) throw toAuthError(error);
}

/**
 * Redeems a link from a mail and begins the session.
 * @returns the id of the user, or null when the link was used, is too old, or was never ours.
 * @throws AppError `database_unavailable`
 */
export async function redeemLink(
  client: SessionClient,
  link: { tokenHash: string; type: 'signup' | 'recovery' },
): Promise<string | null> {
  const { data, error } = await client.auth.verifyOtp({ token_hash: link.tokenHash, type: link.type });
  if (error && isAuthRetryableFetchError(error)) throw toAuthError(error);
  return data.user?.id ?? null;
}

/**
 * Sets the password of whoever the client is signed in as, and ends their other sessions.
 * @returns null, or why the password was refused.
 * @throws AppError `database_unavailable`, `unauthenticated`
 */
export async function setPassword(client: SessionClient, password: string): Promise<string | null> {
  const { error } = await client.auth.updateUser({ password });
  if (error?.code === 'same_password') return 'This is the password you have now. Choose another one.';
  if (error?.code === 'weak_password') return error.message;
  if (error) throw toAuthError(error);
  await client.auth.signOut({ scope: 'others' });
  return null;
}

/** Ends this session at the auth server, if it answers. The caller removes the cookies in any case. */
export async function endSession(client: SessionClient): Promise<void> {
  await client.auth.signOut({ scope: 'local' });
}

function toAuthError(error: AuthError): AppError {
  if (isAuthRetryableFetchError(error)) return new AppError('database_unavailable', { cause: error });
  if (error.status === 429)
    return new AppError('rate_limited', { retryAt: new Date(Date.now() + 60_000), cause: error });
  if (error.status === 401 || error.code === 'session_not_found')
    return new AppError('unauthenticated', { cause: error });
  return new AppError('internal', { cause: error });
}
