import { config } from '@/lib/config';
import type { Actor } from './cancel-job';
import { type LedgerJob, retryJob as retryInLedger } from './job-ledger';
import { producerRedis, withRedis } from './redis-client';
import { redisKeys } from './redis-keys';
import { tellRedis } from './submit-job';
import { emit } from './telemetry';

export type Retry = { outcome: 'queued' | 'not_found' | 'not_retryable'; job: LedgerJob | null; enqueued: boolean };

/**
 * Runs a failed or cancelled job again from its last saved section, with all its attempts.
 * @throws AppError `quota_exceeded` when the queue uses quota, `conflict` codes of the ledger.
 */
export async function retryJob(jobId: string, actor: Actor): Promise<Retry> {
  const { outcome, job } = await retryInLedger(jobId, actor.id, actor.isAdmin, config().quota.researchMonthlyLimit);
  if (outcome !== 'queued' || !job) return { outcome, job, enqueued: false };
  await withRedis(() => producerRedis().del(redisKeys.cancel(jobId))).catch(() => undefined);
  const enqueued = await tellRedis(job);
  emit({ name: 'job.enqueued', queue: job.queue, jobId, outcome: 'retried', enqueued });
  return { outcome, job, enqueued };
}
