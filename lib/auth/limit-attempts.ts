import { createHash } from 'node:crypto';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { producerRedis, withRedis } from '@/lib/queue/redis-client';
import { singleton } from '@/lib/singleton';

export type AttemptKind = 'sign-in' | 'sign-up' | 'recover' | 'removal';
type Attempt = { kind: AttemptKind; email: string; ip: string };

/** Attempts allowed within `seconds`, per e-mail address and per network address. */
const LIMITS: Record<AttemptKind, { perEmail: number; perIp: number; seconds: number }> = {
  'sign-in': { perEmail: 10, perIp: 100, seconds: 10 * 60 },
  'sign-up': { perEmail: 5, perIp: 50, seconds: 60 * 60 },
  recover: { perEmail: 5, perIp: 50, seconds: 60 * 60 },
  removal: { perEmail: 10, perIp: 20, seconds: 60 * 60 },
};

/**
 * Counts one attempt, over all web processes. Without Redis nothing is counted and the attempt goes ahead: an outage of
 * the queue must not lock people out.
 * @throws AppError `rate_limited` with the time at which attempts are accepted again.
 */
export async function limitAttempts(attempt: Attempt): Promise<void> {
  try {
    await withRedis(async () => {
      const outcomes = await Promise.allSettled([consume(attempt, 'email'), consume(attempt, 'ip')]);
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw toError(outcome.reason);
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'redis_unavailable') throw error;
    logger().warn({ kind: attempt.kind, code: error.code }, 'auth.attempts_not_counted');
  }
}

/** Forgets the failed attempts of an address after somebody signed in with it. */
export async function forgetAttempts(attempt: Attempt): Promise<void> {
  await withRedis(() => limiter(attempt.kind, 'email').delete(keyOf(attempt, 'email'))).catch(() => undefined);
}

type Subject = 'email' | 'ip';

function consume(attempt: Attempt, subject: Subject): Promise<RateLimiterRes> {
  return limiter(attempt.kind, subject).consume(keyOf(attempt, subject));
}

function limiter(kind: AttemptKind, subject: Subject): RateLimiterRedis {
  return singleton(`auth:limiter:${kind}:${subject}`, () => {
    const { perEmail, perIp, seconds } = LIMITS[kind];
    return new RateLimiterRedis({
      storeClient: producerRedis(),
      keyPrefix: `${config().redis.prefix}:auth:${kind}:${subject}`,
      points: subject === 'email' ? perEmail : perIp,
      duration: seconds,
    });
  });
}

/** Addresses of people do not belong into Redis in clear. */
function keyOf(attempt: Attempt, subject: Subject): string {
  return createHash('sha256').update(attempt[subject].toLowerCase()).digest('base64url');
}

function toError(reason: unknown): unknown {
  if (!(reason instanceof RateLimiterRes)) return reason;
  return new AppError('rate_limited', { retryAt: new Date(Date.now() + reason.msBeforeNext) });
}
