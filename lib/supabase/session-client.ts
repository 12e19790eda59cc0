import { type CookieOptions, createServerClient, parseCookieHeader } from '@supabase/ssr';
import { config } from '@/lib/config';
import type { Database } from '@/types/database';
import { clientOptions, SIGN_IN_TIMEOUT_MS } from './client-options';

/** Signs people in and out; keeps their session in cookies. */
export type SessionClient = ReturnType<typeof createServerClient<Database>>;

export type Cookie = { name: string; value: string };
export type CookieToSet = Cookie & { options: CookieOptions };
export type CookieStore = {
  getAll: () => Cookie[];
  /** Called when a session begins, is renewed or ends. */
  setAll: (cookies: CookieToSet[]) => void | Promise<void>;
};

/** Name of the session cookie; long sessions are split over `<name>.0`, `<name>.1`, ... */
export const SESSION_COOKIE = 'oppspot-session';

/**
 * A Supabase auth client over the cookies of one request.
 * @param limit ends every call that is under way and refuses further ones.
 */
export function sessionClient(cookies: CookieStore, limit?: AbortSignal): SessionClient {
  const { supabase, web } = config();
  const { realtime, global } = clientOptions(SIGN_IN_TIMEOUT_MS, limit);
  return createServerClient<Database>(supabase.url, supabase.publishableKey, {
    realtime,
    global,
    cookies,
    // Nothing in the browser reads the session, so scripts cannot either.
    cookieOptions: {
      name: SESSION_COOKIE,
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: web.appUrl.startsWith('https://'),
    },
  });
}

/** The cookies that a request carries. */
export function cookiesOf(request: Request): Cookie[] {
  const header = request.headers.get('cookie') ?? '';
  return parseCookieHeader(header).map(({ name, value = '' }) => ({ name, value }));
}
