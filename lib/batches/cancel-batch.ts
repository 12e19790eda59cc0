import { tellOfCancel } from '@/lib/queue/cancel-job';
import { noteHeld } from '@/lib/queue/window/note-held';
import { type BatchRow, cancelBatchInLedger } from './batch-ledger';

export type BatchCancellation = {
  /** `cancelled`: nothing of it runs; `cancelling`: what runs stops within seconds; `terminal`: it had ended. */
  outcome: 'cancelled' | 'cancelling' | 'terminal' | 'not_found';
  batch: BatchRow | null;
};

const LANES = 8;

/** Stops a batch, also while Redis is away: what Redis still holds then finds nothing to do. */
export async function cancelBatch(batchId: string, userId: string): Promise<BatchCancellation> {
  const { outcome, batch, jobs } = await cancelBatchInLedger(batchId, userId);
  // Redis has never heard of a job that was held.
  const told = jobs.filter(({ was_held }) => !was_held).values();
  const lane = async () => {
    for (const { job, outcome: ofJob } of told) await tellOfCancel(job, ofJob);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (batch && jobs.length > 0) await noteHeld(batch.queue);
  return { outcome, batch };
}
