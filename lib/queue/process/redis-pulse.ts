/**
 * What this process knows of Redis' pulse: whether it has answered without a gap lately, and what its clock says. Times
 * come from a clock that nobody sets.
 */
export type RedisPulse = {
  /** @param serverMs Redis' own time in the answer, ms since the epoch. */
  answered(serverMs: number): void;
  /** No gap for long enough that every living worker has renewed its leases. */
  isSteady(): boolean;
  /** Redis' own time now, ms since the epoch; null before its first answer. */
  serverNow(): number | null;
};

/** A worker beats once a second: after this long without an answer leases may have run out unseen. */
const GAP_MS = 2_500;
/** As long as every other worker needs to reconnect and beat. */
const SETTLE_MS = 2_500;

export function createRedisPulse(clock: () => number = () => performance.now()): RedisPulse {
  let answeredAt = clock();
  let steadySince = answeredAt;
  let offset: number | null = null;
  return {
    answered(serverMs) {
      const now = clock();
      if (now - answeredAt > GAP_MS) steadySince = now;
      answeredAt = now;
      offset = serverMs - now;
    },
    isSteady() {
      const now = clock();
      return now - answeredAt <= GAP_MS && now - steadySince >= SETTLE_MS;
    },
    serverNow: () => (offset === null ? null : clock() + offset),
  };
}
