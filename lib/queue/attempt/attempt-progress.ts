import { AppError, toAppError } from '@/lib/errors';
import type { JobContext, JobStep } from '../job-context';
import { type ProgressUpdate, type SavedProgress, saveProgress } from '../job-ledger';
import { noteLine } from '../process/job-log';
import { attemptStatus, type StartedAttempt, statusVersion, writeJobStatus } from '../status/job-status';
import { withNoted } from '../status/status-writer';

type Update = Parameters<JobContext['progress']>[0];
type Section = NonNullable<Update['section']>;

export type AttemptProgress = {
  report(update: Update): Promise<void>;
  /** Ends the saving: with `keepSections`, what is not saved yet is saved now. Never throws. */
  settle(options: { keepSections: boolean }): Promise<void>;
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
/** Sections that are finished within this time are saved in one call: nobody reads faster. */
const SAVE_WITHIN_MS = 200;
const SAVE_PAUSES_MS = [300, 1_000, 3_000];

/**
 * Records the progress of one attempt. Steps and sections go to the ledger, checked by the fencing token and a moment
 * later; the status record hears of them at once. A save that fails for good aborts the attempt.
 */
export function trackProgress(options: ProgressOptions): AttemptProgress {
  const { jobId, attempt, signal, abort, onProgress } = options;
  const unsaved: Section[] = [];
  let ledgerVersion = attempt.version;
  let steps = 0;
  let highest = attempt.progress;
  let latest: JobStep | null = null;
  let toldAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let saving = Promise.resolve();

  const tell = async () => {
    const version = statusVersion(ledgerVersion, steps);
    const news = { state: 'active' as const, version, progress: highest, step: latest };
    // A note of the start that came later would be older news, and lost.
    await writeJobStatus(withNoted({ ...attemptStatus(jobId, attempt), ...news }));
  };
  const save = async () => {
    const sections = unsaved.splice(0);
    const update = { jobId, token: attempt.token, progress: highest, step: latest, version: ledgerVersion, sections };
    try {
      const saved = await saveFenced(update, signal);
      ledgerVersion = saved.version;
      steps = 0;
      // The ledger's version has passed that of the last step: whoever reads one after the other must not see it fall.
      await tell();
      if (saved.cancel_requested) abort(new AppError('cancelled'));
    } catch (error) {
      const failure = toAppError(error);
      // A step is news; only a section must not be lost.
      if (sections.length > 0 || failure.code !== 'database_unavailable') abort(failure);
    }
  };
  const saveSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      saving = saving.then(save);
    }, SAVE_WITHIN_MS);
  };

  const saveNow = () => {
    clearTimeout(timer);
    timer = undefined;
    saving = saving.then(save);
    return saving;
  };

  return {
    ledgerVersion: () => ledgerVersion,
    async settle({ keepSections }) {
      clearTimeout(timer);
      await saving;
      if (keepSections && unsaved.length > 0) await save();
    },
    async report({ step, progress, section, isPaidFor = false }) {
      signal.throwIfAborted();
      highest = Math.max(highest, Math.min(100, Math.round(progress)));
      const isNewStep = step.name !== latest?.name;
      if (!section && !isNewStep && Date.now() - toldAt < QUIET_MS) return;
      latest = step;
      toldAt = Date.now();
      if (isNewStep) noteLine(`step ${step.index} of ${step.total}: ${step.label}`);
      if (section) unsaved.push(section);
      if (section || isNewStep) saveSoon();
      steps += 1;
      onProgress(highest);
      await tell();
      if (isPaidFor) await saveNow();
    },
  };
}

/** A database that is just restarting must not cost a section that has been paid for. */
async function saveFenced(update: ProgressUpdate, signal: AbortSignal): Promise<SavedProgress> {
  for (const pauseMs of update.sections.length > 0 ? SAVE_PAUSES_MS : []) {
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
