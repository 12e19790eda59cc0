import { config } from '@/lib/config';
import { logger } from '@/lib/logger';
import { producerRedis } from '@/lib/queue/redis-client';
import { singleton } from '@/lib/singleton';
import { type ProviderId, providerSpec } from '../providers';
import { createRateBudget, type RateBudget } from '../rate-budget';
import { redisMeter } from './call-meter';
import { createCircuitBreaker } from './circuit-breaker';
import type { ProviderChannel } from './provider-access';

/** Requests are counted when they leave and by the provider when they arrive: a request may be this long under way. */
const UNDER_WAY_MS = 10_000;

/** @returns the channel of a provider: one per process, with the budget of all processes. */
export function sharedChannel(id: ProviderId): ProviderChannel {
  return singleton(`channel:${id}`, () => {
    const spec = providerSpec(id);
    const settings = config().sources.provider(id);
    const budget = createRateBudget({
      redis: producerRedis,
      key: `${config().redis.prefix}:budget:${spec.account ?? id}`,
      provider: spec.name,
      limit: settings.limit,
      windowMs: spec.windowMs + Math.min(UNDER_WAY_MS, spec.windowMs / 10),
      ...(spec.maxWaitMs !== undefined && { maxWaitMs: spec.maxWaitMs }),
    });
    const breaker = createCircuitBreaker({
      provider: spec.name,
      onChange: (state) => logger().warn({ provider: id, state }, 'source.circuit'),
    });
    return { settings, budget, breaker, meter: redisMeter(id, producerRedis) };
  });
}

/** The same budget, of which a batch may not use the last part. */
export function batchPart(budget: RateBudget): RateBudget {
  const share = config().queue.batchProviderShare / 100;
  return { ...budget, take: (signal) => budget.take(signal, share) };
}

/** Longest wait for a host's turn: a whole crawl of a site by another worker is not waited for. */
const WEB_WAIT_MS = 15_000;

/**
 * @param everyMs the least time between two requests.
 * @returns the budget of a host of the web: one request at a time, over all workers.
 */
export function webBudget(host: string, everyMs: number): RateBudget {
  return createRateBudget({
    redis: producerRedis,
    key: `${config().redis.prefix}:budget:web:${host}`,
    provider: host,
    limit: 1,
    windowMs: everyMs,
    maxWaitMs: WEB_WAIT_MS,
  });
}
