import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { config } from '@/lib/config';
import { AppError, toAppError } from '@/lib/errors';
import { producerRedis, withRedis } from '@/lib/queue/redis-client';
import { singleton } from '@/lib/singleton';

const WINDOW_SECONDS = 60;
/** Counting must not hold up a request: without an answer in this time the process counts for itself. */
const REDIS_LIMIT_MS = 200;
/** Of the register's 120 a minute, which all users and all jobs share. */
const REGISTER_READS_PER_MINUTE = 30;

type Counted = 'requests' | 'register';

/**
 * Counts one API request of a user. Changes are counted over all web processes; reads in each process for itself, so
 * that a poll costs no further round trip, and so is everything while Redis is away.
 * @throws AppError `rate_limited` with the time at which requests are accepted again.
 */
export async function limitRequests(userId: string, method: string): Promise<void> {
  const points = config().web.rateLimitPerMinute;
  if (method === 'GET' || method === 'HEAD') return consume(local('requests', points), userId);
  try {
    await withRedis(() => consume(shared('requests', points), userId), REDIS_LIMIT_MS);
  } catch (error) {
    if (toAppError(error).code !== 'redis_unavailable') throw error;
    await consume(local('requests', points), userId);
  }
}

/**
 * Counts one question to the register that a user asks from the screen, over all web processes: its budget is everybody's.
 * @throws AppError `rate_limited` with the time at which the user may ask again.
 */
export async function limitRegisterReads(userId: string): Promise<void> {
  const detail = 'You have searched the register often in the last minute. Wait a moment and try again.';
  try {
    await withRedis(() => consume(shared('register', REGISTER_READS_PER_MINUTE), userId, detail), REDIS_LIMIT_MS);
  } catch (error) {
    if (toAppError(error).code !== 'redis_unavailable') throw error;
    await consume(local('register', REGISTER_READS_PER_MINUTE), userId, detail);
  }
}

async function consume(limiter: RateLimiterRedis | RateLimiterMemory, userId: string, detail?: string): Promise<void> {
  try {
    await limiter.consume(userId);
  } catch (error) {
    // The limiter rejects with an object of its own when the limit is reached, and with an Error when Redis fails.
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAt = new Date(Date.now() + error.msBeforeNext);
    throw new AppError('rate_limited', { retryAt, ...(detail !== undefined && { detail }) });
  }
}

function shared(what: Counted, points: number): RateLimiterRedis {
  return singleton(
    `http:limiter:${what}`,
    () =>
      new RateLimiterRedis({
        storeClient: producerRedis(),
        keyPrefix: `${config().redis.prefix}:limit${what === 'requests' ? '' : `:${what}`}`,
        points,
        duration: WINDOW_SECONDS,
      }),
  );
}

function local(what: Counted, points: number): RateLimiterMemory {
  return singleton(`http:local-limiter:${what}`, () => new RateLimiterMemory({ points, duration: WINDOW_SECONDS }));
}
