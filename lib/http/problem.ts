import type { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';

export type ProblemDocument = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  request_id: string;
};

/**
 * A failure as RFC 9457 problem details. Server-side failures are logged with their cause; the answer never holds it.
 * @param requestId also sent as `X-Request-Id`, so that a person can quote it.
 */
export function problemResponse(error: AppError, requestId: string): Response {
  const { status, title } = error.spec;
  if (status >= 500) {
    logger().error({ request_id: requestId, code: error.code, err: error.cause ?? error }, 'request.failed');
  }
  const document: ProblemDocument = {
    ...error.extras,
    type: `urn:oppspot:problem:${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.detail,
    request_id: requestId,
  };
  const headers = new Headers({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  });
  const retryAfter = retryAfterSeconds(error);
  if (retryAfter !== null) headers.set('retry-after', String(retryAfter));
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  return new Response(JSON.stringify(document), { status, headers });
}

/** Whole seconds until it makes sense to try again, or null when waiting does not help. */
function retryAfterSeconds(error: AppError): number | null {
  if (error.retryAt) return Math.max(1, Math.ceil((error.retryAt.getTime() - Date.now()) / 1000));
  return error.spec.status === 503 ? 5 : null;
}
