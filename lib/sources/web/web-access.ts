import { createHash } from 'node:crypto';
import { AppError } from '@/lib/errors';
import { type HttpRequest, sendRequest } from '../http';
import type { CallMeter } from '../outbound/call-meter';
import type { OutboundGuard } from '../outbound/outbound-guard';
import type { RateBudget } from '../rate-budget';
import type { SourceCache } from '../source-cache';
import { createRobots } from './robots';

/** A document of the web, as it was found. */
export type WebPage = {
  /** After redirects. */
  url: string;
  status: number;
  /** Media type in lower case, without parameters. */
  contentType: string;
  headers: Headers;
  /** Decoded text; of JSON and XML too. */
  html: string;
  /** Of the bytes, hex. */
  sha256: string;
  /** ISO instant. */
  retrievedAt: string;
};

export type WebDocument = 'html' | 'json' | 'xml';
/** What a site calls the version of a document that we keep: it answers 304 while that is the newest. */
export type WebVersion = { etag: string | null; lastModified: string | null };

/** Pages of hosts that people or other pages name. */
export type WebAccess = {
  /** What kind of network is asked, for the keys of caches: a stand-in's answer is never taken for a site's own. */
  readonly origin: 'web' | 'sandbox';
  /**
   * Reads a page of the public internet as its owner wants it read: robots.txt, one request a second to a host over all
   * workers (slower where robots.txt asks for it), 2 MB, 10 s. Every redirect is looked at like the address itself.
   * @returns every answer below 500: a missing page has status 404.
   * @throws AppError `address_refused`, `robots_disallowed`, `provider_unavailable` (no answer, 5xx), `provider_contract`
   * (too large, another type), `provider_rate_limited` (the host's turn is too far off), and the reason of the signal.
   */
  get(
    url: string,
    options?: { accept?: WebDocument; maxBytes?: number; version?: WebVersion | null },
  ): Promise<WebPage>;
};

export type WebOptions = {
  signal: AbortSignal;
  now(): Date;
  cache: SourceCache;
  guard: OutboundGuard;
  /** What owners of sites read in their logs, with an address to complain to. */
  userAgent: string;
  /** @param everyMs the least time between two requests to a host. */
  budgetOf(host: string, everyMs: number): RateBudget;
  meter: CallMeter;
  /** Stands in for the whole web, in tests and demonstrations: pages of host H are under `/web/H`. */
  sandboxUrl?: string | undefined;
  /** Least time between two requests to a host, ms; more than a second when absent. */
  everyMs?: number | undefined;
  timeoutMs?: number;
};

const MAX_BYTES = 2_000_000;
const TIMEOUT_MS = 10_000;
/** One request a second, and by how much two requests may come closer to each other on their way. */
const EVERY_MS = 1_200;

const TYPES: Record<WebDocument, { accept: string; fits: RegExp }> = {
  html: { accept: 'text/html,application/xhtml+xml;q=0.9', fits: /^(text\/html|application\/xhtml\+xml)$/ },
  json: { accept: 'application/json', fits: /^(application|text)\/([a-z0-9.-]+\+)?json$/ },
  xml: {
    accept: 'application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9',
    fits: /^(application|text)\/([a-z0-9.-]+\+)?xml$/,
  },
};

/** @returns access to the web for one job. */
export function createWebAccess(options: WebOptions): WebAccess {
  const { guard, sandboxUrl, signal, everyMs: paceMs = EVERY_MS } = options;
  const base = (name: string): Omit<HttpRequest, 'url'> => ({
    provider: name,
    signal,
    guard,
    headers: { 'User-Agent': options.userAgent, 'Accept-Language': 'en-GB,en;q=0.8' },
    retries: 1,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    ...(sandboxUrl && { standIn: (url: URL) => standInFor(url, sandboxUrl) }),
  });
  const turn = async (url: URL, everyMs: number) => {
    await options.budgetOf(url.hostname, everyMs).take(signal);
    options.meter.sent();
  };
  const origin = sandboxUrl ? 'sandbox' : 'web';
  const robots = createRobots({
    now: options.now,
    cache: options.cache,
    origin,
    userAgent: options.userAgent,
    fetch: (url) =>
      sendRequest({
        ...base(url.hostname),
        url,
        accept: 'text/plain,*/*;q=0.5',
        maxBytes: 512_000,
        truncate: true,
        approve: (hop) => turn(hop, paceMs),
      }),
  });
  return {
    origin,
    get: (address, { accept = 'html', maxBytes = MAX_BYTES, version = null } = {}) =>
      options.meter.time(async () => {
        const url = parseAddress(address);
        guard.check(url);
        const request = base(url.hostname);
        const answer = await sendRequest({
          ...request,
          headers: { ...request.headers, ...ifNewerThan(version) },
          url,
          maxBytes,
          accept: TYPES[accept].accept,
          approve: async (hop) => turn(hop, Math.max(paceMs, await robots.approve(hop))),
        });
        const contentType = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
        // An error page says enough with its status, whatever it is made of.
        if (answer.status < 300 && !TYPES[accept].fits.test(contentType)) throw wrongType(url, contentType, accept);
        return {
          url: answer.url,
          status: answer.status,
          contentType,
          headers: answer.headers,
          html: answer.body,
          sha256: createHash('sha256').update(answer.bytes).digest('hex'),
          retrievedAt: options.now().toISOString(),
        };
      }),
  };
}

function ifNewerThan(version: WebVersion | null): Record<string, string> {
  return {
    ...(version?.etag && { 'If-None-Match': version.etag }),
    ...(version?.lastModified && { 'If-Modified-Since': version.lastModified }),
  };
}

function parseAddress(address: string): URL {
  if (!URL.canParse(address)) throw new AppError('address_refused', { detail: 'This is not an address of the web.' });
  const url = new URL(address);
  url.hash = '';
  return url;
}

function standInFor(url: URL, sandboxUrl: string): URL {
  return new URL(`${sandboxUrl}/web/${url.hostname}${url.pathname}${url.search}`);
}

function wrongType(url: URL, found: string, wanted: WebDocument): AppError {
  const type = /^[a-z0-9.+/-]{1,80}$/.test(found) ? found : 'no known type';
  return new AppError('provider_contract', { detail: `${url.hostname} answered with ${type} instead of ${wanted}` });
}
