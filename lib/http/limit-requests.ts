import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { producerRedis } from '@/lib/queue/redis-client';
import { singleton } from '@/lib/singleton';

const WINDOW_SECONDS = 60;

/**
 * Counts one API request of a user over all web processes; while Redis is away each process counts for itself.
 * @throws AppError `rate_limited` with the time at which requests are accepted again.
 */
export async function limitRequests(userId: string): Promise<void> {
  try {
    await limiter().consume(userId);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new AppError('rate_limited', { retryAt: new Date(Date.now() + error.msBeforeNext) });
  }
}

function limiter(): RateLimiterRedis {
  return singleton('http:limiter', () => {
    const points = config().web.rateLimitPerMinute;
    return new RateLimiterRedis({
      storeClient: producerRedis(),
      keyPrefix: `${config().redis.prefix}:limit`,
      points,
      duration: WINDOW_SECONDS,
      insuranceLimiter: new RateLimiterMemory({ points, duration: WINDOW_SECONDS }),
    });
  });
}
