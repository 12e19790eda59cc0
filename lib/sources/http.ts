import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import { Agent, fetch, type Response } from 'undici';
import { AppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';
import { decodeText } from './outbound/decode-text';
import { type OutboundGuard, providerGuard } from './outbound/outbound-guard';
import { readBody } from './outbound/read-body';
import { redactFailure } from './outbound/redact-failure';
import { retryAfter } from './outbound/retry-after';

import { startTimeLimit, type TimeLimit } from './outbound/time-limit';

const USER_AGENT = 'oppSpot/0.1 (company research)';
const MAX_REDIRECTS = 5;
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 5_000_000;
/** Longest pause asked for by a provider that is waited for here; a longer one is for the queue. */
const MAX_PAUSE_MS = 3_000;
/** What may be told to a host that the request was not meant for. */
const HARMLESS_HEADERS = ['accept', 'accept-language', 'user-agent'];

export type HttpRequest = {
  /** The provider's name as people read it, for messages. */
  provider: string;
  url: URL;
  method?: 'GET' | 'POST';
  body?: string;
  headers?: Record<string, string>;
  /** Media types asked for; JSON when absent. */
  accept?: string;
  signal: AbortSignal;
  /** Of one attempt, body included. */
  timeoutMs?: number;
  /** Of the body, decompressed. */
  maxBytes?: number;
  /** Takes the beginning of a longer body instead of refusing it. */
  truncate?: true;
  /** The answer's `bytes` are set, its `body` is ''. */
  binary?: boolean;
  retries?: number;
  /** Called before every attempt; throws when the provider's budget is used up. */
  spend?(): Promise<void>;
  /** Called before every address, redirects included; throws when it must not be asked. Its time does not count. */
  approve?(url: URL): Promise<void>;
  /** Guards every address; when absent only those of other origins, to which a provider redirects. */
  guard?: OutboundGuard;
  /** The address of a stand-in that is asked instead, in tests and demonstrations. */
  standIn?(url: URL): URL;
  /** Redirects carry their own signature: our credentials go to the first address only, whatever the origin. */
  signedRedirects?: boolean;
};

/** An answer below 500. What it means is for the provider's adapter. */
export type HttpAnswer = {
  status: number;
  headers: Headers;
  /** Decoded as it declares; '' when bytes were asked for. */
  body: string;
  bytes: Uint8Array;
  /** After redirects. */
  url: string;
};

/**
 * Sends a request: the one way out of the product for sources. Failures that pass (no connection, 5xx) are tried again
 * twice; a provider that lets us wait until the time limit is not.
 * @throws AppError `provider_unavailable` (no answer, 5xx, a redirect that must not be followed), `provider_contract`
 * (too large), `address_refused` by the request's guard, whatever `spend` and `approve` throw, and the signal's reason.
 */
export async function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
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
  const { provider, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, truncate = false, binary = false } = request;
  const limit = startTimeLimit(request.signal, timeoutMs);
  try {
    const { response, url } = await follow(request, limit);
    const bytes = await readBody(response, { provider, maxBytes, truncate });
    const headers = new Headers([...response.headers]);
    if (response.status >= 500) throw failedAnswer(provider, response.status, headers);
    const body = binary ? '' : decodeText(bytes, headers.get('content-type'));
    return { status: response.status, headers, body, bytes, url: url.href };
  } catch (error) {
    request.signal.throwIfAborted();
    throw toFailure(error, request, limit.isUp() ? timeoutMs : null);
  } finally {
    limit.end();
  }
}

/** Follows redirects by hand: every address is looked at, and credentials stay with the origin they were meant for. */
async function follow(request: HttpRequest, limit: TimeLimit): Promise<{ response: Response; url: URL }> {
  const { provider, accept = 'application/json', body, method = 'GET' } = request;
  const headers = new Headers({ 'User-Agent': USER_AGENT, ...request.headers, Accept: accept });
  let url = request.url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await askOnce(request, limit, url, { headers, method, ...(body !== undefined && { body }) });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || response.status === 304 || location === null) {
      return { response, url };
    }
    await response.body?.cancel();
    if (method !== 'GET' || !URL.canParse(location, url.href)) throw notAllowed(provider);
    const target = new URL(location, url);
    target.hash = '';
    if (target.origin !== url.origin || request.signedRedirects) keepHarmless(headers);
    url = target;
  }
  throw new AppError('provider_unavailable', { detail: `${provider} redirected too often` });
}

type Sent = { headers: Headers; method: string; body?: string };

async function askOnce(request: HttpRequest, limit: TimeLimit, url: URL, sent: Sent): Promise<Response> {
  const { guard, approve, standIn } = request;
  const isOwn = guard === undefined && url.origin === request.url.origin;
  const guarding = guard ?? providerGuard();
  try {
    if (!isOwn) guarding.check(url);
    if (approve !== undefined) await limit.outside(() => approve(url));
    const dispatcher = isOwn || standIn ? plainAgent() : guarding.dispatcher;
    const headers = Object.fromEntries(sent.headers);
    return await fetch(standIn?.(url) ?? url, {
      ...sent,
      headers,
      dispatcher,
      signal: limit.signal,
      redirect: 'manual',
    });
  } catch (error) {
    // A provider that leads us elsewhere has failed; whoever named an address is told that it was refused.
    if (guard === undefined && refusal(error) !== null) throw notAllowed(request.provider);
    throw error;
  }
}

function plainAgent(): Agent {
  return singleton('outbound:plain', () => new Agent({ connect: { timeout: 5_000 }, maxHeaderSize: 32_768 }));
}

function keepHarmless(headers: Headers): void {
  for (const name of [...headers.keys()]) if (!HARMLESS_HEADERS.includes(name)) headers.delete(name);
}

function notAllowed(provider: string): AppError {
  return new AppError('provider_unavailable', { detail: `${provider} redirected to an address that is not allowed` });
}

function failedAnswer(provider: string, status: number, headers: Headers): AppError {
  const retryAt = retryAfter(headers);
  const detail = `${provider} did not answer (${status})`;
  return new AppError('provider_unavailable', { detail, ...(retryAt && { retryAt }), extras: { passing: true } });
}

/** The guard speaks while a connection is made, so its refusal arrives as the cause of a failed request. */
function refusal(error: unknown): AppError | null {
  if (error instanceof AppError) return error.code === 'address_refused' ? error : null;
  return error instanceof Error && error.cause !== undefined ? refusal(error.cause) : null;
}

function toFailure(error: unknown, { provider, headers }: HttpRequest, timeoutMs: number | null): AppError {
  const known = error instanceof AppError ? error : refusal(error);
  if (known !== null) return known;
  const cause = redactFailure(error, headers);
  if (timeoutMs !== null) {
    const detail = `${provider} did not answer within ${Math.round(timeoutMs / 100) / 10} seconds`;
    return new AppError('provider_unavailable', { detail, cause });
  }
  const detail = `${provider} could not be reached`;
  return new AppError('provider_unavailable', { detail, cause, extras: { passing: true } });
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
