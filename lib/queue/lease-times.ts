import { config } from '@/lib/config';

/** Everything that has to do with leases, ms; all follow from how long one lasts. */
export type LeaseTimes = {
  /** A worker may be silent for so long. */
  leaseMs: number;
  /** Between two beats of a worker. */
  beatMs: number;
  /** At most one check for lost jobs in this time, whichever worker makes it. */
  checkMs: number;
  /** Without an answer of Redis for longer, leases may have run out unseen. */
  gapMs: number;
  /** After a gap, until every other worker has reconnected and beaten. */
  settleMs: number;
};

/**
 * A killed worker's job is free after its lease has run out and the next check has seen it: with the default of 6 s after
 * 5 to 7.5 s, within the promised 10 s.
 */
export function leaseTimes(leaseMs = config().queue.leaseMs): LeaseTimes {
  return { leaseMs, beatMs: leaseMs / 6, checkMs: leaseMs / 4, gapMs: leaseMs * 0.4, settleMs: leaseMs * 0.4 };
}
