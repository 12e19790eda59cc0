import type { MachineFaultKind } from '../faults/fault-kinds';
import type { HappenedFault } from '../faults/fault-log';
import { type Attempt, attemptsOf } from './attempts';
import type { Evidence, Finding } from './finding';

/**
 * What may make a worker lose a job without having been hit itself: nobody can renew a lease in a Redis that is away, and
 * of a start whose answer the database did not give nobody knows.
 */
const TAKES_LEASES = new Set<MachineFaultKind>([
  'redis-restart',
  'redis-flush',
  'redis-pause',
  'connection-reset',
  'database-restart',
  'database-crash',
]);
/** What hits one worker. A deploy asks it to end and kills it when it takes too long. */
const HITS_WORKER = new Set<MachineFaultKind>(['worker-kill', 'worker-stop', 'clock-jump']);
/** A lease of 6 s, the check for lost ones, and the way there: within this time after a fault it may be the reason. */
const REACTION_MS = 15_000;

/** An attempt is taken over only when something had happened to its worker or to its lease; attempts never overlap else. */
export function auditAttempts({ world, faults }: Evidence): Finding[] {
  return attemptsOf(world.events)
    .filter((attempt) => attempt.takenOver && !faults.some((fault) => explains(fault, attempt)))
    .map(({ jobId, workerPid, endedAt }) => ({
      column: 'other',
      jobId,
      what: `worker ${workerPid} lost it at ${new Date(endedAt).toISOString()}, and nothing had happened to that worker`,
    }));
}

function explains({ kind, pid, at, endedAt }: HappenedFault, attempt: Attempt): boolean {
  const isInTime = at <= attempt.endedAt && attempt.endedAt <= endedAt + REACTION_MS;
  if (!isInTime) return false;
  if (TAKES_LEASES.has(kind)) return true;
  if (kind === 'rolling-deploy') return true;
  return HITS_WORKER.has(kind) && (pid === attempt.workerPid || attempt.workerPid === null);
}
