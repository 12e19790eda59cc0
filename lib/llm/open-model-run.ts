import { config } from '@/lib/config';
import { producerRedis } from '@/lib/queue/redis-client';
import { singleton } from '@/lib/singleton';
import { createRateBudget } from '@/lib/sources/rate-budget';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { PROVIDER } from './model-failure';
import { databaseLedger, type ModelClient } from './model-ledger';
import { createModelRun, type ModelRun } from './model-run';
import { modelSettings } from './settings';

/** @returns a run with the configured model, its budgets and the shared limit of requests; null when there is no model. */
export function openModelRun(options: { db: ServiceClient; signal: AbortSignal } & ModelClient): ModelRun | null {
  const settings = modelSettings();
  if (settings === null) return null;
  const { db, signal, ...client } = options;
  return createModelRun({ settings, ledger: databaseLedger(db, settings, client), budget: requestBudget(), signal });
}

/** Requests a minute of the configured key, over all workers. */
function requestBudget() {
  return singleton('budget:llm', () =>
    createRateBudget({
      redis: producerRedis,
      key: `${config().redis.prefix}:budget:llm`,
      provider: PROVIDER,
      limit: config().llm.requestsPerMinute,
      windowMs: 60_000,
      maxWaitMs: 20_000,
    }),
  );
}
