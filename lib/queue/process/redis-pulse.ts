import type { LeaseTimes } from '../lease-times';

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

/** @param clock ms; never goes back. */
export function createRedisPulse(
  { gapMs, settleMs }: Pick<LeaseTimes, 'gapMs' | 'settleMs'>,
  clock: () => number = () => performance.now(),
): RedisPulse {
  let answeredAt = clock();
  let steadySince = answeredAt;
  let offset: number | null = null;
  return {
    answered(serverMs) {
      const now = clock();
      if (now - answeredAt > gapMs) steadySince = now;
      answeredAt = now;
      offset = serverMs - now;
    },
    isSteady() {
      const now = clock();
      return now - answeredAt <= gapMs && now - steadySince >= settleMs;
    },
    serverNow: () => (offset === null ? null : clock() + offset),
  };
}
