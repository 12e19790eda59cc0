import type { Job } from 'bull';
import { AppError, toAppError } from '@/lib/errors';
import type { Cancellation } from './cancel-job';
import type { PayloadInput, PayloadOf, QueueDefinition } from './define-queue';
import type { Retry } from './retry-job';
import type { Submission, SubmitOptions } from './submit-job';

/** A job as its producer sees it. `id` is null when a fresh report made a job unnecessary. */
export type QueuedJob = Pick<Submission, 'outcome' | 'reportId' | 'quota' | 'enqueued'> & { id: string | null };

/** What became of one payload of a batch. */
export type BatchedJob = QueuedJob | { id: null; outcome: 'refused'; error: { code: string; message: string } };

const BATCH_CONCURRENCY = 8;

/**
 * The calls that other code makes on a queue, typed by its definition. They are for trusted server code: who may do what
 * is checked at the edge. Bull and the database client are loaded by the first call, so that reading a definition is cheap.
 */
export function producersOf<D extends QueueDefinition>(definition: D) {
  return {
    /** Records one job and gives it to Redis. @throws as `submitAndEnqueue`. */
    add: async (payload: PayloadInput<D>, options: SubmitOptions = {}): Promise<QueuedJob> =>
      toQueuedJob(await (await submitting()).submitAndEnqueue(definition, payload, options)),

    /**
     * Records many jobs, which wait behind what people start. Nothing is recorded when any payload is malformed.
     * @returns one entry per payload, in the same order; a payload that the ledger refuses does not stop the others.
     * @throws AppError `invalid_request`, `database_unavailable`
     */
    addBatch: (payloads: readonly PayloadInput<D>[]): Promise<BatchedJob[]> => addBatch(definition, payloads),

    /** Bull's own job, or null when Redis does not hold it (any more). For its state prefer `readJobStatus`. */
    get: async (jobId: string): Promise<Job<PayloadOf<D>> | null> => {
      const [{ producerQueue }, { withRedis }] = await Promise.all([
        import('./queue-manager'),
        import('./redis-client'),
      ]);
      return withRedis(() => producerQueue(definition.name).getJob(jobId));
    },

    /** Runs a failed or cancelled job again. */
    retry: async (jobId: string): Promise<Retry> => {
      const [{ retryJob }, { SYSTEM }] = await Promise.all([import('./retry-job'), import('./cancel-job')]);
      return retryJob(ownId(definition, jobId), SYSTEM);
    },

    /** Cancels a job, whether it waits or runs. */
    cancel: async (jobId: string): Promise<Cancellation> => {
      const { cancelJob, SYSTEM } = await import('./cancel-job');
      return cancelJob(ownId(definition, jobId), SYSTEM);
    },
  };
}

function submitting() {
  return import('./submit-job');
}

async function addBatch(definition: QueueDefinition, payloads: readonly unknown[]): Promise<BatchedJob[]> {
  const { parsePayload } = await submitting();
  for (const payload of payloads) parsePayload(definition, payload);
  const jobs: BatchedJob[] = [];
  const remaining = payloads.entries();
  const lane = async () => {
    for (const [index, payload] of remaining) jobs[index] = await addOne(definition, payload);
  };
  await Promise.all(Array.from({ length: BATCH_CONCURRENCY }, lane));
  return jobs;
}

async function addOne(definition: QueueDefinition, payload: unknown): Promise<BatchedJob> {
  try {
    return toQueuedJob(await (await submitting()).submitAndEnqueue(definition, payload, { batch: true }));
  } catch (error) {
    const { code, detail, spec } = toAppError(error);
    if (spec.retry === 'backoff') throw error;
    return { id: null, outcome: 'refused', error: { code, message: detail } };
  }
}

function toQueuedJob({ job, outcome, reportId, quota, enqueued }: Submission): QueuedJob {
  return { id: job?.id ?? null, outcome, reportId, quota, enqueued };
}

function ownId(definition: QueueDefinition, jobId: string): string {
  if (!jobId.startsWith(`${definition.name}:`)) throw new AppError('job_not_found');
  return jobId;
}
