import type { AppError, ErrorCode } from '@/lib/errors';

/** What becomes of an attempt that did not complete. */
export type Decision =
  | { outcome: 'failed' | 'cancelled' | 'released'; error: AppError }
  | { outcome: 'lease_lost'; error: AppError }
  | { outcome: 'retry'; error: AppError; delayMs: number; countsAttempt: boolean };

export type AttemptFacts = {
  /** Counts from 1. */
  attempt: number;
  maxAttempts: number;
  /** When the job was accepted. */
  createdAt: Date;
  now: Date;
};

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 5 * 60_000;
/** Where a failure names no time. */
const DEFAULT_WAIT_MS = 30_000;
/** Waiting that uses up no attempt ends some time. */
const PATIENCE_MS = 24 * 60 * 60_000;
/** Our own database or Redis being away is nobody's fault that the job should pay for with an attempt. */
const OUR_OUTAGES = new Set<ErrorCode>(['database_unavailable', 'redis_unavailable']);

/**
 * Decides what follows a failure, from the one table of failures: stop for good, wait as long as the failure says
 * without using up an attempt, or back off exponentially with full jitter while attempts are left.
 * @param random 0 to 1, for the jitter.
 */
export function decideOutcome(error: AppError, facts: AttemptFacts, random: () => number = Math.random): Decision {
  if (error.code === 'cancelled') return { outcome: 'cancelled', error };
  if (error.code === 'lease_lost') return { outcome: 'lease_lost', error };
  if (error.code === 'shutting_down') return { outcome: 'released', error };
  if (error.spec.retry === 'never') return { outcome: 'failed', error };
  if (error.spec.retry === 'after' || OUR_OUTAGES.has(error.code)) {
    const waited = facts.now.getTime() - facts.createdAt.getTime();
    if (waited > PATIENCE_MS) return { outcome: 'failed', error };
    return { outcome: 'retry', error, delayMs: namedDelayMs(error, facts, random), countsAttempt: false };
  }
  if (facts.attempt >= facts.maxAttempts) return { outcome: 'failed', error };
  const delayMs = Math.max(backoffMs(facts.attempt, random), untilRetryAt(error, facts.now));
  return { outcome: 'retry', error, delayMs, countsAttempt: true };
}

/** Full jitter: anything between nothing and the exponential step, so that failures in a crowd spread out. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const step = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.round(random() * step);
}

function namedDelayMs(error: AppError, { now }: AttemptFacts, random: () => number): number {
  if (error.retryAt) return untilRetryAt(error, now) + Math.round(random() * 1_000);
  return OUR_OUTAGES.has(error.code) ? 1_000 + backoffMs(3, random) : DEFAULT_WAIT_MS;
}

function untilRetryAt(error: AppError, now: Date): number {
  return error.retryAt ? Math.max(0, error.retryAt.getTime() - now.getTime()) : 0;
}
