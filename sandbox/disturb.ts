import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import type { Fault } from './faults';
import { type Provider, refuse } from './provider';

/** Small on the way, 64 MB when unpacked. */
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));

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
  switch (fault.kind) {
    case 'status':
      return refuse(provider, fault.status ?? 500);
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
        c.req.raw.signal.addEventListener('abort', () => resolve(refuse(provider, 504)), { once: true });
      });
    case 'reset':
      return resetConnection(c, provider);
    case 'truncated':
      return withBytes(await answer(), (bytes) => bytes.slice(0, Math.max(1, Math.floor(bytes.length / 2))));
    case 'malformed':
      return withBytes(await answer(), (bytes) => Buffer.from(malform(Buffer.from(bytes).toString('utf8'))));
    case 'empty':
      return withBytes(await answer(), () => new Uint8Array());
    case 'wrong_shape':
      return Response.json({ unexpected: true, items: { not: 'a list' } });
    case 'content_type':
      return withBytes(await answer(), (bytes) => bytes, otherType);
    case 'rate_limited':
      return limited(fault, provider, new Date());
    case 'redirect':
      return new Response(null, { status: fault.status ?? 302, headers: { Location: fault.location } });
    case 'cut_off':
      return withBytes(await answer(), (bytes) => bytes, undefined, cutOff);
    case 'endless':
      return withBytes(await answer(), (bytes) => bytes, undefined, endless);
    case 'drip':
      return withBytes(
        await answer(),
        (bytes) => bytes,
        undefined,
        (bytes) => drip(bytes, fault.delay_ms, c.req.raw.signal),
      );
    case 'bomb':
      return withBytes(await answer(), () => BOMB, { 'Content-Encoding': 'gzip' });
    case 'failure_in_success':
      return failureInSuccess(provider);
  }
}

type Body = Uint8Array | ReadableStream<Uint8Array>;

async function withBytes(
  answer: Response,
  change: (bytes: Uint8Array) => Uint8Array,
  changed: Record<string, string> | ((type: string) => Record<string, string>) = {},
  send: (bytes: Uint8Array) => Body = (bytes) => bytes,
): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.delete('Content-Length');
  const others = typeof changed === 'function' ? changed(headers.get('content-type') ?? '') : changed;
  for (const [name, value] of Object.entries(others)) headers.set(name, value);
  const bytes = change(new Uint8Array(await answer.arrayBuffer()));
  // Statuses such as 304 and 302 have no body to change.
  const body = answer.body === null && bytes.length === 0 ? null : send(bytes);
  // The bytes are in memory of their own, never shared.
  return new Response(body as BodyInit | null, { status: answer.status, headers });
}

function otherType(type: string): Record<string, string> {
  return { 'Content-Type': type.includes('html') ? 'application/octet-stream' : 'text/html; charset=utf-8' };
}

function malform(text: string): string {
  if (!text.trimStart().startsWith('<')) return text.replace('{', '{ unquoted: ,');
  // An end that nothing began, a reference that nothing defines, a tag in a tag.
  return text
    .replace(/<(\w[\w:-]*)/, '<$1 <broken &nowhere; =">')
    .replaceAll(/<\/(?:p|div|ix:nonFraction)>/g, '</lost>');
}

/** Half of the body, then the connection ends. */
function cutOff(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new Error('cut off'));
      else controller.enqueue(bytes.slice(0, Math.max(1, Math.floor(bytes.length / 2))));
      sent = true;
    },
  });
}

/** The body, then spaces for ever: what has been read so far could be the whole. */
function endless(bytes: Uint8Array): ReadableStream<Uint8Array> {
  const more = new Uint8Array(64 * 1024).fill(0x20);
  let next = bytes;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(next.length > 0 ? next : more);
      next = more;
    },
  });
}

/** One byte at a time. */
function drip(bytes: Uint8Array, pauseMs: number, signal: AbortSignal): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        if (sent > 0) await delay(pauseMs, undefined, { signal }).catch(() => undefined);
        if (sent >= bytes.length || signal.aborted) return controller.close();
        controller.enqueue(bytes.slice(sent, sent + 1));
        sent += 1;
      },
    },
    { highWaterMark: 0 },
  );
}

function limited(fault: Fault, provider: Provider, now: Date): Response {
  const resetAt = Math.ceil(now.getTime() / 1000) + fault.reset_in_seconds;
  return provider.limited({ limit: provider.rate?.limit ?? 0, remaining: -1, resetAt }, now);
}

/** For providers that never do so, their ordinary failure. */
function failureInSuccess(provider: Provider): Response {
  const failure = provider.failureInSuccess?.();
  if (failure === undefined) return refuse(provider, 500);
  return new Response(failure.body, { headers: { 'Content-Type': failure.contentType } });
}

/** Ends the connection without an answer; where there is no connection (in-process requests), a gateway failure. */
function resetConnection(c: Context, provider: Provider): Response {
  const outgoing: unknown = c.env?.outgoing;
  if (outgoing instanceof Object && 'destroy' in outgoing && typeof outgoing.destroy === 'function') outgoing.destroy();
  return refuse(provider, 502);
}
