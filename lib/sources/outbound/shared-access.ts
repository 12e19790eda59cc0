import { setMaxListeners } from 'node:events';
import { config } from '@/lib/config';
import { logger } from '@/lib/logger';
import { producerRedis } from '@/lib/queue/redis-client';
import { singleton } from '@/lib/singleton';
import type { SourceContext } from '../define-source';
import { type ProviderId, providerSpec } from '../providers';
import { createRateBudget, type RateBudget } from '../rate-budget';
import { createWebAccess } from '../web/web-access';
import { redisMeter } from './call-meter';
import { createCircuitBreaker } from './circuit-breaker';
import { webGuard } from './outbound-guard';
import { createProviderAccess, type ProviderChannel } from './provider-access';

/** Requests are counted when they leave and by the provider when they arrive: a request may be this long under way. */
const UNDER_WAY_MS = 10_000;
/** Longest wait for a host's turn: a whole crawl of a site by another worker is not waited for. */
const WEB_WAIT_MS = 15_000;

/**
 * The way out of one job in a running installation: settings from the configuration, budgets and counters of all
 * processes in Redis, circuit breakers and connections of this process.
 * @param options.batch work of a batch: leaves a part of every provider's budget to people.
 */
export function sharedAccess(
  options: Pick<SourceContext, 'signal' | 'now' | 'cache'> & { batch?: boolean },
): Pick<SourceContext, 'provider' | 'web'> {
  const { signal, now, cache, batch = false } = options;
  const { sandboxUrl, sandboxPaceMs, contactUrl } = config().sources;
  // A report asks a dozen sources at once, and every request listens whether the job has to stop.
  setMaxListeners(0, signal);
  return {
    provider(id) {
      const channel = sharedChannel(id);
      return createProviderAccess(id, signal, batch ? { ...channel, budget: batchPart(channel.budget) } : channel);
    },
    web: createWebAccess({
      signal,
      now,
      cache,
      guard: webGuard(),
      userAgent: `oppSpot/0.1 (company research; +${contactUrl})`,
      budgetOf: webBudget,
      meter: redisMeter('web', producerRedis),
      sandboxUrl,
      // A stand-in on this machine has nobody whom a crawl could burden.
      everyMs: sandboxUrl === undefined ? undefined : sandboxPaceMs,
    }),
  };
}

/** The channel of a provider: one per process, with the budget of all processes. */
function sharedChannel(id: ProviderId): ProviderChannel {
  return singleton(`channel:${id}`, () => {
    const spec = providerSpec(id);
    const settings = config().sources.provider(id);
    const budget = createRateBudget({
      redis: producerRedis,
      key: `${config().redis.prefix}:budget:${spec.account ?? id}`,
      provider: spec.name,
      limit: settings.limit,
      windowMs: windowOf(spec),
      ...(spec.maxWaitMs !== undefined && { maxWaitMs: spec.maxWaitMs }),
    });
    const breaker = createCircuitBreaker({
      provider: spec.name,
      onChange: (state) => logger().warn({ provider: id, state }, 'source.circuit'),
    });
    return { settings, budget, breaker, meter: redisMeter(id, producerRedis) };
  });
}

/** How long a request counts: the provider's window, and what requests may be under way. */
function windowOf({ limit, windowMs }: { limit: number; windowMs: number }): number {
  const { sandboxUrl, sandboxPaceMs } = config().sources;
  const isPaced = limit === 1;
  if (isPaced && sandboxUrl !== undefined && sandboxPaceMs !== undefined) return sandboxPaceMs;
  return windowMs + Math.min(UNDER_WAY_MS, windowMs / 10);
}

/** The same budget, of which a batch may not use the last part. */
function batchPart(budget: RateBudget): RateBudget {
  const share = config().queue.batchProviderShare / 100;
  return { ...budget, take: (signal) => budget.take(signal, share) };
}

/** One request at a time to a host of the web, over all workers. */
function webBudget(host: string, everyMs: number): RateBudget {
  return createRateBudget({
    redis: producerRedis,
    key: `${config().redis.prefix}:budget:web:${host}`,
    provider: host,
    limit: 1,
    windowMs: everyMs,
    maxWaitMs: WEB_WAIT_MS,
  });
}
