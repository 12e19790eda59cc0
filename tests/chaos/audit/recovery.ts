import type { MachineFaultKind } from '../faults/fault-kinds';
import type { HappenedFault, WorkerLoss } from '../faults/fault-log';
import type { EventRow } from '../world/world';
import { attemptsOf } from './attempts';

/** @param disturbed whether a further fault kept Redis, the database or the next worker from it meanwhile. */
export type Recovery = { how: WorkerLoss['how']; jobId: string; ms: number; disturbed: boolean };

/** What has nothing to do with who runs a job. */
const HARMLESS = new Set<MachineFaultKind>([
  'web-kill',
  'provider-errors',
  'provider-slow',
  'provider-hang',
  'provider-reset',
  'provider-limit',
]);
/** A server that was ended needs so long to be back and found. */
const RETURN_MS = 5_000;

/**
 * How long the jobs of a lost worker waited for their next start. A job that ended without one (its last call was under
 * way when the worker was lost, or a person cancelled it) was not recovered and does not count.
 */
export function recoveries(
  events: readonly EventRow[],
  losses: readonly WorkerLoss[],
  faults: readonly HappenedFault[],
): Recovery[] {
  const attempts = attemptsOf(events);
  const isDisturbed = (loss: WorkerLoss, until: number) =>
    faults.some(
      ({ kind, pid, at, endedAt }) =>
        !HARMLESS.has(kind) && !(pid === loss.pid && at === loss.at) && at < until && endedAt + RETURN_MS > loss.at,
    );
  return losses.flatMap((loss) => {
    const { pid, at, how } = loss;
    const lost = attempts.filter(
      (attempt) => attempt.workerPid === pid && attempt.startedAt < at && attempt.endedAt > at && attempt.takenOver,
    );
    return lost.map(({ jobId, endedAt }): Recovery => {
      return { how, jobId, ms: endedAt - at, disturbed: isDisturbed(loss, endedAt) };
    });
  });
}

/** @param share 0 to 1. @returns the value that this share of the values does not exceed; null when there are none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
