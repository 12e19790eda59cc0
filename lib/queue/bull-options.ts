import type { JobOptions, QueueOptions } from 'bull';
import { config } from '@/lib/config';
import { leaseTimes } from './lease-times';

/** Thrown to Bull when a run ends without success: the ledger has decided, Bull only obeys. */
export class BullVerdict extends Error {
  /** Milliseconds until Bull runs the job again; null for never. */
  readonly delayMs: number | null;

  constructor(message: string, delayMs: number | null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BullVerdict';
    this.delayMs = delayMs;
  }
}

/** A failure nobody decided about (a bug of ours outside the pipeline): later, because the dispatcher sees it too. */
const UNDECIDED_DELAY_MS = 5_000;

/** Bull's own meaning of a custom strategy's answer: -1 is "no further attempt". */
function delayOf(error: Error): number {
  if (!(error instanceof BullVerdict)) return UNDECIDED_DELAY_MS;
  return error.delayMs ?? -1;
}

/** Whoever asks first checks for all; asking often keeps the pace when that worker is the one that died. */
const STALLED_INTERVAL_MS = 500;

/** `skipVersionCheck` exists in bull 4.16.5 but not in its types; without it the constructor connects at once. */
type Bull4Options = QueueOptions & { skipVersionCheck: true };

export function queueOptions(createClient: NonNullable<QueueOptions['createClient']>): Bull4Options {
  const { leaseMs } = leaseTimes();
  return {
    prefix: config().redis.prefix,
    skipVersionCheck: true,
    createClient,
    settings: {
      lockDuration: leaseMs,
      lockRenewTime: leaseMs / 4,
      stalledInterval: STALLED_INTERVAL_MS,
      // The ledger counts crashes and sets a job aside; Bull must not do it first.
      maxStalledCount: 1_000_000,
      // Also the longest silence of a healthy blocking connection, s.
      drainDelay: 2,
      guardInterval: 2_000,
      retryProcessDelay: 1_000,
      backoffStrategies: { ledger: (_attemptsMade, error) => delayOf(error) },
    },
  };
}

const HOUR_SECONDS = 60 * 60;
/** Ledger priority of a batch job: it waits behind every job that a person started. */
export const BATCH_PRIORITY = 100;
/** Behind more waiting jobs than this, inserting by priority would block Redis for milliseconds: see decision 013. */
const PRIORITY_BACKLOG = 10_000;

/** Ended jobs that Bull keeps for its dashboard; those of a batch live in the ledger alone, however many there are. */
const KEPT = {
  removeOnComplete: { age: 24 * HOUR_SECONDS, count: 1_000 },
  removeOnFail: { age: 7 * 24 * HOUR_SECONDS, count: 5_000 },
} satisfies JobOptions;
const NOT_KEPT = { removeOnComplete: true, removeOnFail: true } satisfies JobOptions;

type Place = { delayMs: number; priority: number; waiting: number; batch?: boolean };

/** Bull's options for a job: the ledger decides about attempts and times, so Bull never gives up or times out itself. */
export function jobOptions(jobId: string, place: Place): JobOptions {
  return {
    jobId,
    attempts: 1_000_000,
    backoff: { type: 'ledger' },
    stackTraceLimit: 3,
    ...(place.batch ? NOT_KEPT : KEPT),
    ...(place.delayMs > 0 ? { delay: place.delayMs } : {}),
    ...precedence(place.priority, place.waiting),
  };
}

function precedence(priority: number, waiting: number): JobOptions {
  if (priority >= BATCH_PRIORITY) return {};
  return waiting > PRIORITY_BACKLOG ? { lifo: true } : { priority };
}
