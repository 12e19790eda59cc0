import type { SessionUser } from '@/lib/auth/session';
import { type BatchRow, readBatch } from '@/lib/batches/batch-ledger';
import { AppError } from '@/lib/errors';
import { isBatchEnded } from '@/types/batches';
import { toBatch } from './batch-body';

/** @throws AppError `batch_not_found`, the same for somebody else's batch and for one that never was. */
export async function readOwnBatch(batchId: string, user: SessionUser): Promise<BatchRow> {
  const batch = await readBatch(batchId, user.id);
  if (!batch) throw new AppError('batch_not_found');
  return batch;
}

/** The answer to a poll: 202 while it goes on, 200 once it has ended, 304 when the client has this version already. */
export function batchResponse(row: BatchRow, request: Request): Response {
  const etag = `"${row.version}"`;
  const headers = new Headers({ etag, 'cache-control': 'private, no-cache' });
  const ended = isBatchEnded(row.status);
  if (!ended) headers.set('retry-after', '2');
  const known =
    request.headers
      .get('if-none-match')
      ?.split(',')
      .map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  if (known.includes(etag) || known.includes('*')) return new Response(null, { status: 304, headers });
  return Response.json({ batch: toBatch(row) }, { status: ended ? 200 : 202, headers });
}
