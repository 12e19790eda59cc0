import { randomUUID } from 'node:crypto';
import { cookies } from 'next/headers';
import { requestCookies } from '@/lib/auth/request-cookies';
import { toAppError } from '@/lib/errors';
import { problemResponse } from '@/lib/http/problem';
import { assertSameOrigin } from '@/lib/http/same-origin';
import { endSession } from '@/lib/supabase/accounts';
import { SESSION_COOKIE, sessionClient } from '@/lib/supabase/session-client';

/** Signs out: a plain form posts here, so that it works without scripts. */
export async function POST(request: Request): Promise<Response> {
  try {
    assertSameOrigin(request, { via: 'cookie' });
  } catch (error) {
    return problemResponse(toAppError(error), randomUUID());
  }
  await endSession(sessionClient(await requestCookies()));
  const store = await cookies();
  for (const { name } of store.getAll()) if (name.startsWith(SESSION_COOKIE)) store.delete(name);
  return new Response(null, { status: 303, headers: { location: '/sign-in' } });
}
