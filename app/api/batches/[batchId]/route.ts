import { cancelBatch } from '@/lib/batches/cancel-batch';
import { AppError } from '@/lib/errors';
import { toBatch } from '@/lib/http/batches/batch-body';
import { batchResponse, readOwnBatch } from '@/lib/http/batches/batch-response';
import { route } from '@/lib/http/route';
import { batchParamsSchema } from '@/lib/http/schema';

/** 202 while the batch goes on, 200 once it has ended, 304 when nothing changed. */
export const GET = route({ access: 'user', params: batchParamsSchema }, async ({ request, params, user }) =>
  batchResponse(await readOwnBatch(params.batchId, user), request),
);

/** 200 when nothing of it was running, 202 while running companies are being stopped. */
export const DELETE = route({ access: 'user', params: batchParamsSchema }, async ({ params, user }) => {
  const { outcome, batch } = await cancelBatch(params.batchId, user.id);
  if (outcome === 'not_found' || !batch) throw new AppError('batch_not_found');
  if (outcome === 'terminal') throw new AppError('batch_already_finished');
  const body = { batch: toBatch(batch) };
  if (outcome === 'cancelled') return Response.json(body);
  return Response.json(body, { status: 202, headers: { 'retry-after': '1' } });
});
