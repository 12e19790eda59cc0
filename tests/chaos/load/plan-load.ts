import type { FaultKind } from '../faults/fault-kinds';
import { createRandom, type Random } from '../random';

/** What one client is going to do with one job. */
export type PlannedJob = {
  /** Since the start of the load, ms. */
  atMs: number;
  /** Index of the user. */
  user: number;
  queue: QueuePath;
  companyId: string;
  idempotencyKey: string;
  /** Do it although fresh results exist. */
  force: boolean;
  /** Requests sent at once with the same key, as by a doubled click or a proxy that repeats. */
  copies: number;
  /** Cancelled so long after it was accepted; null for not at all. */
  cancelAfterMs: number | null;
  /** Whether the client follows events; otherwise it polls. */
  events: boolean;
  /** Whether the client has it run again once when it failed or was cancelled. */
  retries: boolean;
};

/** The paths of the HTTP API; the names of the queues but for the last one. */
export const QUEUE_PATHS = ['research', 'enrichment', 'scoring', 'signals'] as const;
export type QueuePath = (typeof QUEUE_PATHS)[number];

/** Users in all; the last one may have so few researches that they are contended for. */
export const USERS = 5;
export const SMALL_LIMIT = 6;
/** Companies that the provider knows, and some that are on our list only. */
export const KNOWN_COMPANIES = Array.from({ length: 12 }, (_, index) => `DM${String(index + 1).padStart(6, '0')}`);
export const UNKNOWN_COMPANIES = ['ZZ990001', 'ZZ990002'];

const BURST_SHARE = 0.3;
const BURST_SIZE = { low: 5, high: 15 };
const CANCEL_SHARE = 0.15;
const DUPLICATE_SHARE = 0.15;

/** The load of a run: the same for the same seed, time, number of jobs and kinds of faults. */
export function planLoad(options: {
  seed: number;
  seconds: number;
  jobs: number;
  faults: readonly FaultKind[];
}): PlannedJob[] {
  const random = createRandom(options.seed, 'load');
  const times = planTimes(random, options);
  return times.map((atMs, index) => ({
    atMs,
    user: random.between(0, USERS - 1),
    // Research has the most to lose: two in five.
    queue: random.chance(0.25) ? 'research' : random.pick(QUEUE_PATHS),
    companyId: random.chance(0.06) ? random.pick(UNKNOWN_COMPANIES) : random.pick(KNOWN_COMPANIES),
    idempotencyKey: `chaos-${options.seed}-${index}`,
    force: random.chance(0.9),
    copies: whenWanted(options, 'duplicate', random.chance(DUPLICATE_SHARE)) ? random.between(2, 4) : 1,
    cancelAfterMs: whenWanted(options, 'cancel', random.chance(CANCEL_SHARE)) ? random.between(0, 3_000) : null,
    events: random.chance(0.25),
    retries: random.chance(0.5),
  }));
}

function planTimes(random: Random, { seconds, jobs }: { seconds: number; jobs: number }): number[] {
  const times: number[] = [];
  while (times.length < jobs) {
    const atMs = random.between(0, seconds * 1_000);
    const size = random.chance(BURST_SHARE) ? random.between(BURST_SIZE.low, BURST_SIZE.high) : 1;
    for (let count = 0; count < size && times.length < jobs; count += 1) times.push(atMs);
  }
  return times.sort((a, b) => a - b);
}

function whenWanted({ faults }: { faults: readonly FaultKind[] }, kind: FaultKind, drawn: boolean): boolean {
  return drawn && faults.includes(kind);
}
