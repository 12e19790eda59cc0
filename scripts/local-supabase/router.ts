import type postgres from 'postgres';
import { ADMIN_USERS_PATH, adminUsers } from './admin-users';
import type { LocalKeys } from './lite-settings';
import { mailboxResponse } from './mailbox';
import { withFullClaims } from './token-claims';

export type RequestContext = { peerAddress: string | null };
export type Router = (request: Request, context: RequestContext) => Promise<Response>;

type App = { fetch: (request: Request, context?: RequestContext) => Response | Promise<Response> };

export const MAILBOX_PATH = '/mailbox/v1/mails';

/**
 * Sends a request to the part that answers it. Only the data and auth APIs of @supabase/lite are reachable: its
 * `/_system` addresses would give away the database address with its password.
 */
export function createRouter(parts: { app: App; sql: postgres.Sql; keys: LocalKeys; issuer: string }): Router {
  const { app, sql, keys, issuer } = parts;
  return async (request, context) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/health') return health(sql);
    if (pathname === MAILBOX_PATH) {
      return request.headers.get('apikey') === keys.secretKey ? mailboxResponse(sql) : notFound();
    }
    if (pathname === ADMIN_USERS_PATH || pathname.startsWith(`${ADMIN_USERS_PATH}/`)) {
      return adminUsers(request, sql, keys.secretKey);
    }
    if (!pathname.startsWith('/auth/v1/') && !pathname.startsWith('/rest/v1/')) return notFound();
    const response = await app.fetch(request, context);
    return /^\/auth\/v1\/(token|signup|verify)$/.test(pathname)
      ? withFullClaims(response, keys.jwtSecret, issuer)
      : response;
  };
}

async function health(sql: postgres.Sql): Promise<Response> {
  await sql`select 1`;
  return Response.json({ status: 'ok' });
}

function notFound(): Response {
  return Response.json({ message: 'Not found' }, { status: 404 });
}
