/** Longer than a worker takes to register again with a Redis that was wiped. */
const MISSING_AFTER_MS = 6_000;
/** Between two looks; after a longer gap nothing can be said about anyone. */
const GAP_MS = 5_000;

/**
 * Which workers are seen, by this process' own observation: a worker is alive when its beat changed lately, whatever its
 * clock says. Nothing is said before everybody had time to be seen.
 */
export type WorkerWatch = {
  /** @param beats the last beat of every registered worker, by id. */
  look(beats: ReadonlyMap<string, number>): void;
  /** Ids of those alive; null while it cannot be told. */
  alive(): string[] | null;
};

export function watchWorkers(clock: () => number = () => performance.now()): WorkerWatch {
  const seen = new Map<string, { beat: number; at: number }>();
  let since: number | null = null;
  let lookedAt = 0;
  return {
    look(beats) {
      const now = clock();
      if (since === null || now - lookedAt > GAP_MS) since = now;
      lookedAt = now;
      for (const [id, beat] of beats) if (seen.get(id)?.beat !== beat) seen.set(id, { beat, at: now });
      for (const id of seen.keys()) if (!beats.has(id)) seen.delete(id);
    },
    alive() {
      const now = clock();
      if (since === null || now - since < MISSING_AFTER_MS || now - lookedAt > GAP_MS) return null;
      return [...seen].filter(([, { at }]) => now - at <= MISSING_AFTER_MS).map(([id]) => id);
    },
  };
}
