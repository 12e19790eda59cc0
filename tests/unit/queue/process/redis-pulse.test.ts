import { describe, expect, it } from 'vitest';
import { leaseTimes } from '@/lib/queue/lease-times';
import { createRedisPulse } from '@/lib/queue/process/redis-pulse';

function pulseAt() {
  const clock = { now: 0 };
  const pulse = createRedisPulse(leaseTimes(6_000), () => clock.now);
  const beatUntil = (end: number) => {
    for (; clock.now <= end; clock.now += 1_000) pulse.answered(50_000 + clock.now);
    clock.now -= 1_000;
  };
  return { clock, pulse, beatUntil };
}

describe("Redis' pulse", () => {
  it('is steady once a new worker has seen it for as long as others need to renew', () => {
    const { pulse, beatUntil } = pulseAt();
    beatUntil(2_000);
    expect(pulse.isSteady()).toBe(false);
    beatUntil(3_000);
    expect(pulse.isSteady()).toBe(true);
  });

  it('is not steady after a gap until everybody had time to renew', () => {
    const { clock, pulse, beatUntil } = pulseAt();
    beatUntil(5_000);
    clock.now = 8_000;
    expect(pulse.isSteady()).toBe(false);
    pulse.answered(58_000);
    expect(pulse.isSteady()).toBe(false);
    beatUntil(10_000);
    expect(pulse.isSteady()).toBe(false);
    beatUntil(11_000);
    expect(pulse.isSteady()).toBe(true);
  });

  it("tells Redis' time between its answers, and nothing before the first", () => {
    const { clock, pulse } = pulseAt();
    expect(pulse.serverNow()).toBeNull();
    pulse.answered(50_000);
    clock.now = 300;
    expect(pulse.serverNow()).toBe(50_300);
  });
});
