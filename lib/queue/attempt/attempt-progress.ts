import { AppError, toAppError } from '@/lib/errors';
import type { JobContext, JobStep } from '../job-context';
import { type ProgressUpdate, type SavedProgress, saveProgress } from '../job-ledger';
import { attemptStatus, type StartedAttempt, statusVersion, writeJobStatus } from '../status/job-status';

type Update = Parameters<JobContext['progress']>[0];

export type AttemptProgress = {
  report(update: Update): Promise<void>;
  /** The newest ledger version this attempt has seen. */
  ledgerVersion(): number;
};

type ProgressOptions = {
  jobId: string;
  attempt: StartedAttempt;
  signal: AbortSignal;
  abort(reason: AppError): void;
  /** Told of every percentage, such as Bull's own progress. */
  onProgress(progress: number): void;
};

/** Steps inside a section change often; Redis is told at most this often. */
const QUIET_MS = 200;
const SAVE_PAUSES_MS = [300, 1_000, 3_000];

/**
 * Records the progress of one attempt. A new step or a section goes to the ledger, checked by the fencing token;
 * what is between goes to the status record only.
 */
export function trackProgress(options: ProgressOptions): AttemptProgress {
  const { jobId, attempt, signal, abort, onProgress } = options;
  let ledgerVersion = attempt.version;
  let steps = 0;
  let highest = attempt.progress;
  let stepName: string | null = null;
  let toldAt = 0;

  const save = async (step: JobStep, section: Update['section']) => {
    const update = { jobId, token: attempt.token, progress: highest, step, version: ledgerVersion, section };
    const saved = await saveFenced(update, signal);
    ledgerVersion = saved.version;
    steps = 0;
    if (saved.cancel_requested) abort(new AppError('cancelled'));
  };

  return {
    ledgerVersion: () => ledgerVersion,
    async report({ step, progress, section }) {
      signal.throwIfAborted();
      highest = Math.max(highest, Math.min(100, Math.round(progress)));
      const isNewStep = step.name !== stepName;
      if (!section && !isNewStep && Date.now() - toldAt < QUIET_MS) return;
      stepName = step.name;
      toldAt = Date.now();
      try {
        if (section || isNewStep) await save(step, section);
      } catch (error) {
        const failure = toAppError(error);
        if (failure.code === 'lease_lost') abort(failure);
        // A step is news; only a section must not be lost.
        if (section || failure.code !== 'database_unavailable') throw signal.aborted ? signal.reason : failure;
      }
      signal.throwIfAborted();
      steps += 1;
      onProgress(highest);
      const version = statusVersion(ledgerVersion, steps);
      await writeJobStatus({ ...attemptStatus(jobId, attempt), state: 'active', version, progress: highest, step });
    },
  };
}

/** A database that is just restarting must not cost a section that has been paid for. */
async function saveFenced(update: ProgressUpdate, signal: AbortSignal): Promise<SavedProgress> {
  for (const pauseMs of update.section ? SAVE_PAUSES_MS : []) {
    try {
      return await saveProgress(update);
    } catch (error) {
      if (toAppError(error).code !== 'database_unavailable') throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      signal.throwIfAborted();
    }
  }
  return saveProgress(update);
}
