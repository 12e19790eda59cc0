import { retryBatchInLedger } from '@/lib/batches/batch-ledger';
import { AppError } from '@/lib/errors';
import { acceptedBatch, assertBatches } from '@/lib/http/batches/create-batch';
import { route } from '@/lib/http/route';
import { batchParamsSchema } from '@/lib/http/schema';
import { noteHeld } from '@/lib/queue/window/note-held';

/** Repeats the failed companies of a batch that has ended. */
export const POST = route({ access: 'user', params: batchParamsSchema }, async ({ params, user }) => {
  assertBatches();
  const { outcome, batch } = await retryBatchInLedger(params.batchId, user.id);
  if (outcome === 'not_found' || !batch) throw new AppError('batch_not_found');
  if (outcome === 'not_retryable') throw new AppError('batch_not_retryable');
  await noteHeld(batch.queue);
  return acceptedBatch(batch);
});
