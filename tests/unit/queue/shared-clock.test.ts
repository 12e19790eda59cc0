import { afterEach, describe, expect, it } from 'vitest';
import { clockLag, keepSharedClock, sharedNow } from '@/lib/queue/shared-clock';

afterEach(() => keepSharedClock(() => null));

describe('the clock that all processes share', () => {
  it("is Redis' own, whatever this machine's says", () => {
    keepSharedClock(() => 1_000_000);
    expect(sharedNow()).toBe(1_000_000);
    expect(clockLag()).toBeCloseTo(1_000_000 - Date.now(), -2);
  });

  it("is this machine's while Redis has not been heard of", () => {
    expect(Math.abs(sharedNow() - Date.now())).toBeLessThan(1_000);
    expect(Math.abs(clockLag())).toBeLessThan(1_000);
  });
});
