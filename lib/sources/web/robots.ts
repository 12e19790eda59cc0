import { createHash } from 'node:crypto';
import robotsParser from 'robots-parser';
import { AppError } from '@/lib/errors';
import type { HttpAnswer } from '../http';
import type { CachedAnswer, SourceCache } from '../source-cache';

export type Robots = {
  /**
   * @returns the least time between two requests that the site asks for, ms; 0 when it asks for none.
   * @throws AppError `robots_disallowed`, and what keeps robots.txt from being read when nothing is known of it.
   */
  approve(url: URL): Promise<number>;
};

export type RobotsOptions = {
  now(): Date;
  cache: SourceCache;
  /** What kind of network it is asked over, for the key of the cache. */
  origin: 'web' | 'sandbox';
  userAgent: string;
  /** Reads robots.txt, its redirects followed. */
  fetch(url: URL): Promise<HttpAnswer>;
};

type Rules = ReturnType<typeof robotsParser>;

/** RFC 9309, 2.4: not longer, unless robots.txt cannot be read. */
const LIFETIME_MS = 24 * 60 * 60_000;
/** A site that wants longer pauses than that is hardly read at all; nobody is believed that it wants more. */
const LONGEST_DELAY_MS = 60_000;

/** What sites ask of programs (RFC 9309), read once per job and site, and kept for a day. */
export function createRobots(options: RobotsOptions): Robots {
  const sites = new Map<string, Promise<Rules>>();
  const rulesOf = (origin: string) => {
    const rules = sites.get(origin) ?? readRules(options, origin);
    sites.set(origin, rules);
    // A site that did not answer may do so for the next page.
    rules.catch(() => sites.delete(origin));
    return rules;
  };
  return {
    async approve(url) {
      const rules = await rulesOf(url.origin);
      if (rules.isAllowed(url.href, options.userAgent) === false) {
        throw new AppError('robots_disallowed', {
          detail: `The robots.txt of ${url.hostname} keeps programs from this page.`,
        });
      }
      return Math.min((rules.getCrawlDelay(options.userAgent) ?? 0) * 1_000, LONGEST_DELAY_MS);
    },
  };
}

async function readRules(options: RobotsOptions, origin: string): Promise<Rules> {
  const url = new URL('/robots.txt', origin);
  const key = `robots:${origin}@${options.origin}`;
  const kept = await options.cache.get(key);
  if (kept !== null && Date.parse(kept.expiresAt) > options.now().getTime()) return robotsParser(url.href, kept.body);
  try {
    const answer = await options.fetch(url);
    // Too many requests is a site in need, not one without wishes.
    if (answer.status === 429) throw new AppError('provider_unavailable', { detail: `${url.hostname} is busy (429)` });
    // Without robots.txt (4xx) everything may be read.
    const text = answer.status >= 200 && answer.status < 300 ? answer.body : '';
    await options.cache.put(key, 'web.robots', toKept(text, options.now()));
    return robotsParser(url.href, text);
  } catch (error) {
    if (!(error instanceof AppError) || !['provider_unavailable', 'provider_contract'].includes(error.code))
      throw error;
    // What cannot be read forbids everything (RFC 9309, 2.3.1.4), unless it is known from before.
    if (kept !== null) return robotsParser(url.href, kept.body);
    const detail = `The robots.txt of ${url.hostname} could not be read, so the site was not read either.`;
    throw new AppError('robots_disallowed', { detail, cause: error });
  }
}

function toKept(body: string, now: Date): CachedAnswer {
  return {
    outcome: 'ok',
    body,
    etag: null,
    sha256: createHash('sha256').update(body).digest('hex'),
    retrievedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + LIFETIME_MS).toISOString(),
  };
}
