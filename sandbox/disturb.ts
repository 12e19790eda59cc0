import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from 'hono';
import type { Fault } from './faults';
import type { Provider } from './provider';

/**
 * Answers a request the way a fault says.
 * @param answer the undisturbed answer, made only where the fault needs it.
 */
export async function disturb(
  c: Context,
  fault: Fault,
  provider: Provider,
  answer: () => Promise<Response>,
): Promise<Response> {
  const now = new Date();
  switch (fault.kind) {
    case 'status':
      return failed(provider, fault.status ?? 500);
    case 'html':
      return new Response(provider.failure(502).body, {
        status: fault.status ?? 502,
        headers: { 'Content-Type': 'text/html' },
      });
    case 'slow':
      await delay(fault.delay_ms, undefined, { signal: c.req.raw.signal }).catch(() => undefined);
      return answer();
    case 'hang':
      return new Promise((resolve) => {
        c.req.raw.signal.addEventListener('abort', () => resolve(failed(provider, 504)), { once: true });
      });
    case 'reset':
      return resetConnection(c, provider);
    case 'truncated':
      return withBody(await answer(), (body) => body.slice(0, Math.max(1, Math.floor(body.length / 2))));
    case 'malformed':
      return withBody(await answer(), (body) => body.replace('{', '{ unquoted: ,'));
    case 'empty':
      return withBody(await answer(), () => '');
    case 'wrong_shape':
      return Response.json({ unexpected: true, items: { not: 'a list' } });
    case 'content_type':
      return new Response(await (await answer()).text(), { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    case 'rate_limited':
      return new Response(provider.failure(429).body, { status: 429, headers: provider.limitHeaders(fault, now) });
    case 'redirect':
      return new Response(null, { status: fault.status ?? 302, headers: { Location: fault.location } });
  }
}

function failed(provider: Provider, status: number): Response {
  const { contentType, body } = provider.failure(status);
  return new Response(body, { status, headers: { 'Content-Type': contentType } });
}

async function withBody(answer: Response, change: (body: string) => string): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.delete('Content-Length');
  return new Response(change(await answer.text()), { status: answer.status, headers });
}

/** Ends the connection without an answer; where there is no connection (in-process requests), a gateway failure. */
function resetConnection(c: Context, provider: Provider): Response {
  const outgoing: unknown = c.env?.outgoing;
  if (outgoing instanceof Object && 'destroy' in outgoing && typeof outgoing.destroy === 'function') outgoing.destroy();
  return failed(provider, 502);
}
