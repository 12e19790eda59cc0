import type { SessionUser } from '@/lib/auth/session';
import { AppError } from '@/lib/errors';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Cross-site request forgery rule: with a cookie, state changes must come from this site. A bearer token is never sent
 * by a browser on its own, so it needs no check.
 * @throws AppError `cross_site`
 */
export function assertSameOrigin(request: Request, user: Pick<SessionUser, 'via'>): void {
  if (READS.has(request.method) || user.via === 'bearer') return;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) {
    if (site === 'same-origin') return;
    throw new AppError('cross_site');
  }
  const origin = request.headers.get('origin');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  if (origin === null || !URL.canParse(origin) || new URL(origin).host !== host) throw new AppError('cross_site');
}
