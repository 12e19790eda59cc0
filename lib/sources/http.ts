import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { AppError } from '@/lib/errors';
import { isPublicHttps } from './public-address';

const USER_AGENT = 'oppSpot/0.1 (company research)';
const MAX_REDIRECTS = 5;
/** Longest pause asked for by a provider that is waited for here; a longer one is for the queue. */
const MAX_PAUSE_MS = 3_000;
/** No provider is believed that it is closed for longer. */
const LONGEST_NAMED_MS = 24 * 60 * 60_000;

export type HttpRequest = {
  /** The provider's name as people read it, for messages. */
  provider: string;
  url: URL;
  headers?: Record<string, string>;
  signal: AbortSignal;
  /** Of one attempt, body included. */
  timeoutMs?: number;
  maxBytes?: number;
  retries?: number;
  /** Called before every attempt; throws when the provider's budget is used up. */
  spend?(): Promise<void>;
  /** Whether a redirect to another origin may be followed; https to a public host when absent. */
  mayFollow?(url: URL): Promise<boolean>;
};

/** An answer below 500. What it means is for the provider's adapter. */
export type HttpAnswer = { status: number; headers: Headers; body: string };

/**
 * Sends a GET request: the one way out of the product for sources. Failures that pass (no connection, 5xx) are tried
 * again twice; a provider that lets us wait until the time limit is not.
 * @throws AppError `provider_unavailable` (no answer, 5xx, a redirect that must not be followed), `provider_contract`
 * (too large), whatever `spend` throws, and the reason of the signal.
 */
export async function httpGet(request: HttpRequest): Promise<HttpAnswer> {
  request.signal.throwIfAborted();
  return pRetry(() => attempt(request), {
    retries: request.retries ?? 2,
    minTimeout: 200,
    maxTimeout: 2_000,
    randomize: true,
    signal: request.signal,
    shouldRetry: ({ error }) => isPassing(error),
    onFailedAttempt: async ({ error, retriesLeft }) => {
      if (retriesLeft > 0 && isPassing(error)) await pause(error, request.signal);
    },
  });
}

async function attempt(request: HttpRequest): Promise<HttpAnswer> {
  await request.spend?.();
  const limit = AbortSignal.timeout(request.timeoutMs ?? 10_000);
  try {
    const response = await follow(request, AbortSignal.any([request.signal, limit]));
    const body = await readBody(response, request);
    if (response.status < 500) return { status: response.status, headers: response.headers, body };
    const retryAt = retryAfter(response.headers);
    const detail = `${request.provider} did not answer (${response.status})`;
    throw new AppError('provider_unavailable', { detail, ...(retryAt && { retryAt }), extras: { passing: true } });
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    if (limit.aborted) {
      const detail = `${request.provider} did not answer within ${Math.round((request.timeoutMs ?? 10_000) / 100) / 10} seconds`;
      throw new AppError('provider_unavailable', { detail, cause: error });
    }
    const detail = `${request.provider} could not be reached`;
    throw new AppError('provider_unavailable', { detail, cause: error, extras: { passing: true } });
  }
}

/** Follows redirects by hand: credentials stay with the origin they were meant for. */
async function follow(request: HttpRequest, signal: AbortSignal): Promise<Response> {
  const mayFollow = request.mayFollow ?? isPublicHttps;
  const headers = new Headers({ Accept: 'application/json', ...request.headers, 'User-Agent': USER_AGENT });
  let url = request.url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await fetch(url, { headers, signal, redirect: 'manual', cache: 'no-store' });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || response.status === 304 || location === null) return response;
    await response.body?.cancel();
    const target = URL.canParse(location, url.href) ? new URL(location, url) : null;
    if (target === null || (target.origin !== url.origin && !(await mayFollow(target)))) {
      throw new AppError('provider_unavailable', {
        detail: `${request.provider} redirected to an address that is not allowed`,
      });
    }
    if (target.origin !== url.origin) for (const name of ['Authorization', 'Cookie']) headers.delete(name);
    url = target;
  }
  throw new AppError('provider_unavailable', { detail: `${request.provider} redirected too often` });
}

async function readBody(response: Response, { provider, maxBytes = 5_000_000 }: HttpRequest): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      throw new AppError('provider_contract', { detail: `${provider} answered with more than ${maxBytes} bytes` });
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function isPassing(error: Error): boolean {
  if (!(error instanceof AppError) || error.code !== 'provider_unavailable' || error.extras.passing !== true)
    return false;
  return error.retryAt === undefined || error.retryAt.getTime() - Date.now() <= MAX_PAUSE_MS;
}

async function pause(error: Error, signal: AbortSignal): Promise<void> {
  const until = error instanceof AppError ? error.retryAt : undefined;
  if (until === undefined) return;
  await delay(Math.max(0, until.getTime() - Date.now()), undefined, { signal }).catch(() => signal.throwIfAborted());
}

/**
 * `Retry-After` (RFC 9110, 10.2.3): seconds, or one of the forms of an HTTP date. Anything else says nothing.
 * @returns a time from now to a day ahead.
 */
export function retryAfter(headers: Headers, now = Date.now()): Date | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  const at = /^\d+$/.test(text) ? now + Number(text) * 1_000 : parseHttpDate(text);
  return Number.isNaN(at) ? undefined : new Date(Math.min(Math.max(at, now), now + LONGEST_NAMED_MS));
}

/** `Date.parse` takes nearly everything for a date, "-1" too; HTTP's three forms begin with the weekday, all are GMT. */
function parseHttpDate(text: string): number {
  if (!/^(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?,? \S/.test(text)) return Number.NaN;
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
}
