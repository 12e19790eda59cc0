import { isIP } from 'node:net';
import type { ProviderSettings } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { type HttpAnswer, type HttpRequest, sendRequest } from '../http';
import { type ProviderAccess, type ProviderCall, type ProviderId, type ProviderSpec, providerSpec } from '../providers';
import type { RateBudget } from '../rate-budget';
import type { CallMeter } from './call-meter';
import type { CircuitBreaker } from './circuit-breaker';
import { retryAfter } from './retry-after';

/** What every call to one provider goes through. */
export type ProviderChannel = {
  settings: ProviderSettings;
  budget: RateBudget;
  breaker: CircuitBreaker;
  meter: CallMeter;
  /** Of one attempt, in tests; the provider's own when absent. */
  timeoutMs?: number;
};

const ATTEMPTS_WHEN_LIMITED = 3;
const LONGEST_BLOCK_MS = 15 * 60_000;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** @returns access to one provider for one job. */
export function createProviderAccess(id: ProviderId, signal: AbortSignal, channel: ProviderChannel): ProviderAccess {
  const spec = providerSpec(id);
  const { baseUrl, apiKey } = channel.settings;
  const isStandIn = baseUrl !== spec.baseUrl;
  const call = async (path: string, options: ProviderCall, more: Partial<HttpRequest>) =>
    channel.meter.time(() => askWithinBudget(spec, channel, toRequest(spec, channel, signal, path, options, more)));
  return {
    id,
    name: spec.name,
    baseUrl,
    apiKey: apiKey ?? (isStandIn ? 'sandbox' : undefined),
    isConfigured: spec.key !== 'required' || apiKey !== undefined || isStandIn,
    origin: originOf(baseUrl),
    get: (path, options = {}) => call(path, options, {}),
    post: (path, body, options = {}) =>
      call(
        path,
        { ...options, headers: { 'Content-Type': 'application/json', ...options.headers } },
        {
          method: 'POST',
          body: JSON.stringify(body),
        },
      ),
  };
}

/** What a stand-in on this machine answered is never taken for the provider's own answer. */
function originOf(baseUrl: string): string {
  const { hostname } = new URL(baseUrl.replace('{account}.', ''));
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) && hostname.startsWith('127.'));
  return isLocal ? 'sandbox' : hostname;
}

function toRequest(
  spec: ProviderSpec,
  channel: ProviderChannel,
  signal: AbortSignal,
  path: string,
  options: ProviderCall,
  more: Partial<HttpRequest>,
): HttpRequest {
  const { etag, accept, maxBytes, binary, account, signedRedirects } = options;
  const timeoutMs = options.timeoutMs ?? channel.timeoutMs ?? spec.timeoutMs;
  return {
    provider: spec.name,
    url: new URL(baseFor(channel.settings.baseUrl, spec, account) + path),
    headers: { ...options.headers, ...(etag && { 'If-None-Match': etag }) },
    signal,
    async spend() {
      await channel.budget.take(signal);
      channel.meter.sent();
    },
    ...(accept !== undefined && { accept }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(binary !== undefined && { binary }),
    ...(signedRedirects !== undefined && { signedRedirects }),
    ...more,
  };
}

/** A stand-in has one host for all accounts: there the account is the first part of the path. */
function baseFor(baseUrl: string, spec: ProviderSpec, account: string | undefined): string {
  if (!spec.baseUrl.includes('{account}')) return baseUrl;
  if (account === undefined || !LABEL.test(account)) {
    throw new AppError('address_refused', { detail: `${spec.name} has no account of this name.` });
  }
  return baseUrl.includes('{account}') ? baseUrl.replace('{account}', account) : `${baseUrl}/${account}`;
}

async function askWithinBudget(
  spec: ProviderSpec,
  channel: ProviderChannel,
  request: HttpRequest,
): Promise<HttpAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await channel.breaker.run(() => sendRequest(request));
    if (!isLimit(spec, answer.status)) return accepted(spec, answer);
    const until = limitedUntil(spec, answer.headers);
    await channel.budget.block(until);
    if (attempt >= ATTEMPTS_WHEN_LIMITED) {
      const detail = `${spec.name} takes no more requests for now`;
      throw new AppError('provider_rate_limited', { detail, retryAt: until, extras: { provider: spec.name } });
    }
  }
}

function isLimit(spec: ProviderSpec, status: number): boolean {
  return status === 429 || (spec.limitedBy?.includes(status) ?? false);
}

function accepted(spec: ProviderSpec, answer: HttpAnswer): HttpAnswer {
  const { status } = answer;
  if (status === 401 || status === 403) {
    const what = spec.key === 'none' ? 'request' : 'key';
    throw new AppError('provider_rejected', { detail: `${spec.name} refused our ${what} (${status})` });
  }
  if (status === 402) throw new AppError('provider_credits', { detail: `${spec.name} wants to be paid (402)` });
  return answer;
}

/** Providers name the end of their window in Unix seconds (`X-Ratelimit-Reset`), or a pause (`Retry-After`), or nothing. */
function limitedUntil(spec: ProviderSpec, headers: Headers): Date {
  const now = Date.now();
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1_000;
  const unnamed = now + (spec.limitedForMs ?? spec.windowMs);
  const named = Number.isFinite(reset) ? reset : (retryAfter(headers, now)?.getTime() ?? unnamed);
  return new Date(Math.min(Math.max(named, now + 1_000), now + Math.max(LONGEST_BLOCK_MS, spec.windowMs)));
}
