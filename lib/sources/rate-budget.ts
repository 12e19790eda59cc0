import { setTimeout as delay } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import type { producerRedis } from '@/lib/queue/redis-client';
import { singleton } from '@/lib/singleton';

/** How many requests a provider still takes, counted over all workers. */
export type RateBudget = {
  /**
   * Takes one request from the budget; waits a short time for it where that is enough.
   * @param share 0 to 1: part of the budget that may be used up by then. What is above it stays for others.
   * @throws AppError `provider_rate_limited` with `retryAt` when the wait would be longer, and the reason of the signal.
   */
  take(signal: AbortSignal, share?: number): Promise<void>;
  /** The provider said that it takes no more requests before this time. */
  block(until: Date): Promise<void>;
};

export type RateBudgetOptions = {
  redis: () => ReturnType<typeof producerRedis>;
  /** Key of the budget in Redis, with the deployment's prefix. */
  key: string;
  /** The provider's name as people read it. */
  provider: string;
  /** Requests in any window of `windowMs`. */
  limit: number;
  windowMs: number;
  /** Longest wait for a free request. */
  maxWaitMs?: number;
};

/**
 * A sliding window. Fixed windows, which ready-made limiters count in, let up to twice the limit through in one window of
 * the provider when the two do not start together. KEYS: log of requests, time of the block. ARGV: limit, window, token,
 * places that a queue of waiting jobs wants free. Returns the milliseconds to wait for one request and for that many.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local blocked = tonumber(redis.call('GET', KEYS[2]) or '0') - now
if blocked > 0 then return {blocked, blocked} end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
local used = redis.call('ZCARD', KEYS[1])
if used < tonumber(ARGV[1]) then
  redis.call('ZADD', KEYS[1], now, ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {0, 0}
end
-- With only a share of the budget there may be more requests in the window than the share: these have to leave it too.
local over = used - ARGV[1]
local last = over + ARGV[4] - 1
local first = redis.call('ZRANGE', KEYS[1], over, over, 'WITHSCORES')
local later = redis.call('ZRANGE', KEYS[1], last, last, 'WITHSCORES')
return {first[2] + ARGV[2] - now + 1, (later[2] or first[2]) + ARGV[2] - now + 1}
`;

type Wait = { oneMs: number; severalMs: number };

/**
 * A budget shared by all processes through Redis. While Redis does not answer each process keeps to a tenth of it.
 * @returns the budget of one provider.
 */
export function createRateBudget(options: RateBudgetOptions): RateBudget {
  const { limit, windowMs, maxWaitMs = 2_000 } = options;
  const local = localLimiter(limit, windowMs);

  let away = false;
  let fullUntil = 0;
  const report = (cause: unknown) => {
    if (!away) logger().warn({ budget: options.key, reason: String(cause) }, 'source.budget_unavailable');
    away = true;
  };

  async function ask(share: number): Promise<Wait> {
    try {
      const wait = await takeShared({ ...options, limit: Math.max(1, Math.floor(limit * share)) });
      away = false;
      if (wait.oneMs > 0) fullUntil = Date.now() + wait.oneMs;
      return wait;
    } catch (cause) {
      report(cause);
      // What was last heard still holds: others may have used up what this process knows nothing of.
      const oneMs = fullUntil - Date.now();
      if (oneMs > 0) return { oneMs, severalMs: oneMs };
      return takeLocal(local, options.key);
    }
  }

  return {
    async take(signal, share = 1) {
      let waitedMs = 0;
      for (;;) {
        signal.throwIfAborted();
        const { oneMs, severalMs } = await ask(share);
        if (oneMs <= 0) return;
        if (waitedMs + oneMs > maxWaitMs) throw limited(options.provider, severalMs);
        waitedMs += oneMs;
        await delay(oneMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    },
    async block(until) {
      const leftMs = Math.min(until.getTime() - Date.now(), windowMs);
      if (leftMs <= 0) return;
      local.block(options.key, Math.ceil(leftMs / 1_000));
      const value = Date.now() + leftMs;
      await options.redis().set(blockKey(options), value, 'PX', Math.ceil(leftMs)).catch(report);
    },
  };
}

function blockKey({ key }: RateBudgetOptions): string {
  return `${key}:blocked`;
}

async function takeShared(options: RateBudgetOptions): Promise<Wait> {
  const { key, limit, windowMs } = options;
  const token = `${Date.now()}:${crypto.randomUUID()}`;
  const several = Math.max(1, Math.floor(limit / 20));
  const answer = await options.redis().eval(TAKE, 2, key, blockKey(options), limit, windowMs, token, several);
  const [oneMs, severalMs] = Array.isArray(answer) ? answer.map(Number) : [];
  if (oneMs === undefined || severalMs === undefined)
    throw new AppError('internal', { detail: 'The budget cannot be read.' });
  return { oneMs, severalMs };
}

/** A tenth of the requests; of a single one the tenth part of the time. Budgets of one kind share it, each under its key. */
function localLimiter(limit: number, windowMs: number): RateLimiterMemory {
  const points = Math.max(1, Math.floor(limit / 10));
  const duration = (windowMs * Math.max(1, 10 / limit)) / 1_000;
  return singleton(`budget:local:${points}:${duration}`, () => new RateLimiterMemory({ points, duration }));
}

async function takeLocal(local: RateLimiterMemory, key: string): Promise<Wait> {
  try {
    await local.consume(key);
    return { oneMs: 0, severalMs: 0 };
  } catch (rejection) {
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    return { oneMs: rejection.msBeforeNext, severalMs: rejection.msBeforeNext };
  }
}

/** Jobs that were sent away come back spread over a few seconds, not all at once. */
function limited(provider: string, waitMs: number): AppError {
  const retryAt = new Date(Date.now() + waitMs + Math.random() * 5_000);
  const detail = `${provider} takes no more requests for now. The job goes on by itself.`;
  return new AppError('provider_rate_limited', { detail, retryAt, extras: { provider } });
}
