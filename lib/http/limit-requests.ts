import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { config } from '@/lib/config';
import { AppError, toAppError } from '@/lib/errors';
import { producerRedis, withRedis } from '@/lib/queue/redis-client';
import { singleton } from '@/lib/singleton';

const WINDOW_SECONDS = 60;
/** Counting must not hold up a request: without an answer in this time the process counts for itself. */
const REDIS_LIMIT_MS = 200;

/**
 * Counts one API request of a user. Changes are counted over all web processes; reads in each process for itself, so
 * that a poll costs no further round trip, and so is everything while Redis is away.
 * @throws AppError `rate_limited` with the time at which requests are accepted again.
 */
export async function limitRequests(userId: string, method: string): Promise<void> {
  if (method === 'GET' || method === 'HEAD') return consume(local(), userId);
  try {
    await withRedis(() => consume(shared(), userId), REDIS_LIMIT_MS);
  } catch (error) {
    if (toAppError(error).code !== 'redis_unavailable') throw error;
    await consume(local(), userId);
  }
}

async function consume(limiter: RateLimiterRedis | RateLimiterMemory, userId: string): Promise<void> {
  try {
    await limiter.consume(userId);
  } catch (error) {
    // The limiter rejects with an object of its own when the limit is reached, and with an Error when Redis fails.
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new AppError('rate_limited', { retryAt: new Date(Date.now() + error.msBeforeNext) });
  }
}

function shared(): RateLimiterRedis {
  return singleton(
    'http:limiter',
    () =>
      new RateLimiterRedis({
        storeClient: producerRedis(),
        keyPrefix: `${config().redis.prefix}:limit`,
        points: config().web.rateLimitPerMinute,
        duration: WINDOW_SECONDS,
      }),
  );
}

function local(): RateLimiterMemory {
  return singleton(
    'http:local-limiter',
    () => new RateLimiterMemory({ points: config().web.rateLimitPerMinute, duration: WINDOW_SECONDS }),
  );
}
