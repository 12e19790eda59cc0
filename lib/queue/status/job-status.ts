import type { JobStatus } from '@/types/jobs';
import { queueNameOf } from '../job-id';
import { type LedgerAttempt, type LedgerJob, readJobs } from '../job-ledger';
import { producerRedis, withRedis } from '../redis-client';
import { emit } from '../telemetry';
import { isOlderThanShown, neverBackwards } from './newest-shown';
import { type RecordRead, readStatusRecords } from './read-records';
import { keepForLater } from './status-backlog';
import { type StatusUpdate, writeStatusRecord } from './status-record';
import { ledgerVersionOf, statusVersion } from './status-version';

export { statusVersion };

/** A running job without a sign of life for this long may have moved on without Redis knowing: the ledger is asked. */
export const HEARTBEAT_OVERDUE_MS = 15_000;
const READ_LIMIT_MS = 500;

/**
 * The status of one job in one Redis round trip, whatever the backlog; Bull's lists are never touched. When Redis is
 * away, has forgotten the job, or its record is overdue, the ledger answers.
 * @param seenVersion what the reader has been shown already, perhaps by another process: a record that is behind it has
 *   missed news.
 * @returns null when there is no such job. The caller checks `owner`.
 * @throws AppError `database_unavailable` when neither can answer.
 */
export async function readJobStatus(jobId: string, seenVersion = 0): Promise<JobStatus | null> {
  return (await readJobStatuses([jobId], seenVersion)).get(jobId) ?? null;
}

/** As `readJobStatus` for many jobs at once, still in one Redis round trip. Jobs that do not exist are left out. */
export async function readJobStatuses(jobIds: readonly string[], seenVersion = 0): Promise<Map<string, JobStatus>> {
  const jobs = jobIds.flatMap((id) => {
    const queue = queueNameOf(id);
    return queue === null ? [] : [{ id, queue }];
  });
  if (jobs.length === 0) return new Map();
  const read = () => readStatusRecords(producerRedis(), jobs);
  const records = await withRedis(read, READ_LIMIT_MS).catch(() => null);
  const kept = new Map(jobs.map(({ id }, index) => [id, records?.[index] ?? null]));
  const doubtful = jobs.filter(({ id }) => !isTrusted(kept.get(id)?.status ?? null, seenVersion)).map(({ id }) => id);
  const recorded = new Map((doubtful.length > 0 ? await readJobs(doubtful) : []).map((job) => [job.id, job]));
  const statuses = jobs.flatMap(({ id }) => {
    const status = newer(kept.get(id) ?? null, recorded.get(id) ?? null, records === null);
    return status ? [[id, neverBackwards(status)] as const] : [];
  });
  return new Map(statuses);
}

/** A record that is overdue, or older than what was shown before, may have missed news. */
function isTrusted(kept: JobStatus | null, seenVersion: number): boolean {
  if (kept === null || isHeartbeatOverdue(kept) || isOlderThanShown(kept)) return false;
  return ledgerVersionOf(kept.version) >= ledgerVersionOf(seenVersion);
}

function newer(kept: RecordRead | null, recorded: LedgerJob | null, redisIsAway: boolean): JobStatus | null {
  if (!recorded) return kept?.status ?? null;
  const fromLedger = statusFromLedger(recorded);
  if (kept?.status && kept.status.version >= fromLedger.version) return kept.status;
  if (fromLedger.state === 'active') return { ...fromLedger, heartbeat_at: kept?.heartbeatAt ?? null };
  if (fromLedger.state !== 'queued') return fromLedger;
  return { ...fromLedger, waiting_for: redisIsAway ? 'redis' : fromLedger.held ? 'own_jobs' : null };
}

/**
 * What a reader sees of a status, in short: the version, and what changes without a new version, which is a missing
 * heartbeat, the place in the line, and what the job waits for.
 */
export function statusTag(status: JobStatus): string {
  const stale = isHeartbeatOverdue(status) ? '-stale' : '';
  const place = status.position === null ? '' : `-p${status.position}`;
  return `${status.version}${stale}${place}${status.waiting_for === null ? '' : `-${status.waiting_for}`}`;
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
    run: job.run_id,
    attempt: job.attempt,
    max_attempts: job.max_attempts,
    created_at: job.created_at,
    started_at: job.started_at,
    run_at: job.run_at,
    finished_at: job.finished_at,
    heartbeat_at: null,
    cancel_requested: job.cancel_requested_at !== null,
    held: job.held,
    error: job.error,
    result: job.result ?? null,
    position: null,
    waiting_for: null,
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
    run: attempt.run_id,
    held: false,
    attempt: attempt.attempt,
    max_attempts: attempt.max_attempts,
    created_at: attempt.created_at,
    started_at: attempt.started_at,
    ...(attempt.batch_id === null ? {} : { keep: 'short' as const }),
  };
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
  return writeJobStatus({ ...updateFromLedger(job), ...extra });
}

/** What the ledger says of a job, as news for its record. */
export function updateFromLedger(job: LedgerJob): StatusUpdate {
  const { position: _, waiting_for: __, ...status } = statusFromLedger(job);
  return status;
}
