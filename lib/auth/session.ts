import { AppError } from '@/lib/errors';
import { readSession } from '@/lib/supabase/read-session';
import { renewSession } from '@/lib/supabase/renew-session';
import { requestCookies } from './request-cookies';
import { verifyToken } from './verify-token';

/** Somebody who is signed in. `accessToken` acts for them in the database. */
export type SessionUser = { id: string; email: string; accessToken: string; via: 'bearer' | 'cookie' };

/**
 * Who is asking: by `Authorization: Bearer` of the given request, else by the session cookies.
 * @param request give it in route handlers; pages and server actions leave it out.
 * @returns null for nobody, and for a token that is malformed, expired or of another key.
 * @throws AppError `database_unavailable` when an expired session could not be renewed for want of an answer.
 */
export async function getUser(request?: Request): Promise<SessionUser | null> {
  const bearer = /^bearer\s+(.*)$/i.exec(request?.headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) return toUser(bearer.trim(), 'bearer');
  const cookies = await requestCookies(request);
  const session = await readSession(cookies);
  if (!session) return null;
  const user = await toUser(session.accessToken, 'cookie');
  if (user || session.expiresAt > Date.now()) return user;
  const renewed = await renewSession(cookies);
  return renewed === null ? null : toUser(renewed, 'cookie');
}

/**
 * As `getUser`, for addresses that need somebody.
 * @throws AppError `unauthenticated`
 */
export async function requireUser(request?: Request): Promise<SessionUser> {
  const user = await getUser(request);
  if (!user) throw new AppError('unauthenticated');
  return user;
}

async function toUser(accessToken: string, via: SessionUser['via']): Promise<SessionUser | null> {
  const owner = await verifyToken(accessToken);
  return owner && { ...owner, accessToken, via };
}
