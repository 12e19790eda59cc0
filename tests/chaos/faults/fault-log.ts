import type { MachineFaultKind } from './fault-kinds';

/** A fault that happened. */
export type HappenedFault = {
  kind: MachineFaultKind;
  /** ms since the epoch. */
  at: number;
  endedAt: number;
  /** Name and process id of the victim, as far as the fault has one. */
  target: string | null;
  pid: number | null;
};

/** When the time to recover from a fault of a worker begins, by process id. */
export type WorkerLoss = { pid: number; at: number; how: 'kill' | 'stop' };

export function workerLosses(faults: readonly HappenedFault[]): WorkerLoss[] {
  return faults.flatMap(({ kind, pid, at }): WorkerLoss[] => {
    if (pid === null) return [];
    if (kind === 'worker-kill') return [{ pid, at, how: 'kill' }];
    return kind === 'worker-stop' ? [{ pid, at, how: 'stop' }] : [];
  });
}
