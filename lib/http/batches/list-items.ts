import { listBatchItems } from '@/lib/batches/batch-ledger';
import { AppError } from '@/lib/errors';
import type { BatchItemList } from '@/types/batches';
import { decodeCursor, encodeCursor } from '../cursor';
import { toBatchItem } from './batch-body';

type Page = { outcome?: string | undefined; cursor?: string | undefined; limit: number };

/** @throws AppError `batch_not_found`, `invalid_request` for a cursor of another list. */
export async function batchItemPage(batchId: string, userId: string, page: Page): Promise<BatchItemList> {
  const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor).id;
  const rows = await listBatchItems(batchId, userId, { outcome: page.outcome, after, limit: page.limit + 1 });
  if (rows === null) throw new AppError('batch_not_found');
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return {
    items: items.map(toBatchItem),
    next_cursor: rows.length > page.limit && last ? encodeCursor({ at: 'item', id: last.company_id }) : null,
  };
}
