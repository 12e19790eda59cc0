import type { HappenedFault } from '../faults/fault-log';
import type { ProviderRequest } from '../world/world';
import { type Attempt, attemptsOf } from './attempts';
import { withThoseBelow } from './controlled-by';
import type { Evidence, Finding } from './finding';

/** How long after the end of an attempt its last request may arrive. */
const AFTER_END_MS = 1_000;
/** The ledger notes the start when it has it; the log of the sandbox has another clock's rounding. */
const BEFORE_START_MS = 50;
/** A worker that comes back from a stop learns within two heartbeats that its job was taken over. */
const AFTER_RETURN_MS = 2_500;

/** Nothing leaves for a provider but for an attempt that is under way: not after a cancel, a time limit or a lost lease. */
export function auditRequests({ world, faults }: Evidence): Finding[] {
  const byCompany = new Map<string, Attempt[]>();
  const companyOf = new Map(world.jobs.map(({ id, companyId }) => [id, companyId]));
  for (const attempt of attemptsOf(world.events)) {
    const companyId = companyOf.get(attempt.jobId);
    if (companyId === undefined) continue;
    byCompany.set(companyId, [...(byCompany.get(companyId) ?? []), attempt]);
  }
  const senders = new Map<string, Attempt[]>();
  const sendersOf = (companyId: string): Attempt[] => {
    const known = senders.get(companyId) ?? withThoseBelow(companyId).flatMap((id) => byCompany.get(id) ?? []);
    senders.set(companyId, known);
    return known;
  };
  return world.requests
    .filter((request) => !sendersOf(request.companyId).some((attempt) => covers(attempt, request, faults)))
    .map(({ companyId, path, at }) => ({
      column: 'other',
      jobId: lastBefore(sendersOf(companyId), at),
      what: `a request for ${path} arrived at ${new Date(at).toISOString()}, when no attempt was under way`,
    }));
}

function covers(attempt: Attempt, { at }: ProviderRequest, faults: readonly HappenedFault[]): boolean {
  if (at < attempt.startedAt - BEFORE_START_MS) return false;
  if (at <= attempt.endedAt + AFTER_END_MS) return true;
  return attempt.takenOver && faults.some((fault) => isReturn(fault, attempt, at));
}

/** The worker was stopped when another one took over, and has just come back; or Redis kept the news from it. */
function isReturn({ kind, pid, endedAt, at: begunAt }: HappenedFault, attempt: Attempt, at: number): boolean {
  const isOfWorker = kind === 'worker-stop' && pid === attempt.workerPid;
  if (!isOfWorker && !kind.startsWith('redis-') && kind !== 'connection-reset') return false;
  return begunAt <= attempt.endedAt && at <= Math.max(endedAt, attempt.endedAt) + AFTER_RETURN_MS;
}

/** The job whose attempt was the last before: the likely sender. */
function lastBefore(attempts: readonly Attempt[], at: number): string | null {
  const before = attempts.filter(({ endedAt }) => endedAt < at).sort((a, b) => b.endedAt - a.endedAt);
  return before[0]?.jobId ?? null;
}
