import { singleton } from '@/lib/singleton';
import type { JobStatus } from '@/types/jobs';
import { ledgerVersionOf } from './status-version';

/** Jobs of which this process remembers what it has shown. */
const MOST_JOBS = 10_000;

type Shown = Pick<JobStatus, 'run' | 'version' | 'progress' | 'step'>;

/**
 * Steps inside a section are told to Redis only. When it loses them, the ledger's answer would be behind what readers
 * have seen already: then what this process has shown before is shown again.
 * @returns the status, never behind an earlier one of the same run.
 */
export function neverBackwards(status: JobStatus): JobStatus {
  const shown = shownStatuses().get(status.id);
  const current = shown && shown.run === status.run ? merge(status, shown) : status;
  remember(current);
  return current;
}

/** Whether a newer entry of the ledger was shown before: Redis came back with an older state of itself. */
export function isOlderThanShown(status: JobStatus): boolean {
  const shown = shownStatuses().get(status.id);
  return shown !== undefined && ledgerVersionOf(shown.version) > ledgerVersionOf(status.version);
}

function merge(status: JobStatus, shown: Shown): JobStatus {
  const lostSteps =
    shown.version > status.version && ledgerVersionOf(shown.version) === ledgerVersionOf(status.version);
  if (lostSteps) return { ...status, version: shown.version, progress: shown.progress, step: shown.step };
  return shown.progress > status.progress ? { ...status, progress: shown.progress } : status;
}

/** The longest unread is forgotten first. */
function remember({ id, run, version, progress, step }: JobStatus): void {
  const shown = shownStatuses();
  shown.delete(id);
  shown.set(id, { run, version, progress, step });
  const [oldest] = shown.keys();
  if (shown.size > MOST_JOBS && oldest !== undefined) shown.delete(oldest);
}

function shownStatuses(): Map<string, Shown> {
  return singleton('queue:newest-shown', () => new Map<string, Shown>());
}
