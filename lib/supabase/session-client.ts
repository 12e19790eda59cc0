import { type CookieOptions, createServerClient } from '@supabase/ssr';
import { config } from '@/lib/config';
import type { Database } from '@/types/database';
import { clientOptions, DATABASE_TIMEOUT_MS } from './client-options';

/** Signs people in and out; keeps their session in cookies. */
export type SessionClient = ReturnType<typeof createServerClient<Database>>;

export type Cookie = { name: string; value: string };
export type CookieToSet = Cookie & { options: CookieOptions };
export type CookieStore = {
  getAll: () => Cookie[];
  /** Called when a session begins, is renewed or ends. */
  setAll: (cookies: CookieToSet[]) => void;
};

/** Name of the session cookie; long sessions are split over `<name>.0`, `<name>.1`, ... */
export const SESSION_COOKIE = 'oppspot-session';

/** A Supabase auth client over the cookies of one request. */
export function sessionClient(cookies: CookieStore): SessionClient {
  const { supabase, web } = config();
  const { realtime, global } = clientOptions(DATABASE_TIMEOUT_MS);
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
