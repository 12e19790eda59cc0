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
  /** When the first attempt of this run started: time in the line is not waiting for a source. */
  startedAt: Date;
  now: Date;
};

const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 5 * 60_000;
/** Where a failure names no time. */
const DEFAULT_WAIT_MS = 30_000;
/** A named time that is nearer or already past is no invitation to ask without a pause. */
const SHORTEST_WAIT_MS = 1_000;
/** Nobody is believed about more than this: the job looks again, which costs it nothing. */
const LONGEST_WAIT_MS = 60 * 60_000;
/** Waiting that uses up no attempt ends some time: sooner for a source that is down and only says when to ask again. */
const PATIENCE_MS = 24 * 60 * 60_000;
const PATIENCE_WHILE_DOWN_MS = 60 * 60_000;
/** Our own database or Redis being away is nobody's fault that the job should pay for with an attempt. */
const OUR_OUTAGES = new Set<ErrorCode>(['database_unavailable', 'redis_unavailable']);

/**
 * Decides what follows a failure, from the one table of failures: stop for good, wait as long as the failure says
 * without using up an attempt, or back off exponentially with full jitter while attempts are left.
 * @param random 0 to 1, for the jitter.
 */
export function decideOutcome(error: AppError, facts: AttemptFacts, random: () => number = Math.random): Decision {
  switch (error.spec.class) {
    case 'cancelled':
      return { outcome: 'cancelled', error };
    case 'interrupted':
      return { outcome: error.code === 'lease_lost' ? 'lease_lost' : 'released', error };
    case 'permanent':
      return { outcome: 'failed', error };
    case 'retryable':
    case 'bug':
      return costsNothing(error) ? waitOut(error, facts, random) : tryAgain(error, facts, random);
  }
}

/** Full jitter: anything between nothing and the exponential step, so that failures in a crowd spread out. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const step = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.round(random() * step);
}

/** Rate limits and our own outages. */
function costsNothing({ code, spec }: AppError): boolean {
  return spec.retry === 'after' || OUR_OUTAGES.has(code);
}

function waitOut(error: AppError, facts: AttemptFacts, random: () => number): Decision {
  if (triedMs(facts) > PATIENCE_MS) return { outcome: 'failed', error };
  return { outcome: 'retry', error, delayMs: waitMs(error, facts, random), countsAttempt: false };
}

function tryAgain(error: AppError, facts: AttemptFacts, random: () => number): Decision {
  if (error.retryAt && triedMs(facts) <= PATIENCE_WHILE_DOWN_MS) return waitOut(error, facts, random);
  if (facts.attempt >= facts.maxAttempts) return { outcome: 'failed', error };
  const delayMs = error.retryAt ? waitMs(error, facts, random) : backoffMs(facts.attempt, random);
  return { outcome: 'retry', error, delayMs, countsAttempt: true };
}

function triedMs({ startedAt, now }: AttemptFacts): number {
  return now.getTime() - startedAt.getTime();
}

function waitMs(error: AppError, { now }: AttemptFacts, random: () => number): number {
  const named = (error.retryAt?.getTime() ?? Number.NaN) - now.getTime();
  if (Number.isFinite(named)) {
    return Math.min(Math.max(named, SHORTEST_WAIT_MS), LONGEST_WAIT_MS) + Math.round(random() * 1_000);
  }
  return OUR_OUTAGES.has(error.code) ? 1_000 + backoffMs(3, random) : DEFAULT_WAIT_MS;
}
