import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import { createAttemptSignal } from '@/lib/queue/attempt/attempt-signal';
import { createSlots, type Slots } from '@/lib/queue/process/slots';

const PLACES = 3;
const never = { reason: () => null, onAbort: () => undefined };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Runs processors that take so long, one after the other. */
async function run(slots: Slots, times: number, durationMs: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    const leave = await slots.occupy(never);
    vi.advanceTimersByTime(durationMs);
    leave();
  }
}

/** How many jobs can be taken at once. */
async function takable(slots: Slots): Promise<number> {
  let taken = 0;
  for (let n = 0; n < slots.most + 5; n += 1) {
    void slots.take().then(() => {
      taken += 1;
    });
  }
  await vi.advanceTimersByTimeAsync(0);
  return taken;
}

describe('the slots of a queue in a worker', () => {
  it('take no more jobs than may run while nothing is known of how long they take', async () => {
    expect(await takable(createSlots(PLACES))).toBe(PLACES);
  });

  it('take jobs ahead while processors are quick', async () => {
    const slots = createSlots(PLACES);
    await run(slots, 200, 1);
    expect(slots.most).toBe(30);
    expect(await takable(slots)).toBe(30);
  });

  it('take none ahead while processors are slow, or have become it', async () => {
    const slots = createSlots(PLACES);
    await run(slots, 200, 500);
    expect(slots.isOver()).toBe(false);
    await run(slots, 200, 1);
    await run(slots, 3, 500);
    expect(await takable(slots)).toBe(PLACES);
  });

  it('let another job in when one is put back', async () => {
    const slots = createSlots(1);
    await slots.take();
    const second = vi.fn();
    void slots.take().then(second);
    await vi.advanceTimersByTimeAsync(0);
    expect(second).not.toHaveBeenCalled();
    slots.putBack();
    await vi.advanceTimersByTimeAsync(0);
    expect(second).toHaveBeenCalledOnce();
  });

  it('run no more processors than there are places, in the order of asking', async () => {
    const slots = createSlots(1);
    const order: string[] = [];
    const leave = await slots.occupy(never);
    const waiting = ['first', 'second'].map(async (name) => {
      const done = await slots.occupy(never);
      order.push(name);
      done();
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual([]);
    leave();
    await Promise.all(waiting);
    expect(order).toEqual(['first', 'second']);
  });

  it('hand a job back that finds no place in time, and take none ahead then', async () => {
    const slots = createSlots(PLACES);
    await run(slots, 200, 1);
    for (let n = 0; n < PLACES; n += 1) await slots.occupy(never);
    const refused = expect(slots.occupy(never)).rejects.toMatchObject({ code: 'worker_busy' });
    await vi.advanceTimersByTimeAsync(250);
    await refused;
    expect(await takable(slots)).toBe(PLACES);
  });

  it('let go of a job that is stopped while it waits', async () => {
    const slots = createSlots(1);
    const leave = await slots.occupy(never);
    const attempt = createAttemptSignal(60_000);
    const stopped = expect(slots.occupy(attempt)).rejects.toMatchObject({ code: 'cancelled' });
    attempt.abort(new AppError('cancelled'));
    attempt.dispose();
    await stopped;
    leave();
    await expect(slots.occupy(never)).resolves.toBeTypeOf('function');
  });

  it('keep nobody waiting once the process ends', async () => {
    const slots = createSlots(1);
    const all = Promise.all([slots.take(), slots.take(), slots.take()]);
    slots.open();
    await expect(all).resolves.toHaveLength(3);
  });
});
