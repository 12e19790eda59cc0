import { type NextRequest, NextResponse } from 'next/server';
import { isPublicPage } from '@/lib/auth/public-pages';
import { contentSecurityPolicy, pageHeaders } from '@/lib/auth/security-headers';
import { config as appConfig } from '@/lib/config';
import { toAppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { readSession } from '@/lib/supabase/read-session';
import { renewSession } from '@/lib/supabase/renew-session';
import type { CookieToSet } from '@/lib/supabase/session-client';

/** Pages only: API routes renew sessions themselves, and Bull Board brings a policy of its own. */
export const config = { matcher: ['/((?!api/|_next/static|_next/image|icon\\.svg|favicon\\.ico|robots\\.txt).*)'] };

/** A session this close to its end (ms) is renewed before the page is made. */
const RENEW_BEFORE_MS = 90_000;

/** In front of every page: renews the session, asks the signed-out to sign in, and sets the security headers. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const renewed: CookieToSet[] = [];
  const signedIn = await hasSession(request, renewed);
  const response = signedIn || isPublicPage(request.nextUrl.pathname) ? pass(request) : toSignIn(request);
  for (const { name, value, options } of renewed) response.cookies.set(name, value, options);
  return response;
}

/** Whether there is a session that is (or could not be proved not to be) alive. The pages verify it. */
async function hasSession(request: NextRequest, renewed: CookieToSet[]): Promise<boolean> {
  const getAll = () => request.cookies.getAll().map(({ name, value }) => ({ name, value }));
  const session = await readSession({ getAll });
  if (!session) return false;
  if (session.expiresAt - Date.now() > RENEW_BEFORE_MS) return true;
  const setAll = (changes: CookieToSet[]) => {
    // Also on the request, so that the page being made sees the new session.
    for (const { name, value } of changes) request.cookies.set(name, value);
    renewed.push(...changes);
  };
  try {
    return (await renewSession({ getAll, setAll })) !== null;
  } catch (error) {
    // The session may well be alive: sending people to sign in would only lose their place.
    logger().warn({ code: toAppError(error).code }, 'auth.session_not_renewed');
    return true;
  }
}

function pass(request: NextRequest): NextResponse {
  const { environment, web } = appConfig();
  const https = web.appUrl.startsWith('https://');
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentSecurityPolicy({ nonce, https, development: environment === 'development' });
  // Next reads the nonce for its own scripts from the request's policy, the root layout from x-nonce.
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(pageHeaders(https))) response.headers.set(name, value);
  return response;
}

function toSignIn(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const target = new URL('/sign-in', request.url);
  if (pathname !== '/') target.searchParams.set('next', `${pathname}${search}`);
  return NextResponse.redirect(target);
}
