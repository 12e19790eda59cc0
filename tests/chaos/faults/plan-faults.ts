import { createRandom, type Random } from '../random';
import { type FaultKind, isMachineFault, type MachineFaultKind } from './fault-kinds';

/** One fault of the schedule. */
export type PlannedFault = {
  /** Since the start of the load, ms. */
  atMs: number;
  kind: MachineFaultKind;
  /** Which of the possible victims, 0 to 1. */
  target: number;
  /** How long it lasts, ms; 0 for what happens at once. */
  lastsMs: number;
};

/** The first jobs are under way by then. */
const FIRST_AT_MS = 4_000;
const GAP_MS = { low: 2_500, high: 7_500 };
/** How long each fault lasts, ms: stops are longer than a lease (6 s), so that the work is taken over. */
const LASTS_MS: Partial<Record<MachineFaultKind, { low: number; high: number }>> = {
  'worker-stop': { low: 8_000, high: 13_000 },
  'redis-pause': { low: 2_000, high: 9_000 },
  'provider-errors': { low: 3_000, high: 8_000 },
  'provider-slow': { low: 3_000, high: 8_000 },
  'provider-hang': { low: 3_000, high: 8_000 },
  'provider-reset': { low: 3_000, high: 8_000 },
  'provider-limit': { low: 1_000, high: 3_000 },
  'clock-jump': { low: 4_000, high: 10_000 },
};

/** How many cards of a kind are in the pack: what happens most often to a real system comes most often. */
const CARDS: Partial<Record<MachineFaultKind, number>> = { 'worker-kill': 4, 'worker-stop': 2, 'redis-flush': 2 };

/**
 * The schedule of a run: the same for the same seed, time and kinds. Kinds come as from a shuffled pack of cards, so that
 * each is seen before one comes again.
 */
export function planFaults(options: { seed: number; seconds: number; faults: readonly FaultKind[] }): PlannedFault[] {
  const random = createRandom(options.seed, 'faults');
  const kinds = options.faults.filter(isMachineFault);
  const planned: PlannedFault[] = [];
  if (kinds.length === 0) return planned;
  let pack: MachineFaultKind[] = [];
  for (let atMs = FIRST_AT_MS; atMs < options.seconds * 1_000; atMs += random.between(GAP_MS.low, GAP_MS.high)) {
    if (pack.length === 0) pack = random.shuffle(kinds.flatMap((kind) => Array(CARDS[kind] ?? 1).fill(kind)));
    const kind = pack.pop();
    if (kind) planned.push({ atMs, kind, target: random.unit(), lastsMs: lastsMs(random, kind) });
  }
  return planned;
}

function lastsMs(random: Random, kind: MachineFaultKind): number {
  const range = LASTS_MS[kind];
  return range ? random.between(range.low, range.high) : 0;
}
