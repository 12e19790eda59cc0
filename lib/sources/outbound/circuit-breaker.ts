import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen, IterableBackoff } from 'cockatiel';
import { AppError } from '@/lib/errors';

/** Keeps from asking a provider that is down; each process finds out for itself. */
export type CircuitBreaker = {
  /** @throws AppError `provider_unavailable` with `retryAt` while the provider is not asked, else what `call` throws. */
  run<T>(call: () => Promise<T>): Promise<T>;
};

export type CircuitBreakerOptions = {
  /** The provider's name as people read it. */
  provider: string;
  /** Calls in a row without an answer after which it is not asked; each of them was tried three times. */
  failures?: number;
  /** How long it is not asked, ms: after the first time, after the next try that failed, ... The last one stays. */
  pausesMs?: readonly number[];
  /** Told when it is no longer asked, and when it answers again. */
  onChange?(state: 'open' | 'closed'): void;
};

/** One report asks the register about ten times, so one report that finds it down is enough. */
const FAILURES = 10;
const PAUSES_MS = [5_000, 10_000, 20_000, 40_000, 60_000];

/** @returns a breaker that lets a single call through after each pause, and everything once that has been answered. */
export function createCircuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const { provider, failures = FAILURES, pausesMs = PAUSES_MS, onChange } = options;
  const policy = circuitBreaker(
    handleWhen((error) => error instanceof AppError && error.code === 'provider_unavailable'),
    { halfOpenAfter: new IterableBackoff(pausesMs), breaker: new ConsecutiveBreaker(failures) },
  );
  let breaks = 0;
  let openUntil = 0;
  policy.onBreak(() => {
    openUntil = Date.now() + (pausesMs[Math.min(breaks, pausesMs.length - 1)] ?? 0);
    breaks += 1;
    if (breaks === 1) onChange?.('open');
  });
  policy.onReset(() => {
    breaks = 0;
    onChange?.('closed');
  });
  return {
    async run(call) {
      try {
        return await policy.execute(call);
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        const detail = `${provider} has not answered for a while and is left alone for now`;
        const retryAt = new Date(Math.max(openUntil, Date.now() + 1_000));
        throw new AppError('provider_unavailable', { detail, retryAt, extras: { left_alone: true } });
      }
    },
  };
}
