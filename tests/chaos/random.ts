import { createHash } from 'node:crypto';

export type Random = {
  /** 0 to 1, 1 excluded. */
  unit(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
};

/**
 * Numbers that depend on the seed and a label only: what one part of a run draws does not change what another one gets.
 * Generator: mulberry32.
 */
export function createRandom(seed: number, label: string): Random {
  let state = createHash('sha256').update(`${seed}:${label}`).digest().readUInt32LE(0);
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(unit() * items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from');
    return item;
  };
  return {
    unit,
    between,
    chance: (probability) => unit() < probability,
    pick,
    shuffle: (items) =>
      items
        .map((item) => ({ item, place: unit() }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item),
  };
}
