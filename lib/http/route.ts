import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { isAdmin } from '@/lib/auth/admin';
import { requireUser, type SessionUser } from '@/lib/auth/session';
import { AppError, toAppError } from '@/lib/errors';
import { limitRequests } from './limit-requests';
import { problemResponse } from './problem';
import { parseWith, readJsonBody } from './read-request';
import { assertSameOrigin } from './same-origin';

type Schema<T> = z.ZodType<T>;

type RouteSpec<Params, Query, Body> = {
  /** `user`: signed in; `admin`: anyone else gets 404; `public`: nobody is asked. */
  access: 'user' | 'admin' | 'public';
  params?: Schema<Params>;
  query?: Schema<Query>;
  /** An empty body is read as `{}`. */
  body?: Schema<Body>;
  /** 64 KiB unless told otherwise. */
  maxBodyBytes?: number;
};

export type RouteInput<Params, Query, Body> = {
  request: Request;
  requestId: string;
  params: Params;
  query: Query;
  body: Body;
};
type SignedIn = { user: SessionUser };
type Handler<Input> = (input: Input) => Promise<Response>;
type NextContext = { params: Promise<Record<string, string | string[] | undefined>> };
type NextHandler = (request: Request, context: NextContext) => Promise<Response>;

/**
 * The edge of every API address: request id, session, same-origin rule, rate limit, parsing, and problem details for
 * whatever is thrown. A handler only sees parsed input.
 */
export function route<Params, Query, Body>(
  spec: RouteSpec<Params, Query, Body> & { access: 'user' | 'admin' },
  handler: Handler<RouteInput<Params, Query, Body> & SignedIn>,
): NextHandler {
  return edge(async (request, requestId, context) => {
    const user = await requireUser(request);
    if (spec.access === 'admin' && !(await isAdmin(user))) throw new AppError('not_found');
    assertSameOrigin(request, user);
    await limitRequests(user.id, request.method);
    return handler({ ...(await parseInput(spec, request, requestId, context)), user });
  });
}

/** As `route`, for addresses that anyone may read. */
export function publicRoute<Params, Query, Body>(
  spec: Omit<RouteSpec<Params, Query, Body>, 'access'>,
  handler: Handler<RouteInput<Params, Query, Body>>,
): NextHandler {
  return edge(async (request, requestId, context) =>
    handler(await parseInput({ ...spec, access: 'public' }, request, requestId, context)),
  );
}

function edge(run: (request: Request, requestId: string, context: NextContext) => Promise<Response>): NextHandler {
  return async (request, context) => {
    const requestId = randomUUID();
    try {
      const response = await run(request, requestId, context);
      response.headers.set('x-request-id', requestId);
      return response;
    } catch (error) {
      return problemResponse(toAppError(error), requestId);
    }
  };
}

async function parseInput<Params, Query, Body>(
  spec: RouteSpec<Params, Query, Body>,
  request: Request,
  requestId: string,
  context: NextContext,
): Promise<RouteInput<Params, Query, Body>> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return {
    request,
    requestId,
    // Without a schema the handler's type parameter is `unknown`, and it cannot read what it did not declare.
    params: spec.params ? parseWith(spec.params, await context.params, 'path') : (undefined as Params),
    query: spec.query ? parseWith(spec.query, query, 'query') : (undefined as Query),
    body: spec.body
      ? parseWith(spec.body, await readJsonBody(request, spec.maxBodyBytes), 'body')
      : (undefined as Body),
  };
}
