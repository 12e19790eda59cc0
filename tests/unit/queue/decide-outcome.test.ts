import { describe, expect, it } from 'vitest';
import { AppError, ERRORS, type ErrorCode } from '@/lib/errors';
import { backoffMs, decideOutcome } from '@/lib/queue/attempt/decide-outcome';

const now = new Date('2026-03-01T12:00:00Z');
const first = { attempt: 1, maxAttempts: 3, startedAt: new Date('2026-03-01T11:59:00Z'), now };
const last = { ...first, attempt: 3 };

// The keys of the table are its codes.
const CODES = Object.keys(ERRORS) as ErrorCode[];
const OF_CLASS = {
  retryable: 'retry',
  permanent: 'failed',
  cancelled: 'cancelled',
  interrupted: 'released',
  bug: 'retry',
} as const;
/** What a policy of the table must say for each class. */
const POLICIES = {
  retryable: ['after', 'backoff'],
  permanent: ['never'],
  cancelled: ['never'],
  interrupted: ['never', 'after'],
  bug: ['backoff'],
} as const;

const inMs = (ms: number) => new Date(now.getTime() + ms);
const startedAgo = (ms: number) => ({ ...first, startedAt: inMs(-ms) });
const HOUR_MS = 60 * 60_000;

describe('what follows a failure', () => {
  it.each(CODES)('%s: follows its class', (code) => {
    const { class: kind, retry } = ERRORS[code];
    expect(POLICIES[kind]).toContain(retry);
    const { outcome } = decideOutcome(new AppError(code), first);
    expect(outcome).toBe(code === 'lease_lost' ? 'lease_lost' : OF_CLASS[kind]);
  });

  it('backs off while attempts are left, and then fails', () => {
    const error = new AppError('provider_unavailable');
    expect(decideOutcome(error, first)).toMatchObject({ outcome: 'retry', countsAttempt: true });
    expect(decideOutcome(error, last)).toMatchObject({ outcome: 'failed' });
  });

  it('tries again after a bug, but only as often as the queue allows', () => {
    expect(decideOutcome(new AppError('internal'), first)).toMatchObject({ outcome: 'retry', countsAttempt: true });
    expect(decideOutcome(new AppError('internal'), last)).toMatchObject({ outcome: 'failed' });
  });

  it.each(['provider_rate_limited', 'provider_unavailable'] as const)(
    '%s: waits as long as the provider says, without using up an attempt',
    (code) => {
      const decision = decideOutcome(new AppError(code, { retryAt: inMs(90_000) }), last, () => 0);
      expect(decision).toMatchObject({ outcome: 'retry', countsAttempt: false, delayMs: 90_000 });
    },
  );

  it('does not make a job pay for our own outages', () => {
    for (const code of ['database_unavailable', 'redis_unavailable'] as const) {
      expect(decideOutcome(new AppError(code), last)).toMatchObject({ outcome: 'retry', countsAttempt: false });
    }
  });

  it('gives up waiting for a limit a day after the job first started', () => {
    const error = new AppError('provider_rate_limited');
    expect(decideOutcome(error, startedAgo(23 * HOUR_MS))).toMatchObject({ outcome: 'retry' });
    expect(decideOutcome(error, startedAgo(25 * HOUR_MS))).toMatchObject({ outcome: 'failed' });
  });

  it('counts the attempts at a source that has been down for an hour, whatever it says', () => {
    const error = new AppError('provider_unavailable', { retryAt: inMs(60_000) });
    const old = startedAgo(2 * HOUR_MS);
    expect(decideOutcome(error, old, () => 0)).toMatchObject({ delayMs: 60_000, countsAttempt: true });
    expect(decideOutcome(error, { ...old, attempt: 3 })).toMatchObject({ outcome: 'failed' });
  });

  it.each([
    ['past', inMs(-HOUR_MS), 1_000],
    ['far away', inMs(1_000 * HOUR_MS), HOUR_MS],
    ['no time at all', new Date(Number.NaN), 30_000],
  ])('bounds a time that is %s', (_, retryAt, delayMs) => {
    const decision = decideOutcome(new AppError('provider_rate_limited', { retryAt }), first, () => 0);
    expect(decision).toMatchObject({ outcome: 'retry', delayMs });
  });
});

describe('backoff', () => {
  it('grows exponentially from two seconds up to five minutes, with full jitter', () => {
    const longest = [1, 2, 3, 4, 20].map((attempt) => backoffMs(attempt, () => 1));
    expect(longest).toEqual([2_000, 4_000, 8_000, 16_000, 300_000]);
    expect(backoffMs(3, () => 0)).toBe(0);
    expect(backoffMs(3, () => 0.5)).toBe(4_000);
  });
});
