import { z } from 'zod';
import { callRpc } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { cancelJob as cancelInLedger, type LedgerJob, ledgerJobSchema } from './job-ledger';
import { producerQueue } from './queue-manager';
import { producerRedis, withRedis } from './redis-client';
import { redisKeys } from './redis-keys';
import { writeStatusOf } from './status/job-status';
import { emit } from './telemetry';

/** Who asks. The system itself acts as an admin without an id. */
export type Actor = { id: string | null; isAdmin: boolean };
export const SYSTEM: Actor = { id: null, isAdmin: true };

export type Cancellation = {
  /** `cancelled`: it never ran; `cancelling`: it stops within seconds; `terminal`: it had ended. */
  outcome: 'cancelled' | 'cancelling' | 'terminal' | 'not_found';
  job: LedgerJob | null;
};

const FLAG_SECONDS = 24 * 60 * 60;
/** A worker stops within two seconds; one that has not in this time is gone or hangs. */
const OVERDUE_MS = 10_000;
const GROUP_SIZE = 100;

/** Stops a job, also while Redis is away: workers ask the ledger once a second. */
export async function cancelJob(jobId: string, actor: Actor): Promise<Cancellation> {
  const { outcome, job } = await cancelInLedger(jobId, actor.id, actor.isAdmin);
  if (!job || outcome === 'not_found') return { outcome: 'not_found', job: null };
  if (outcome !== 'terminal') await tellOfCancel(job, outcome);
  return { outcome, job };
}

/**
 * Ends running jobs that were asked to stop and whose worker does not: it was killed, hangs, or nobody took the job over.
 * @returns how many.
 * @throws AppError `database_unavailable`
 */
export async function endOverdueCancels(): Promise<number> {
  const args = { p_overdue_ms: OVERDUE_MS, p_limit: GROUP_SIZE };
  const jobs = await callRpc(serviceClient(), 'end_overdue_cancels', args, z.array(ledgerJobSchema));
  for (const job of jobs) {
    const durationMs = Date.now() - Date.parse(job.started_at ?? job.created_at);
    emit({ name: 'job.cancelled', queue: job.queue, jobId: job.id, attempt: job.attempt, durationMs });
    await tellOfCancel(job, 'cancelled');
  }
  return jobs.length;
}

/** Tells Redis what the ledger has decided: out of the line, or to the worker that runs it. */
export async function tellOfCancel(job: LedgerJob, outcome: 'cancelled' | 'cancelling'): Promise<void> {
  if (!(await writeStatusOf(job))) return;
  try {
    await withRedis(() => (outcome === 'cancelled' ? takeOutOfLine(job) : signalWorker(job.id)));
  } catch (error) {
    // Nothing is lost: a worker that meets the job learns from the ledger that it was cancelled.
    emit({ name: 'queue.error', queue: job.queue, error });
  }
}

async function takeOutOfLine(job: LedgerJob): Promise<void> {
  const entry = await producerQueue(job.queue).getJob(job.id);
  // A worker that took it in this very moment holds the lock; it is about to learn that there is nothing to do.
  await entry?.remove().catch(() => undefined);
}

/** The flag outlives a message that nobody heard. */
async function signalWorker(jobId: string): Promise<void> {
  await producerRedis()
    .multi()
    .set(redisKeys.cancel(jobId), '1', 'EX', FLAG_SECONDS)
    .publish(redisKeys.cancellations(), jobId)
    .exec();
}
