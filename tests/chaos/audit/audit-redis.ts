import { type BullQueue, isOpen } from '../world/world';
import type { Evidence, Finding } from './finding';

/** Redis holds exactly the jobs that are open in the ledger: nothing is left of those that have ended, none is missing. */
export function auditRedis({ world, stuck }: Evidence): Finding[] {
  const open = new Set(world.jobs.filter(({ state }) => isOpen(state)).map(({ id }) => id));
  const held = new Set(world.bull.flatMap(({ waiting, active, delayed }) => [...waiting, ...active, ...delayed]));
  return [
    ...world.bull.flatMap((queue) => leftOvers(queue, open)),
    ...[...open]
      .filter((jobId) => !held.has(jobId) && !stuck.includes(jobId))
      .map((jobId) => other(jobId, 'it is open, and Redis has no place for it')),
  ];
}

function leftOvers({ queue, waiting, active, delayed, locked }: BullQueue, open: ReadonlySet<string>): Finding[] {
  const places = { waiting, active, delayed, locked };
  return Object.entries(places).flatMap(([place, ids]) =>
    ids.filter((id) => !open.has(id)).map((id) => other(id, `it has ended, and Redis has it as ${place} in ${queue}`)),
  );
}

function other(jobId: string, what: string): Finding {
  return { column: 'other', jobId, what };
}
