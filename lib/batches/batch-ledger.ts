import { z } from 'zod';
import { decodeCursor, encodeCursor } from '@/lib/http/cursor';
import { ledgerJobSchema } from '@/lib/queue/job-ledger';
import { callRpc, unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import type { UserClient } from '@/lib/supabase/user-client';
import { batchFilterSchema, batchOutcomeSchema, batchStatusSchema } from '@/types/batches';
import type { Json } from '@/types/database';

/** A batch as the ledger records it; instants are ISO. */
export const batchRowSchema = z.object({
  id: z.string(),
  queue: z.string(),
  name: z.string().nullable(),
  status: batchStatusSchema,
  filter: batchFilterSchema.nullable(),
  /** How far the filter has been followed; null when all companies are known. */
  collected_to: z.string().nullable(),
  truncated: z.boolean(),
  pending: z.int(),
  /** Items whose job has not ended; `active` and `delayed` are parts of them. */
  open: z.int(),
  active: z.int(),
  delayed: z.int(),
  completed: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  skipped: z.int(),
  delayed_until: z.string().nullable(),
  delay_code: z.string().nullable(),
  /** Items ended per second. */
  pace: z.number().nullable(),
  pace_samples: z.int(),
  version: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  cancel_requested_at: z.string().nullable(),
});
export type BatchRow = z.infer<typeof batchRowSchema>;

const itemRowSchema = z.object({
  company_id: z.string(),
  company_name: z.string().nullable(),
  outcome: batchOutcomeSchema,
  /** Why it has no job of this batch. */
  code: z.string().nullable(),
  job_id: z.string().nullable(),
  report_id: z.string().nullable(),
  result: z.record(z.string(), z.unknown()).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** When a delayed job goes on. */
  run_at: z.string().nullable(),
  finished_at: z.string().nullable(),
});
export type BatchItemRow = z.infer<typeof itemRowSchema>;

export type BatchRequest = {
  user_id: string;
  queue: string;
  name: string | null;
  company_ids?: readonly string[];
  filter?: z.infer<typeof batchFilterSchema>;
  /** Of every job, apart from the company. */
  payload: Record<string, unknown>;
  /** Do the work although a fresh report exists. */
  force: boolean;
  idempotency_key: string | null;
  request_hash: string | null;
};

const creationSchema = z.object({ outcome: z.enum(['accepted', 'replayed']), batch: batchRowSchema });
const cancellationSchema = z.object({
  outcome: z.enum(['cancelled', 'cancelling', 'terminal', 'not_found']),
  batch: batchRowSchema.nullable(),
  jobs: z.array(
    z.object({ outcome: z.enum(['cancelled', 'cancelling']), was_held: z.boolean(), job: ledgerJobSchema }),
  ),
});
const retrySchema = z.object({
  outcome: z.enum(['queued', 'not_retryable', 'not_found']),
  batch: batchRowSchema.nullable(),
});
const stepSchema = z.object({ id: z.string().nullable(), jobs: z.boolean(), hurry: z.boolean() });

/** Items that a request turns at once; a feeder does the rest. */
const TURN = 2_000;
/** Cancelling ends hundreds of jobs in one transaction, and may have to wait for a feeder's step. */
const CHANGE_TIMEOUT_MS = 8_000;

/** @throws AppError `idempotency_key_reused`, `unauthenticated`, `database_unavailable` (nothing was recorded then). */
export function createBatch(request: BatchRequest) {
  return callRpc(serviceClient(), 'create_batch', { p_request: toJson(request) }, creationSchema);
}

/** Ends what waits and asks what runs to stop. `jobs`: what Redis has to be told. */
export function cancelBatchInLedger(batchId: string, userId: string) {
  const args = { p_batch_id: batchId, p_user_id: userId, p_chunk: TURN };
  return callRpc(serviceClient({ timeoutMs: CHANGE_TIMEOUT_MS }), 'cancel_batch', args, cancellationSchema);
}

/** Makes the failed companies ready once more. */
export function retryBatchInLedger(batchId: string, userId: string) {
  const args = { p_batch_id: batchId, p_user_id: userId, p_chunk: TURN };
  return callRpc(serviceClient({ timeoutMs: CHANGE_TIMEOUT_MS }), 'retry_batch', args, retrySchema);
}

/** @returns null when the user has no such batch. */
export async function readBatch(batchId: string, userId: string): Promise<BatchRow | null> {
  const query = serviceClient().from('batches').select(BATCH_COLUMNS).eq('id', batchId).eq('user_id', userId);
  const row = unwrap(await query.maybeSingle());
  return row === null ? null : batchRowSchema.parse(row);
}

/** One user's own batches, newest first. */
export async function listBatches(
  client: UserClient,
  userId: string,
  page: { cursor?: string | undefined; limit: number },
) {
  let query = client.from('batches').select(BATCH_COLUMNS).eq('user_id', userId);
  if (page.cursor) {
    const { at, id } = decodeCursor(page.cursor);
    query = query.or(`created_at.lt."${at}",and(created_at.eq."${at}",id.lt."${id}")`);
  }
  const ordered = query.order('created_at', { ascending: false }).order('id', { ascending: false });
  const rows = z.array(batchRowSchema).parse(unwrap(await ordered.limit(page.limit + 1)));
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  const next = rows.length > page.limit && last ? encodeCursor({ at: last.created_at, id: last.id }) : null;
  return { items, next_cursor: next };
}

type ItemPage = { outcome?: string | undefined; after?: string | undefined; limit: number };

/**
 * What became of the companies, in the order of their ids.
 * @param page.after company id; at most 5,000 items are returned.
 * @returns null when the user has no such batch.
 */
export function listBatchItems(batchId: string, userId: string, page: ItemPage): Promise<BatchItemRow[] | null> {
  const args = {
    p_batch_id: batchId,
    p_user_id: userId,
    p_outcome: page.outcome ?? null,
    p_after: page.after ?? null,
    p_limit: page.limit,
  };
  return callRpc(serviceClient(), 'list_batch_items', args, z.array(itemRowSchema).nullable());
}

/** Carries the batch that was left alone longest one step further. @returns `id` null when there was nothing to do. */
export function tendBatch(queues: Record<string, unknown>, limits: Record<string, number>) {
  // A step collects or turns thousands of rows: it may take longer than a request would wait.
  const client = serviceClient({ timeoutMs: 10_000 });
  return callRpc(client, 'tend_batch', { p_queues: toJson(queues), p_limits: limits }, stepSchema);
}

const BATCH_COLUMNS = Object.keys(batchRowSchema.shape).join(',');

/** Our types say what is sent; that they are made of JSON values only cannot be told to the compiler for `unknown`. */
function toJson(value: unknown): Json {
  return value as Json;
}
