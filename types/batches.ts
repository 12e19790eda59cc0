import { z } from 'zod';

/**
 * `preparing`: its companies are still being counted; `cancelling`: running jobs are being stopped. A batch in which some
 * companies failed is `completed` all the same.
 */
export const BATCH_STATUSES = ['preparing', 'running', 'cancelling', 'cancelled', 'completed'] as const;
export const batchStatusSchema = z.enum(BATCH_STATUSES);

/** `pending`: not in the queue yet; `skipped`: a job in flight or a fresh report made the work unnecessary. */
export const BATCH_OUTCOMES = ['pending', 'queued', 'active', 'completed', 'failed', 'cancelled', 'skipped'] as const;
export const batchOutcomeSchema = z.enum(BATCH_OUTCOMES);

export const MAX_BATCH_IDS = 10_000;
export const MAX_BATCH_COMPANIES = 1_000_000;

/** Which companies: the same meaning as the query of `GET /api/companies`. */
export const batchFilterSchema = z.strictObject({
  q: z.string().trim().max(200).optional(),
  status: z.string().trim().min(1).max(50).optional(),
  sic: z
    .string()
    .regex(/^\d{4,5}$/, 'must be a SIC code of 4 or 5 digits')
    .optional(),
  /** Town or city as in the address, in any case. */
  locality: z.string().trim().min(1).max(200).optional(),
});

export const batchCountsSchema = z.object({
  pending: z.int(),
  queued: z.int(),
  active: z.int(),
  completed: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  skipped: z.int(),
});

/** A batch on the wire, therefore snake_case; instants are ISO. */
export const batchSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  queue: z.string(),
  status: batchStatusSchema,
  /** Companies; null while they are still being counted. */
  total: z.int().nullable(),
  counts: batchCountsSchema,
  /** Share of companies that have an outcome, 0 to 100. */
  progress: z.int().min(0).max(100),
  /** Why it waits, in plain words. */
  reason: z.string().nullable(),
  filter: batchFilterSchema.nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  /** From the pace of this batch so far; null until there is enough of it. */
  estimated_completion: z.string().nullable(),
  /** Grows with every change; the ETag. */
  version: z.int(),
  links: z.object({
    self: z.string(),
    items: z.string(),
    export: z.string(),
    /** Null when nothing failed or the batch still runs. */
    retry: z.string().nullable(),
  }),
});

/** What became of one company of a batch. */
export const batchItemSchema = z.object({
  company_id: z.string(),
  /** Null for an id that is not in the workspace. */
  company_name: z.string().nullable(),
  outcome: batchOutcomeSchema,
  /** Why it was skipped, or what it waits for, in plain words. */
  reason: z.string().nullable(),
  job_id: z.string().nullable(),
  report_id: z.string().nullable(),
  /** Of a completed job: the result of its queue. */
  result: z.record(z.string(), z.unknown()).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  finished_at: z.string().nullable(),
});

/** Answer to `POST /api/batches` and to a retry. */
export const batchAcceptedSchema = z.object({ batch: batchSchema, poll_url: z.string() });
/** Answer to `GET` and `DELETE /api/batches/{id}`. */
export const batchAnswerSchema = z.object({ batch: batchSchema });
export const batchListSchema = z.object({ items: z.array(batchSchema), next_cursor: z.string().nullable() });
export const batchItemListSchema = z.object({ items: z.array(batchItemSchema), next_cursor: z.string().nullable() });

export type BatchStatus = z.infer<typeof batchStatusSchema>;
export type BatchOutcome = z.infer<typeof batchOutcomeSchema>;
export type BatchFilter = z.infer<typeof batchFilterSchema>;
export type BatchCounts = z.infer<typeof batchCountsSchema>;
export type Batch = z.infer<typeof batchSchema>;
export type BatchItem = z.infer<typeof batchItemSchema>;
export type BatchList = z.infer<typeof batchListSchema>;
export type BatchItemList = z.infer<typeof batchItemListSchema>;

export function isBatchEnded(status: BatchStatus): boolean {
  return status === 'completed' || status === 'cancelled';
}
