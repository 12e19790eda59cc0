import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { createAttemptSignal, untilAborted } from '@/lib/queue/attempt/attempt-signal';

const never = () => new Promise<never>(() => undefined);

describe('the signal of an attempt', () => {
  it('fires at the time limit, with a reason', async () => {
    await expect(untilAborted(never(), createAttemptSignal(20))).rejects.toMatchObject({ code: 'timed_out' });
  });

  it('keeps the first reason', async () => {
    const attempt = createAttemptSignal(60_000);
    attempt.abort(new AppError('cancelled'));
    attempt.abort(new AppError('shutting_down'));
    attempt.dispose();
    expect(attempt.signal.reason).toMatchObject({ code: 'cancelled' });
  });

  it('has fired already for whoever asks for it after the abort', () => {
    const attempt = createAttemptSignal(60_000);
    attempt.abort(new AppError('cancelled'));
    attempt.dispose();
    expect(attempt.signal.aborted).toBe(true);
    expect(attempt.signal.reason).toMatchObject({ code: 'cancelled' });
  });

  it('gives the reason of the abort, whatever the work threw because of it', async () => {
    const attempt = createAttemptSignal(60_000);
    const work = new Promise<never>((_, reject) => {
      attempt.signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    });
    setTimeout(() => attempt.abort(new AppError('cancelled')), 5);
    await expect(untilAborted(work, attempt)).rejects.toMatchObject({ code: 'cancelled' });
    attempt.dispose();
  });

  it('leaves behind work that does not stop, soon after the abort', async () => {
    const attempt = createAttemptSignal(60_000);
    attempt.abort(new AppError('cancelled'));
    const startedAt = Date.now();
    await expect(untilAborted(never(), attempt)).rejects.toMatchObject({ code: 'cancelled' });
    expect(Date.now() - startedAt).toBeLessThan(1_900);
    attempt.dispose();
  });

  it('passes on the result, and the failure, of work that ends by itself', async () => {
    const attempt = createAttemptSignal(60_000);
    await expect(untilAborted(Promise.resolve(7), attempt)).resolves.toBe(7);
    await expect(untilAborted(Promise.reject(new Error('bug')), attempt)).rejects.toThrow('bug');
    attempt.dispose();
  });
});
