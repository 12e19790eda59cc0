import { createHash } from 'node:crypto';
import { config } from '@/lib/config';
import { AppError, toAppError } from '@/lib/errors';
import type { Quota } from '@/lib/quota/get-quota';
import { BATCH_PRIORITY } from './bull-options';
import type { QueueDefinition } from './define-queue';
import { enqueue } from './enqueue';
import { type LedgerJob, submitJob } from './job-ledger';
import { writeStatusOf } from './status/job-status';
import { emit } from './telemetry';
import { noteHeld } from './window/note-held';
import { configuredWindows } from './window/windows';

export type SubmitOptions = {
  /** Whose job it is; by default whom the payload names. */
  userId?: string | null;
  idempotencyKey?: string | null;
  /** Of everything that makes two requests the same; by default of the payload. */
  requestHash?: string;
  /** Do the work although a fresh report exists. */
  force?: boolean;
  /** Part of a batch: waits behind everything a person started. */
  batch?: boolean;
};

export type Submission = {
  /** `cached`: a fresh report made a job unnecessary, so `job` is null. */
  outcome: 'accepted' | 'replayed' | 'deduplicated' | 'cached';
  job: LedgerJob | null;
  reportId: string | null;
  quota: Quota | null;
  /** False when Redis was not given it: it did not answer, or the job is held. A worker gives it as soon as it can. */
  enqueued: boolean;
};

/**
 * Records a job and gives it to Redis. Once recorded it will run: a Redis that does not answer only delays it.
 * @param payload wire form, parsed by the queue's schema.
 * @throws AppError `invalid_request`, `company_not_found`, `idempotency_key_reused`, `quota_exceeded`, `queue_full`,
 *   `database_unavailable` (nothing was recorded then).
 */
export async function submitAndEnqueue(
  definition: QueueDefinition,
  payload: unknown,
  options: SubmitOptions = {},
): Promise<Submission> {
  const { window, batchWindow } = configuredWindows(definition);
  const submission = await recordJob(definition, payload, options, options.batch ? batchWindow : window);
  const { job, outcome } = submission;
  if (!job) return submission;
  const enqueued = outcome === 'accepted' ? await tellRedis(job) : true;
  emit({ name: 'job.enqueued', queue: definition.name, jobId: job.id, outcome, enqueued });
  return { ...submission, enqueued };
}

/**
 * Records a job without giving it to Redis: for the synchronous mode, which runs it at once.
 * @param userWindow jobs of the queue that may be with Redis before this one is held; null: it is not held.
 */
export async function recordJob(
  definition: QueueDefinition,
  payload: unknown,
  options: SubmitOptions = {},
  userWindow: number | null = null,
): Promise<Submission> {
  const parsed = parsePayload(definition, payload);
  const subject = definition.subject(parsed);
  const idempotencyKey = options.idempotencyKey ?? null;
  const result = await submitJob({
    queue: definition.name,
    user_id: options.userId === undefined ? subject.userId : options.userId,
    company_id: subject.companyId,
    company_name: subject.companyName,
    payload: parsed,
    idempotency_key: idempotencyKey,
    request_hash: idempotencyKey === null ? null : (options.requestHash ?? hashOf(parsed)),
    force: options.force ?? definition.forces(parsed),
    max_attempts: definition.attempts,
    priority: options.batch ? BATCH_PRIORITY : definition.priority,
    fresh_for_seconds: definition.freshForSeconds,
    creates_report: definition.createsReport,
    uses_quota: definition.usesQuota,
    monthly_limit: config().quota.researchMonthlyLimit,
    queue_limit: config().queue.limit,
    user_window: userWindow,
    job_id_ms: Date.now(),
  });
  return {
    outcome: result.outcome,
    job: result.job,
    reportId: result.report_id,
    quota: result.quota,
    enqueued: false,
  };
}

/**
 * @returns the payload in its parsed form.
 * @throws AppError `invalid_request` naming every field that is wrong.
 */
export function parsePayload(definition: QueueDefinition, payload: unknown): unknown {
  const parsed = definition.payloadSchema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({
    in: 'body',
    field: issue.path.join('.'),
    problem: issue.message,
  }));
  const list = errors.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  throw new AppError('invalid_request', {
    detail: `This is not a payload of the ${definition.name} queue; nothing was recorded. ${list}`,
    extras: { errors },
  });
}

/**
 * Status first, then the line: a worker may start the job before the next statement runs, and its news must find a
 * complete record. A Redis that does not take the first is not asked the second. A held job is not given to Redis, but
 * has its place in the line.
 */
export async function tellRedis(job: LedgerJob): Promise<boolean> {
  if (!(await writeStatusOf(job, { joinsLine: job.state === 'queued' }))) return false;
  if (job.held) {
    await noteHeld(job.queue);
    return false;
  }
  try {
    return (await enqueue(job)) !== 'busy';
  } catch (error) {
    if (toAppError(error).code !== 'redis_unavailable') throw error;
    return false;
  }
}

function hashOf(payload: unknown): string {
  return createHash('sha256').update(JSON.stringify(payload)).digest('hex');
}
