import { z } from 'zod';

/** The states of a job, in the ledger, in Redis and on the wire. */
export const JOB_STATES = ['queued', 'delayed', 'active', 'completed', 'failed', 'cancelled'] as const;
export const TERMINAL_STATES = ['completed', 'failed', 'cancelled'] as const;

export const jobStateSchema = z.enum(JOB_STATES);

/** Where a running job is: `index` counts from 1 to `total`; `label` is for people. */
export const jobStepSchema = z.object({ name: z.string(), label: z.string(), index: z.int(), total: z.int() });

export const jobErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  /** The provider that caused it, as people know it. */
  provider: z.string().optional(),
});

/**
 * What a queued job waits for: its `turn`, its owner's other jobs (`own_jobs`), the queue to be resumed (`resume`), a
 * `worker` where none is alive, or `redis` to be back.
 */
export const waitingForSchema = z.enum(['turn', 'own_jobs', 'resume', 'worker', 'redis']);

/**
 * The status of one job, as kept in Redis and derived from the ledger. Wire form, therefore snake_case; instants are ISO.
 * `owner` is for the access check and is never shown.
 */
export const jobStatusSchema = z.object({
  id: z.string(),
  queue: z.string(),
  owner: z.string().nullable(),
  company_id: z.string().nullable(),
  company_name: z.string().nullable(),
  report_id: z.string().nullable(),
  state: jobStateSchema,
  /** 0 to 100; never goes backwards within a run. */
  progress: z.number().min(0).max(100),
  step: jobStepSchema.nullable(),
  /** Grows with every change: the ETag, the event id and the record's version. */
  version: z.number(),
  /** Counts from 1; raised when a person retries the job. */
  run: z.int(),
  /** Counts from 1 once started; 0 before. */
  attempt: z.int(),
  max_attempts: z.int(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  /** When a delayed job runs next. */
  run_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  /** Last sign of life of the worker that runs it; null when it does not run or Redis is away. */
  heartbeat_at: z.string().nullable(),
  cancel_requested: z.boolean(),
  /** Recorded, but not given to Redis yet: the window of its owner or batch is full. */
  held: z.boolean(),
  error: jobErrorSchema.nullable(),
  result: z.unknown(),
  /** Place in the queue, 1 is next; null when it does not wait or is not known. */
  position: z.int().nullable(),
  /** Null when it does not wait or the reason is not known. */
  waiting_for: waitingForSchema.nullable(),
});

/** One job of a list as the ledger has it. */
export const jobSummarySchema = z.object({
  id: z.string(),
  queue: z.string(),
  company_id: z.string().nullable(),
  company_name: z.string().nullable(),
  state: jobStateSchema,
  progress: z.number(),
  attempt: z.number(),
  max_attempts: z.number(),
  error: jobErrorSchema.nullable(),
  report_id: z.string().nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  run_at: z.string().nullable(),
  finished_at: z.string().nullable(),
});
/** As `GET /api/jobs` answers: with what the status record of a job under way knows beyond the ledger. */
export const jobListItemSchema = jobSummarySchema.extend({
  position: z.int().nullish(),
  reason: z.string().nullish(),
  stale: z.boolean().nullish(),
  cancelling: z.boolean().nullish(),
});
export const jobListSchema = z.object({ items: z.array(jobListItemSchema), next_cursor: z.string().nullable() });

export type JobState = z.infer<typeof jobStateSchema>;
export type WaitingFor = z.infer<typeof waitingForSchema>;
export type JobError = z.infer<typeof jobErrorSchema>;
export type JobStatus = z.infer<typeof jobStatusSchema>;
export type JobSummary = z.infer<typeof jobSummarySchema>;
export type JobListItem = z.infer<typeof jobListItemSchema>;
export type JobListAnswer = z.infer<typeof jobListSchema>;

export function isTerminal(state: JobState): boolean {
  return TERMINAL_STATES.some((terminal) => terminal === state);
}
