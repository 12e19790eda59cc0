import { queueConfig } from '@/lib/config';
import { toAppError } from '@/lib/errors';
import { createSources, type Sources } from '@/lib/sources/registry';
import { serviceClient } from '@/lib/supabase/service-client';
import { activeAttempts } from './attempt/active-attempts';
import { type AttemptProgress, trackProgress } from './attempt/attempt-progress';
import { type AttemptSignal, createAttemptSignal, untilAborted } from './attempt/attempt-signal';
import { decideOutcome } from './attempt/decide-outcome';
import { endAttempt, type Run, type Verdict } from './attempt/end-attempt';
import { paceRetry } from './attempt/retry-pace';
import { startAttempt } from './attempt/start-attempt';
import { whileDatabaseIsAway } from './attempt/while-database-is-away';
import type { JobRunner, QueueDefinition } from './define-queue';
import type { JobContext } from './job-context';
import { readJob } from './job-ledger';
import { noteQuarantine } from './process/job-log';
import type { StartedAttempt } from './status/job-status';
import { attemptStatus, statusVersion, writeStatusOf } from './status/job-status';
import { noteJobStatus } from './status/status-writer';
import { emit } from './telemetry';

export type ExecuteOptions = {
  /** Who runs it: for the ledger and the log. */
  worker: string;
  /** Waits for a place to run the processor in; returns what leaves it. By default there is room for every one. */
  occupy?(attempt: Pick<AttemptSignal, 'reason' | 'onAbort'>): Promise<() => void>;
  /** Told of every percentage. */
  onProgress?(progress: number): void;
  /** Told when the processor has completed; its commit is then on its way. */
  onCompleted?(result: unknown): void;
  /** A failure that would have to wait longer than this is final, because nobody would carry on. */
  longestDelayMs?: number;
  /** Whether a start that the database does not answer is asked for again; not by default. */
  mayWaitForDatabase?(): boolean;
};

/**
 * Runs one attempt of a recorded job: start in the ledger, run the processor under one abort signal, decide what a
 * failure means, end in the ledger, tell Redis. Whoever runs jobs, a worker or a request, runs them through here.
 * @returns what became of the attempt; a failure of the job is a verdict, not an exception.
 * @throws AppError only when the ledger itself cannot be reached, so that nothing was decided.
 */
export async function executeJob(runner: JobRunner, jobId: string, options: ExecuteOptions): Promise<Verdict> {
  const startedAt = Date.now();
  const goOn = options.mayWaitForDatabase ?? (() => false);
  const attempt = await whileDatabaseIsAway(() => startAttempt(jobId, options.worker), goOn);
  if (attempt.outcome !== 'started') return skip(runner, jobId, attempt.outcome);
  const limit = createAttemptSignal(queueConfig(runner.definition).timeoutMs);
  const version = statusVersion(attempt.version);
  activeAttempts().set(jobId, { jobId, queue: attempt.queue, version, abort: limit.abort });
  try {
    announceStart(jobId, attempt, options.worker);
    // Most small jobs report no progress.
    let progress: AttemptProgress | null = null;
    const report: JobContext['progress'] = (update) => {
      const { onProgress = () => undefined } = options;
      progress ??= trackProgress({ jobId, attempt, signal: limit.signal, abort: limit.abort, onProgress });
      return progress.report(update);
    };
    const ctx = createContext(runner, jobId, attempt, limit, report);
    const run = await runProcessor(runner, attempt, ctx, limit, options);
    limit.dispose();
    const version = await settled(progress, attempt, run);
    const verdict = endAttempt({ jobId, attempt, run, version, durationMs: Date.now() - startedAt });
    if (run.outcome === 'completed') options.onCompleted?.(run.work.result);
    return await verdict;
  } finally {
    limit.dispose();
    activeAttempts().delete(jobId);
  }
}

/** @returns the newest ledger version that the attempt has seen. */
async function settled(progress: AttemptProgress | null, attempt: StartedAttempt, run: Run): Promise<number> {
  if (progress === null) return attempt.version;
  // A completed run writes everything at its end; of any other the finished sections stay readable.
  await progress.settle({ keepSections: run.outcome !== 'completed' });
  return progress.ledgerVersion();
}

async function runProcessor(
  runner: JobRunner,
  attempt: StartedAttempt,
  ctx: JobContext,
  limit: AttemptSignal,
  { occupy, longestDelayMs = Number.POSITIVE_INFINITY }: ExecuteOptions,
): Promise<Run> {
  try {
    const leave = await occupy?.(limit);
    try {
      const work = await untilAborted(runner.run(ctx, attempt.payload), limit);
      return { outcome: 'completed', work };
    } finally {
      leave?.();
    }
  } catch (error) {
    const decision = decideOutcome(toAppError(error), {
      attempt: attempt.attempt,
      maxAttempts: attempt.max_attempts,
      startedAt: new Date(attempt.started_at ?? attempt.created_at),
      now: new Date(),
    });
    const isTooLate = decision.outcome === 'retry' && decision.delayMs > longestDelayMs;
    if (isTooLate) return { outcome: 'failed', error: decision.error };
    return longestDelayMs === Number.POSITIVE_INFINITY ? paceRetry(decision, attempt.queue) : decision;
  }
}

function createContext(
  { definition }: JobRunner,
  jobId: string,
  attempt: StartedAttempt,
  limit: AttemptSignal,
  progress: JobContext['progress'],
): JobContext {
  const db = serviceClient();
  const now = () => new Date();
  let sources: Sources | null = null;
  return {
    jobId,
    attempt: attempt.attempt,
    userId: attempt.user_id,
    companyId: attempt.company_id,
    companyName: attempt.company_name,
    reportId: attempt.report_id,
    get signal() {
      return limit.signal;
    },
    now,
    db,
    // Most small jobs ask no source.
    get sources() {
      sources ??= createSources({
        signal: limit.signal,
        now,
        db,
        notBefore: isForced(definition, attempt.payload) ? new Date(attempt.created_at) : null,
        batch: attempt.batch_id !== null,
      });
      return sources;
    },
    savedSections: attempt.sections,
    progress,
  };
}

function isForced(definition: QueueDefinition, payload: unknown): boolean {
  const parsed = definition.payloadSchema.safeParse(payload);
  return parsed.success && definition.forces(parsed.data);
}

function announceStart(jobId: string, attempt: StartedAttempt, worker: string): void {
  const about = { queue: attempt.queue, jobId, attempt: attempt.attempt };
  if (attempt.crash_count > 0) emit({ name: 'job.recovered', ...about });
  emit({ name: 'job.started', ...about, worker });
  const version = statusVersion(attempt.version);
  const heartbeatAt = new Date().toISOString();
  noteJobStatus({
    id: jobId,
    version,
    state: 'active',
    replaces: false,
    toUpdate: () => ({
      ...attemptStatus(jobId, attempt),
      state: 'active',
      version,
      progress: attempt.progress,
      run_at: null,
      finished_at: null,
      heartbeat_at: heartbeatAt,
      cancel_requested: false,
      error: null,
      result: null,
      step: null,
    }),
  });
}

/** There is nothing to run: the ledger has ended the job already, or never knew it. */
async function skip(runner: JobRunner, jobId: string, reason: string): Promise<Verdict> {
  emit({ name: 'job.skipped', queue: runner.definition.name, jobId, reason });
  if (reason === 'quarantined') await noteQuarantine(jobId);
  const job = await readJob(jobId);
  if (job) await writeStatusOf(job);
  return { outcome: 'skipped', state: job?.state ?? null };
}
