import { z } from 'zod';
import { config } from '@/lib/config';
import { callRpc } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { type LedgerJob, ledgerJobSchema } from '../job-ledger';
import { listWorkers } from '../process/worker-registry';
import { producerRedis, withRedis } from '../redis-client';
import { tellRedis } from '../submit-job';
import { emit } from '../telemetry';
import { heldJobs } from './held-jobs';
import { machinePace } from './machine-pace';
import { pacedWindows, windowsOf } from './windows';

const releaseSchema = z.object({ jobs: z.array(ledgerJobSchema), held: z.boolean() });

/** Jobs that are given to Redis at the same time. */
const LANES = 8;

/**
 * Lets held jobs into Redis as far as the windows of their queues allow: people before batches, and among users whoever
 * has least there. Any number of processes may do this at once; a job that one of them released and then did not give to
 * Redis is found by the dispatcher.
 * @returns how many jobs Redis was given.
 * @throws AppError `redis_unavailable`, `database_unavailable`
 */
export async function releaseHeld(): Promise<number> {
  const windows = await currentWindows();
  if (windows.length === 0) return 0;
  const released = await callRpc(serviceClient(), 'release_held', { p_windows: windows }, releaseSchema);
  heldJobs().known = released.held;
  return giveToRedis(released.jobs);
}

/** Of every queue that a living worker serves, as far as this machine has room. */
async function currentWindows() {
  const slots = new Map<string, number>();
  for (const { queues } of await withRedis(() => listWorkers(producerRedis()))) {
    for (const { name, concurrency } of queues) slots.set(name, (slots.get(name) ?? 0) + concurrency);
  }
  const part = machinePace();
  return [...slots].map(([queue, count]) => {
    const { window, batchWindow } = pacedWindows(windowsOf(count, config().queue.batchShare), part);
    return { queue, window, batch_window: batchWindow };
  });
}

async function giveToRedis(jobs: readonly LedgerJob[]): Promise<number> {
  const remaining = jobs.values();
  let given = 0;
  const lane = async () => {
    for (const job of remaining) {
      const enqueued = await tellRedis(job);
      given += enqueued ? 1 : 0;
      emit({ name: 'job.enqueued', queue: job.queue, jobId: job.id, outcome: 'released', enqueued });
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, jobs.length) }, lane));
  return given;
}
