import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { issueRecoveryPass, RECOVERY_COOKIE, RECOVERY_SECONDS } from '@/lib/auth/recovery-pass';
import { requestCookies } from '@/lib/auth/request-cookies';
import { safeNext } from '@/lib/auth/safe-next';
import { config } from '@/lib/config';
import { toAppError } from '@/lib/errors';
import { redeemLink } from '@/lib/supabase/accounts';
import { sessionClient } from '@/lib/supabase/session-client';

const linkSchema = z.object({
  token_hash: z.string().min(1).max(200),
  type: z.enum(['signup', 'recovery']),
});

/** Where the links in our mails lead: redeems the link, begins the session and goes on. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const link = linkSchema.safeParse(Object.fromEntries(query));
  if (!link.success) redirect('/sign-in?notice=link-invalid');
  const { token_hash: tokenHash, type } = link.data;
  const outcome = await redeem(tokenHash, type);
  if (outcome.userId === null) redirect(`/sign-in?notice=${outcome.notice}`);
  if (type === 'signup') redirect(safeNext(query.get('next')));
  (await cookies()).set(RECOVERY_COOKIE, await issueRecoveryPass(outcome.userId), {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: RECOVERY_SECONDS,
    secure: config().web.appUrl.startsWith('https://'),
  });
  redirect('/reset-password');
}

/** Mail scanners look at links before people do; a look must not use the link up. */
export function HEAD(): Response {
  return new Response(null, { status: 200 });
}

async function redeem(tokenHash: string, type: 'signup' | 'recovery') {
  try {
    const userId = await redeemLink(sessionClient(await requestCookies()), { tokenHash, type });
    return { userId, notice: 'link-invalid' };
  } catch (error) {
    if (toAppError(error).code !== 'database_unavailable') throw error;
    return { userId: null, notice: 'unavailable' };
  }
}
