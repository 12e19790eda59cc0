import { cookies } from 'next/headers';
import { type CookieStore, type CookieToSet, cookiesOf } from '@/lib/supabase/session-client';

/**
 * Cookies of the request under way, for pages, server actions and route handlers.
 * @param request when given, cookies are read from it, so that a route handler works outside of Next too.
 */
export async function requestCookies(request?: Request): Promise<CookieStore> {
  if (request) return { getAll: () => cookiesOf(request), setAll: writeAll };
  const store = await cookies();
  return { getAll: () => store.getAll().map(({ name, value }) => ({ name, value })), setAll: writeAll };
}

async function writeAll(changes: CookieToSet[]): Promise<void> {
  try {
    const store = await cookies();
    for (const { name, value, options } of changes) store.set(name, value, options);
  } catch {
    // A page that is being rendered cannot set cookies. Nothing is lost: the proxy renews sessions before any page.
    return;
  }
}
