import { describe, expect, it } from 'vitest';
import { AppError, ERRORS, type ErrorCode } from '@/lib/errors';
import { backoffMs, decideOutcome } from '@/lib/queue/attempt/decide-outcome';

const now = new Date('2026-03-01T12:00:00Z');
const first = { attempt: 1, maxAttempts: 3, createdAt: new Date('2026-03-01T11:59:00Z'), now };
const last = { ...first, attempt: 3 };

// The keys of the table are its codes.
const CODES = Object.keys(ERRORS) as ErrorCode[];
const ENDS = new Map<ErrorCode, string>([
  ['cancelled', 'cancelled'],
  ['lease_lost', 'lease_lost'],
  ['shutting_down', 'released'],
]);

describe('what follows a failure', () => {
  it('follows the one table of failures for every code', () => {
    for (const code of CODES) {
      const { outcome } = decideOutcome(new AppError(code), first);
      const expected = ENDS.get(code) ?? (ERRORS[code].retry === 'never' ? 'failed' : 'retry');
      expect(outcome, code).toBe(expected);
    }
  });

  it('backs off while attempts are left, and then fails', () => {
    const error = new AppError('provider_unavailable');
    expect(decideOutcome(error, first)).toMatchObject({ outcome: 'retry', countsAttempt: true });
    expect(decideOutcome(error, last)).toMatchObject({ outcome: 'failed' });
  });

  it('treats a bug like a passing failure', () => {
    expect(decideOutcome(new AppError('internal'), first)).toMatchObject({ outcome: 'retry', countsAttempt: true });
  });

  it('waits exactly as long as a provider says, without using up an attempt', () => {
    const error = new AppError('provider_rate_limited', { retryAt: new Date(now.getTime() + 90_000) });
    const decision = decideOutcome(error, last, () => 0);
    expect(decision).toMatchObject({ outcome: 'retry', countsAttempt: false, delayMs: 90_000 });
  });

  it('does not make a job pay for our own outages', () => {
    for (const code of ['database_unavailable', 'redis_unavailable'] as const) {
      expect(decideOutcome(new AppError(code), last)).toMatchObject({ outcome: 'retry', countsAttempt: false });
    }
  });

  it('gives up waiting after a day', () => {
    const old = { ...first, createdAt: new Date('2026-02-27T12:00:00Z') };
    expect(decideOutcome(new AppError('provider_rate_limited'), old)).toMatchObject({ outcome: 'failed' });
  });

  it('never comes back earlier than the failure allows', () => {
    const error = new AppError('provider_unavailable', { retryAt: new Date(now.getTime() + 60_000) });
    expect(decideOutcome(error, first, () => 0)).toMatchObject({ delayMs: 60_000 });
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
