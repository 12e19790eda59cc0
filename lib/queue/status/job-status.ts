import type { JobStatus } from '@/types/jobs';
import { queueNameOf } from '../job-id';
import { type LedgerAttempt, type LedgerJob, readJob } from '../job-ledger';
import { producerRedis, withRedis } from '../redis-client';
import { emit } from '../telemetry';
import { keepForLater } from './status-backlog';
import { readStatusRecord, type StatusUpdate, writeStatusRecord } from './status-record';

/** A running job without a sign of life for this long may have moved on without Redis knowing: the ledger is asked. */
export const HEARTBEAT_OVERDUE_MS = 15_000;
const READ_LIMIT_MS = 500;

/**
 * The status of one job in one Redis round trip, whatever the backlog; Bull's lists are never touched. When Redis is
 * away, has forgotten the job, or its record is overdue, the ledger answers.
 * @returns null when there is no such job. The caller checks `owner`.
 * @throws AppError `database_unavailable` when neither can answer.
 */
export async function readJobStatus(jobId: string): Promise<JobStatus | null> {
  const queue = queueNameOf(jobId);
  if (queue === null) return null;
  const kept = await withRedis(() => readStatusRecord(producerRedis(), queue, jobId), READ_LIMIT_MS).catch(() => null);
  if (kept && !isHeartbeatOverdue(kept)) return kept;
  const recorded = await readJob(jobId);
  if (!recorded) return kept;
  const fromLedger = statusFromLedger(recorded);
  return kept && kept.version >= fromLedger.version ? kept : fromLedger;
}

/** Whether a running job has given no sign of life for too long; the API shows it as `stale`. */
export function isHeartbeatOverdue(status: JobStatus, now = Date.now()): boolean {
  if (status.state !== 'active') return false;
  const lastSign = Date.parse(status.heartbeat_at ?? status.started_at ?? status.created_at);
  return now - lastSign > HEARTBEAT_OVERDUE_MS;
}

/** The status that a ledger row stands for. */
export function statusFromLedger(job: LedgerJob): JobStatus {
  return {
    id: job.id,
    queue: job.queue,
    owner: job.user_id,
    company_id: job.company_id,
    company_name: job.company_name,
    report_id: job.report_id,
    state: job.state,
    progress: job.progress,
    step: job.step,
    version: statusVersion(job.version),
    attempt: job.attempt,
    max_attempts: job.max_attempts,
    created_at: job.created_at,
    started_at: job.started_at,
    run_at: job.run_at,
    finished_at: job.finished_at,
    heartbeat_at: null,
    cancel_requested: job.cancel_requested_at !== null,
    error: job.error,
    result: job.result ?? null,
    position: null,
  };
}

export type StartedAttempt = Exclude<LedgerAttempt, { outcome: 'not_found' }>;

/**
 * What an attempt knows of its job. Part of all it writes, so that a record which Redis lost while the job runs is whole
 * again with the next news.
 */
export function attemptStatus(jobId: string, attempt: StartedAttempt) {
  return {
    id: jobId,
    queue: attempt.queue,
    owner: attempt.user_id,
    company_id: attempt.company_id,
    company_name: attempt.company_name,
    report_id: attempt.report_id,
    attempt: attempt.attempt,
    max_attempts: attempt.max_attempts,
    created_at: attempt.created_at,
    started_at: attempt.started_at,
  };
}

/**
 * The version of a status: the ledger's version, with room below the next one for steps that only Redis is told about.
 * Whatever a crashed attempt had counted, the next entry in the ledger is newer.
 */
export function statusVersion(ledgerVersion: number, steps = 0): number {
  return ledgerVersion * 1_000 + Math.min(steps, 999);
}

/**
 * Brings the status record up to date. The record is a convenience: when Redis is away the ledger still answers, so a
 * failure is reported, tried again later, and not thrown.
 * @returns whether Redis took it, be it only to find that it knew better.
 */
export async function writeJobStatus(update: StatusUpdate): Promise<boolean> {
  const write = (news: StatusUpdate) => withRedis(() => writeStatusRecord(producerRedis(), news));
  try {
    await write(update);
    return true;
  } catch (error) {
    emit({ name: 'status.unwritten', jobId: update.id, error });
    keepForLater(update, write);
    return false;
  }
}

/** Writes what the ledger says, for jobs that just joined the queue or whose record may be behind. */
export function writeStatusOf(job: LedgerJob, extra: { joinsLine?: boolean } = {}): Promise<boolean> {
  const { position: _, ...status } = statusFromLedger(job);
  return writeJobStatus({ ...status, ...extra });
}
