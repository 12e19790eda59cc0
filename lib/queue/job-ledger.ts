import { z } from 'zod';
import { quotaSchema } from '@/lib/quota/schema';
import { callRpc, unwrap } from '@/lib/supabase/rpc';
import { type ServiceClient, serviceClient } from '@/lib/supabase/service-client';
import type { Json } from '@/types/database';
import { jobErrorSchema, jobStateSchema, jobStepSchema } from '@/types/jobs';
import type { JobEffects, JobStep } from './job-context';

/** A job as the ledger records it; instants are ISO. */
export const ledgerJobSchema = z.object({
  id: z.string(),
  queue: z.string(),
  user_id: z.string().nullable(),
  company_id: z.string(),
  company_name: z.string(),
  payload: z.unknown(),
  state: jobStateSchema,
  /** 0 to 100. */
  progress: z.int(),
  step: jobStepSchema.nullable(),
  /** Attempts that count; 0 before the first. */
  attempt: z.int(),
  max_attempts: z.int(),
  priority: z.int(),
  version: z.int(),
  /** Counts from 1; raised when a person retries the job. */
  run_id: z.int(),
  result: z.unknown(),
  error: jobErrorSchema.nullable(),
  report_id: z.string().nullable(),
  quota_state: z.enum(['none', 'reserved', 'kept', 'returned']),
  /** Recorded, but not given to Redis yet: the window of its owner or batch is full. */
  held: z.boolean(),
  batch_id: z.string().nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  run_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  cancel_requested_at: z.string().nullable(),
});
export type LedgerJob = z.infer<typeof ledgerJobSchema>;

const submissionSchema = z.object({
  outcome: z.enum(['accepted', 'replayed', 'deduplicated', 'cached']),
  job: ledgerJobSchema.nullable(),
  report_id: z.string().nullable(),
  quota: quotaSchema.nullable(),
});
type LedgerSubmission = z.infer<typeof submissionSchema>;

type SubmitRequest = {
  queue: string;
  user_id: string | null;
  company_id: string;
  company_name: string | null;
  payload: unknown;
  idempotency_key: string | null;
  request_hash: string | null;
  /** Do the work although a fresh report exists. */
  force: boolean;
  max_attempts: number;
  priority: number;
  fresh_for_seconds: number;
  creates_report: boolean;
  uses_quota: boolean;
  monthly_limit: number;
  /** Waiting jobs at which the queue refuses more. */
  queue_limit: number;
  /** Jobs of the queue that may be with Redis before those of a user are held; null: none is held. */
  user_window: number | null;
  /** Last part of the job id; raised when the id is taken. */
  job_id_ms: number;
};

/** The place of the item that it answers, from 1. */
const placeSchema = z.int();

const attemptSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('not_found'), n: placeSchema }),
  z.object({
    n: placeSchema,
    /** Only `started` is to be run; the others have ended: before, by a cancel request, or set aside just now. */
    outcome: z.enum(['started', 'cancelled', 'terminal', 'quarantined']),
    state: jobStateSchema,
    /** Fencing token: only its holder may save and finish. */
    token: z.int(),
    version: z.int(),
    /** Counts from 1; a crash does not raise it. */
    attempt: z.int(),
    max_attempts: z.int(),
    crash_count: z.int(),
    run_id: z.int(),
    progress: z.int(),
    queue: z.string(),
    payload: z.unknown(),
    user_id: z.string().nullable(),
    company_id: z.string(),
    company_name: z.string(),
    report_id: z.string().nullable(),
    batch_id: z.string().nullable(),
    created_at: z.string(),
    started_at: z.string().nullable(),
    /** Documents that earlier attempts saved, in order. */
    sections: z.array(z.unknown()),
  }),
]);
export type LedgerAttempt = z.infer<typeof attemptSchema>;

type StartItem = { job_id: string; worker: string; key: string };

const savedSchema = z.object({ version: z.int(), cancel_requested: z.boolean() });
export type SavedProgress = z.infer<typeof savedSchema>;

export type ProgressUpdate = {
  jobId: string;
  token: number;
  progress: number;
  step: JobStep | null;
  /** A version that readers have seen; the ledger's becomes greater. */
  version?: number;
  sections: readonly { id: string; position: number; document: unknown }[];
};

export type FinishItem = {
  job_id: string;
  token: number;
  outcome: 'completed' | 'failed' | 'retry' | 'cancelled' | 'released';
  result?: unknown;
  error?: z.infer<typeof jobErrorSchema> | null;
  effects?: JobEffects | null;
  /** Of a retry: ISO instant of the next attempt. */
  run_at?: string | null;
  /** False gives a retry's attempt number back. */
  counts_attempt?: boolean;
  version: number;
};

const finishResultSchema = z.object({
  n: placeSchema,
  job_id: z.string(),
  /** `rejected`: the database refused what the job wanted to write; the job is still active. */
  outcome: z.enum(['committed', 'lease_lost', 'rejected']),
  version: z.int().nullable(),
  /** As it is now; `cancelled` where a retry met a cancel request. */
  state: jobStateSchema.nullable(),
  /** Why it was rejected: the database's own code and message, for the log only. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type FinishResult = z.infer<typeof finishResultSchema>;

const cancellationSchema = z.object({
  outcome: z.enum(['cancelled', 'cancelling', 'terminal', 'not_found']),
  job: ledgerJobSchema.nullable(),
});
const retrySchema = z.object({
  outcome: z.enum(['queued', 'not_found', 'not_retryable']),
  job: ledgerJobSchema.nullable(),
});

/**
 * Records a job, or finds what makes it unnecessary, in one transaction.
 * @throws AppError `company_not_found`, `idempotency_key_reused`, `quota_exceeded`, `queue_full`, `unauthenticated`,
 *   `database_unavailable`.
 */
export function submitJob(request: SubmitRequest): Promise<LedgerSubmission> {
  return callRpc(serviceClient(), 'submit_job', { p_request: toJson(request) }, submissionSchema);
}

/**
 * Opens attempts and fences off every earlier one of their jobs; results come in the order of the items.
 * @param items of each: the worker's name, and a key of this start, under which it may be asked for again.
 */
export async function startAttempts(items: readonly StartItem[]): Promise<LedgerAttempt[]> {
  const started = await callRpc(groupClient(), 'start_attempts', { p_items: toJson(items) }, z.array(attemptSchema));
  return started.sort(byPlace);
}

/** @throws AppError `lease_lost` when another attempt has taken over or the job has ended. */
export function saveProgress(update: ProgressUpdate): Promise<SavedProgress> {
  const args = {
    p_job_id: update.jobId,
    p_token: update.token,
    p_progress: Math.round(update.progress),
    p_step: update.step,
    p_version: update.version ?? 0,
    p_sections: toJson(update.sections),
  };
  return callRpc(serviceClient(), 'save_progress', args, savedSchema);
}

/** Ends attempts, each only if its token is still current; results come in the order of the items. */
export async function finishJobs(items: readonly FinishItem[]): Promise<FinishResult[]> {
  const ended = await callRpc(groupClient(), 'finish_jobs', { p_items: toJson(items) }, z.array(finishResultSchema));
  return ended.sort(byPlace);
}

/** @param userId whose job it must be, unless the caller is an admin. */
export function cancelJob(jobId: string, userId: string | null, isAdmin: boolean) {
  const args = { p_job_id: jobId, p_user_id: userId, p_is_admin: isAdmin };
  return callRpc(serviceClient(), 'cancel_job', args, cancellationSchema);
}

/**
 * Puts a failed or cancelled job back in line as a new run; sections saved within the last hour are kept.
 * @throws AppError `job_not_retryable` while another job for the same company is in flight, `quota_exceeded`.
 */
export function retryJob(jobId: string, userId: string | null, isAdmin: boolean, monthlyLimit: number) {
  const args = { p_job_id: jobId, p_user_id: userId, p_is_admin: isAdmin, p_monthly_limit: monthlyLimit };
  return callRpc(serviceClient(), 'retry_job', args, retrySchema);
}

/** The recorded job, whoever owns it. */
export async function readJob(jobId: string): Promise<LedgerJob | null> {
  const columns = Object.keys(ledgerJobSchema.shape).join(',');
  const row = unwrap(await serviceClient().from('jobs').select(columns).eq('id', jobId).maybeSingle());
  return row === null ? null : ledgerJobSchema.parse(row);
}

/** Recorded jobs, whoever owns them; ids that do not exist are left out. */
export async function readJobs(jobIds: readonly string[]): Promise<LedgerJob[]> {
  const columns = Object.keys(ledgerJobSchema.shape).join(',');
  const read = async (ids: string[]) =>
    z.array(ledgerJobSchema).parse(unwrap(await serviceClient().from('jobs').select(columns).in('id', ids)));
  // The ids travel in the address, whose length is limited.
  const pages = Array.from({ length: Math.ceil(jobIds.length / 100) }, (_, page) =>
    read(jobIds.slice(page * 100, (page + 1) * 100)),
  );
  return (await Promise.all(pages)).flat();
}

function byPlace(a: { n: number }, b: { n: number }): number {
  return a.n - b.n;
}

/** No person waits for a group, and giving one up that is only slow would cost more than waiting for it. */
function groupClient(): ServiceClient {
  return serviceClient({ timeoutMs: 8_000 });
}

/** Our types say what is sent; that they are made of JSON values only cannot be told to the compiler for `unknown`. */
function toJson(value: unknown): Json {
  return value as Json;
}
