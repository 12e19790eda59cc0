import { describe, expect, it } from 'vitest';
import { watchWorkers } from '@/lib/queue/process/worker-watch';

function watchAt() {
  const clock = { now: 0 };
  const watch = watchWorkers(() => clock.now);
  const lookAt = (now: number, beats: Record<string, number>) => {
    clock.now = now;
    watch.look(new Map(Object.entries(beats)));
  };
  return { clock, watch, lookAt };
}

describe('watching workers', () => {
  it('says nothing before everybody had six seconds to be seen', () => {
    const { watch, lookAt } = watchAt();
    for (const at of [0, 2_000, 4_000]) lookAt(at, { a: at });
    expect(watch.alive()).toBeNull();
    lookAt(6_000, { a: 6_000 });
    expect(watch.alive()).toEqual(['a']);
  });

  it('calls a worker gone when its beat has not changed for six seconds, whatever its clock says', () => {
    const { watch, lookAt } = watchAt();
    for (const at of [0, 2_000, 4_000, 6_000, 8_000]) lookAt(at, { slowClock: at - 3_600_000, dead: 1 });
    expect(watch.alive()).toEqual(['slowClock']);
  });

  it('starts anew after a time in which nobody could be seen', () => {
    const { clock, watch, lookAt } = watchAt();
    for (const at of [0, 2_000, 4_000, 6_000]) lookAt(at, { a: at });
    clock.now = 60_000;
    expect(watch.alive()).toBeNull();
    lookAt(60_000, {});
    expect(watch.alive()).toBeNull();
  });
});
