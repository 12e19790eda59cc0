import type { WorkerLoss } from '../faults/fault-log';
import type { EventRow } from '../world/world';
import { attemptsOf } from './attempts';

export type Recovery = { how: WorkerLoss['how']; jobId: string; ms: number };

/**
 * How long the jobs of a lost worker waited for their next start. A job that ended without one (its last call was under
 * way when the worker was lost, or a person cancelled it) was not recovered and does not count.
 */
export function recoveries(events: readonly EventRow[], losses: readonly WorkerLoss[]): Recovery[] {
  const attempts = attemptsOf(events);
  return losses.flatMap(({ pid, at, how }) =>
    attempts
      .filter(
        (attempt) => attempt.workerPid === pid && attempt.startedAt < at && attempt.endedAt > at && attempt.takenOver,
      )
      .map(({ jobId, endedAt }): Recovery => ({ how, jobId, ms: endedAt - at })),
  );
}

/** @param share 0 to 1. @returns the value that this share of the values does not exceed; null when there are none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
