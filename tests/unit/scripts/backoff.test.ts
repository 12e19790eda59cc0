import { describe, expect, it } from 'vitest';
import { countFailure, restartDelayMs } from '../../../scripts/stack/backoff';

describe('starting a crashed part again', () => {
  it('waits longer after every crash in a row, up to half a minute', () => {
    expect([1, 2, 3, 4].map(restartDelayMs)).toEqual([500, 1_000, 2_000, 4_000]);
    expect(restartDelayMs(50)).toBe(30_000);
  });

  it('begins anew after a minute without a crash', () => {
    expect(countFailure(6, 1_000)).toBe(7);
    expect(countFailure(6, 60_000)).toBe(1);
  });

  it('begins anew for one that is killed now and then, not for one that cannot run', () => {
    expect(countFailure(1, 10_000)).toBe(1);
    expect(countFailure(1, 9_000)).toBe(2);
    expect(countFailure(4, 30_000)).toBe(5);
  });
});
