import { config } from '@/lib/config';
import { producerRedis } from '@/lib/queue/redis-client';
import { singleton } from '@/lib/singleton';
import { createRateBudget, type RateBudget } from '../rate-budget';
import { PROVIDER, WINDOW_MS } from './client';

/** Requests are counted when they leave and by the register when they arrive: a request may be this long under way. */
const UNDER_WAY_MS = 10_000;

/** The budget of the configured key, shared by all workers through Redis. */
export function companiesHouseBudget(): RateBudget {
  return singleton('budget:companies_house', () =>
    createRateBudget({
      redis: producerRedis,
      key: `${config().redis.prefix}:budget:companies_house`,
      provider: PROVIDER,
      limit: config().providers.companiesHouse.requestsPer5Minutes,
      windowMs: WINDOW_MS + UNDER_WAY_MS,
    }),
  );
}
