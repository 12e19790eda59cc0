import { AppError } from '@/lib/errors';
import { isTerminal, type JobState } from '@/types/jobs';
import type { JobOutcome } from '../job-context';
import type { QueueEvent } from '../job-events';
import { type FinishItem, type FinishResult, readJob } from '../job-ledger';
import { sharedNow } from '../shared-clock';
import { attemptStatus, type StartedAttempt, statusVersion, writeStatusOf } from '../status/job-status';
import type { StatusUpdate } from '../status/status-record';
import { noteJobStatus } from '../status/status-writer';
import { emit } from '../telemetry';
import type { Decision } from './decide-outcome';
import { finishAttempt } from './finish-attempt';
import { toJobError } from './job-error';

/** What a processor came to: something to write, or a decision about its failure. */
export type Run = { outcome: 'completed'; work: JobOutcome<unknown> } | Decision;

/** What became of an attempt. `skipped`: there was nothing to run. `lease_lost`: another attempt carries on. */
export type Verdict =
  | { outcome: 'completed'; result: unknown }
  | { outcome: 'failed' | 'cancelled' | 'released'; error: AppError }
  | { outcome: 'retry'; error: AppError; delayMs: number }
  | { outcome: 'skipped' | 'lease_lost'; state: JobState | null };

/** A lost lease has nothing to end. */
type EndingRun = Exclude<Run, { outcome: 'lease_lost' }>;

type Ending = {
  jobId: string;
  attempt: StartedAttempt;
  run: Run;
  /** The newest ledger version the attempt has seen. */
  version: number;
  durationMs: number;
};

/**
 * Ends an attempt in one fenced call, then tells Redis and the log. Whatever the processor wanted to write is written
 * here or nowhere.
 * @throws AppError `database_unavailable` when the ledger cannot be reached: nothing was written then.
 */
export async function endAttempt(ending: Ending): Promise<Verdict> {
  const { run } = ending;
  if (run.outcome === 'lease_lost') return leaseLost(ending);
  const committed = await finishAttempt(toItem(ending, run));
  if (committed.outcome === 'lease_lost') return leaseLost(ending);
  if (committed.outcome === 'rejected') return endAttempt({ ...ending, run: refused(committed) });
  // Somebody had asked for it to stop: the ledger has ended it so, whatever the attempt came to.
  const ended: Run = committed.state === 'cancelled' ? { outcome: 'cancelled', error: new AppError('cancelled') } : run;
  announceEnd({ ...ending, run: ended }, committed);
  return toVerdict(ended);
}

/** The ledger could not store what the job wanted to write: the same again would end the same way. */
function refused({ error }: FinishResult): Run {
  const cause = new Error(`the ledger refused the effects: ${error?.code} ${error?.message}`);
  return { outcome: 'failed', error: new AppError('internal', { cause }) };
}

function toItem({ jobId, attempt, version }: Ending, run: EndingRun): FinishItem {
  const item = { job_id: jobId, token: attempt.token, version };
  switch (run.outcome) {
    case 'completed':
      return { ...item, outcome: 'completed', result: run.work.result, effects: run.work.effects };
    case 'retry':
      return {
        ...item,
        outcome: 'retry',
        error: toJobError(run.error, 'retry'),
        run_at: runAt(run.delayMs),
        counts_attempt: run.countsAttempt,
      };
    case 'failed':
      return { ...item, outcome: 'failed', error: toJobError(run.error, 'failed') };
    default:
      return { ...item, outcome: run.outcome };
  }
}

/** Another attempt, or an admin, has taken over; or our own commit went through and only its answer was lost. */
async function leaseLost({ jobId, attempt, durationMs }: Ending): Promise<Verdict> {
  emit({ name: 'job.lease_lost', queue: attempt.queue, jobId, attempt: attempt.attempt, durationMs });
  const job = await readJob(jobId);
  if (job) await writeStatusOf(job);
  return { outcome: 'lease_lost', state: job?.state ?? null };
}

function announceEnd({ jobId, attempt, run, durationMs }: Ending, committed: FinishResult): void {
  const state = committed.state ?? 'active';
  const version = statusVersion(committed.version ?? attempt.version);
  const now = sharedNow();
  noteJobStatus({
    id: jobId,
    version,
    state,
    replaces: run.outcome === 'completed',
    toUpdate: () => ({
      ...attemptStatus(jobId, attempt),
      state,
      version,
      heartbeat_at: null,
      finished_at: isTerminal(state) ? new Date(now).toISOString() : null,
      ...statusOf(run, attempt, durationMs, now),
    }),
  });
  const about = { queue: attempt.queue, jobId, attempt: attempt.attempt, durationMs };
  emit(toEvent(run, about));
}

/** @param now of the decision, ms since the epoch. */
function statusOf(run: Run, attempt: StartedAttempt, runMs: number, now: number): Partial<StatusUpdate> {
  switch (run.outcome) {
    case 'completed':
      return {
        progress: 100,
        result: run.work.result,
        error: null,
        run_at: null,
        cancel_requested: false,
        runMs,
      };
    case 'failed':
      return { error: toJobError(run.error, 'failed') };
    case 'retry':
      return {
        error: toJobError(run.error, 'retry'),
        run_at: runAt(run.delayMs, now),
        attempt: attempt.attempt - (run.countsAttempt ? 0 : 1),
      };
    case 'released':
      return { joinsLine: true, attempt: attempt.attempt - 1 };
    default:
      return {};
  }
}

function toEvent(run: Run, about: { queue: string; jobId: string; attempt: number; durationMs: number }): QueueEvent {
  switch (run.outcome) {
    case 'completed':
      return { name: 'job.succeeded', ...about };
    case 'failed':
      return { name: 'job.failed', ...about, code: run.error.code, error: run.error };
    case 'retry':
      return { name: 'job.retrying', ...about, code: run.error.code, delayMs: run.delayMs, error: run.error };
    case 'cancelled':
      return { name: 'job.cancelled', ...about };
    case 'released':
      return { name: 'job.released', ...about };
    case 'lease_lost':
      return { name: 'job.lease_lost', ...about };
  }
}

function toVerdict(run: Run): Verdict {
  switch (run.outcome) {
    case 'completed':
      return { outcome: 'completed', result: run.work.result };
    case 'retry':
      return { outcome: 'retry', error: run.error, delayMs: run.delayMs };
    case 'lease_lost':
      return { outcome: 'lease_lost', state: null };
    default:
      return { outcome: run.outcome, error: run.error };
  }
}

function runAt(delayMs: number, now = sharedNow()): string {
  return new Date(now + delayMs).toISOString();
}
