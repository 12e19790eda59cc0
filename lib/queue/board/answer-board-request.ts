import type { SessionUser } from '@/lib/auth/session';
import { singleton } from '@/lib/singleton';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { producerRedis, withRedis } from '../redis-client';
import { BOARD_PATH, boardApp } from './board-app';
import { runBoardCommand } from './board-commands';
import { nodeBridge } from './node-bridge';

const READS = new Set(['GET', 'HEAD']);
const PING_LIMIT_MS = 300;
/** Never handed to the dashboard: it has no use for who is asking. */
const PRIVATE_HEADERS = ['cookie', 'authorization'];

/** The dashboard sets styles in attributes and resolves its addresses against a `base` element of its own page. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/**
 * Answers one request of Bull Board for an admin. The caller has checked that it is one, and the same-origin rule.
 * Every change is recorded before it is made: who, what, from where, to which job.
 * @throws AppError `redis_unavailable` within a third of a second when Redis does not answer.
 */
export async function answerBoardRequest(request: Request, admin: SessionUser, requestId: string): Promise<Response> {
  const path = new URL(request.url).pathname.slice(BOARD_PATH.length);
  const isRead = READS.has(request.method);
  if (!isRead) await recordChange(request, path, admin, requestId);
  const actor = { id: admin.id, isAdmin: true };
  const answer =
    (isRead ? null : await runBoardCommand(request.method, path, actor)) ?? (await askDashboard(request, path));
  return withHeaders(await withoutForeignFonts(answer), path);
}

/** The page asks a foreign host for its fonts. The policy forbids that; without the links the console stays clean. */
async function withoutForeignFonts(answer: Response): Promise<Response> {
  if (!answer.body || !answer.headers.get('content-type')?.includes('text/html')) return answer;
  const html = (await answer.text()).replace(/<link[^>]+https:\/\/fonts\.[^>]*>/g, '');
  const headers = new Headers(answer.headers);
  for (const name of ['content-length', 'etag']) headers.delete(name);
  return new Response(html, { status: answer.status, headers });
}

/** The dashboard's connection waits for Redis as long as bulk actions may take; a person should not. */
async function askDashboard(request: Request, path: string): Promise<Response> {
  if (path.startsWith('/api/')) await withRedis(() => producerRedis().ping(), PING_LIMIT_MS);
  const bridge = singleton('queue:board-bridge', () => nodeBridge(boardApp()));
  const headers = new Headers(request.headers);
  for (const name of PRIVATE_HEADERS) headers.delete(name);
  return bridge(new Request(request, { headers }));
}

async function recordChange(request: Request, path: string, admin: SessionUser, requestId: string): Promise<void> {
  const forwarded = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim();
  const row = {
    actor_id: admin.id,
    actor_email: admin.email,
    action: `bull_board.${actionOf(request.method, path)}`,
    target: targetOf(path),
    address: forwarded ?? request.headers.get('x-real-ip'),
    request_id: requestId,
  };
  unwrap(await serviceClient().from('audit_log').insert(row).select('id'));
}

/** The last word that is not a state: `retry`, `clean`, `pause`. */
function actionOf(method: string, path: string): string {
  const words = path.split('/').filter((word) => /^[a-z-]+$/.test(word));
  const verb = words.findLast((word) =>
    /^(retry|clean|pause|resume|promote|empty|obliterate|add|delay|priority)$/.test(word),
  );
  return verb ?? words.at(-1) ?? method.toLowerCase();
}

function targetOf(path: string): string {
  return decodeURIComponent(path.replace(/^\/api\/queues\/?/, '')).slice(0, 300);
}

function withHeaders(answer: Response, path: string): Response {
  const headers = new Headers(answer.headers);
  headers.set('cache-control', answer.ok ? cacheControl(path) : 'no-store');
  headers.set('content-security-policy', CONTENT_SECURITY_POLICY);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'same-origin');
  headers.set('x-frame-options', 'DENY');
  headers.delete('x-powered-by');
  return new Response(answer.body, { status: answer.status, headers });
}

/** Files whose names carry a fingerprint never change. */
function cacheControl(path: string): string {
  if (/^\/static\/(js|css)\/.+\.[0-9a-f]{10}\.\w+$/.test(path)) return 'private, max-age=31536000, immutable';
  return path.startsWith('/static/') ? 'private, max-age=3600' : 'no-store';
}
