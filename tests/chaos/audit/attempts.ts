import type { EventRow } from '../world/world';

/** One attempt of a job as the ledger tells it. */
export type Attempt = {
  jobId: string;
  workerPid: number | null;
  startedAt: number;
  /** When it ended, or when another attempt took over; infinite when neither happened. */
  endedAt: number;
  /** Whether another attempt took over from it. */
  takenOver: boolean;
};

const STARTS = new Set(['started']);
const ENDS = new Set(['completed', 'failed', 'cancelled', 'retrying', 'released', 'quarantined']);

/** The attempts of all jobs, from events in order. */
export function attemptsOf(events: readonly EventRow[]): Attempt[] {
  const open = new Map<string, Attempt>();
  const attempts: Attempt[] = [];
  for (const { jobId, type, at, workerPid } of events) {
    const current = open.get(jobId);
    if (ENDS.has(type) && current) {
      current.endedAt = at;
      open.delete(jobId);
    }
    if (!STARTS.has(type)) continue;
    if (current && open.has(jobId)) {
      current.endedAt = at;
      current.takenOver = true;
    }
    const attempt = { jobId, workerPid, startedAt: at, endedAt: Number.POSITIVE_INFINITY, takenOver: false };
    open.set(jobId, attempt);
    attempts.push(attempt);
  }
  return attempts;
}
