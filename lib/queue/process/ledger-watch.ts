import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { toAppError } from '@/lib/errors';
import { anonymiseOldReports } from '@/lib/privacy/anonymise-reports';
import { applyRemovals } from '@/lib/privacy/apply-removals';
import { callRpc } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { startCancelWatch } from '../attempt/cancel-watch';
import { endOverdueCancels } from '../cancel-job';
import { emit } from '../telemetry';

const OVERDUE_LOOK_MS = 5_000;
const SWEEP_INTERVAL_MS = 60 * 60_000;
const SWEEP_GROUP = 5_000;
const REMOVALS_INTERVAL_MS = 60_000;

const sweptSchema = z.object({ idempotency_keys: z.int(), source_cache: z.int() });
type Swept = z.infer<typeof sweptSchema>;

/**
 * What every worker process does for the ledger beside running jobs: obeys cancels that Redis did not tell of, ends jobs
 * whose worker did not obey, takes out the names of people who asked for it, and once an hour removes expired rows and
 * the names in old reports. Several processes share the work.
 * @returns a function that stops it.
 */
export function startLedgerWatch(): () => void {
  const over = new AbortController();
  const stopCancels = startCancelWatch();
  void repeat(OVERDUE_LOOK_MS, endOverdueCancels, over.signal);
  // Not all processes of a deploy at the same minute.
  void repeat(spread(SWEEP_INTERVAL_MS), sweepExpired, over.signal);
  void repeat(spread(SWEEP_INTERVAL_MS), () => anonymiseOldReports(new Date(), over.signal), over.signal);
  void repeat(spread(REMOVALS_INTERVAL_MS), () => applyRemovals(new Date(), over.signal), over.signal);
  return () => {
    stopCancels();
    over.abort();
  };
}

/**
 * Removes idempotency keys and kept answers that nobody will ask for again, in groups, so that no call takes long.
 * @returns how many rows.
 * @throws AppError `database_unavailable`
 */
export async function sweepExpired(): Promise<Swept> {
  const total = { idempotency_keys: 0, source_cache: 0 };
  for (;;) {
    const swept = await callRpc(serviceClient(), 'sweep_expired', { p_limit: SWEEP_GROUP }, sweptSchema);
    total.idempotency_keys += swept.idempotency_keys;
    total.source_cache += swept.source_cache;
    if (Math.max(swept.idempotency_keys, swept.source_cache) < SWEEP_GROUP) return total;
  }
}

function spread(intervalMs: number): number {
  return intervalMs * (0.9 + Math.random() / 5);
}

async function repeat(intervalMs: number, task: () => Promise<unknown>, over: AbortSignal): Promise<void> {
  for (;;) {
    await delay(intervalMs, undefined, { signal: over, ref: false }).catch(() => undefined);
    if (over.aborted) return;
    await task().catch((error: unknown) => {
      if (!over.aborted) report(error);
    });
  }
}

function report(error: unknown): void {
  // An outage is told of by everything else; the next round makes up for it.
  if (toAppError(error).code !== 'database_unavailable') emit({ name: 'dispatcher.error', error });
}
