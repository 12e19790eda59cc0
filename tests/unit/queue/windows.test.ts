import { describe, expect, it } from 'vitest';
import { nextPart } from '@/lib/queue/window/machine-pace';
import { pacedWindows, windowsOf } from '@/lib/queue/window/windows';

describe('the windows of a queue', () => {
  it('leave one slot to whoever comes next, unless there is only one', () => {
    expect(windowsOf(10, 50)).toEqual({ window: 9, batchWindow: 5 });
    expect(windowsOf(2, 50)).toEqual({ window: 1, batchWindow: 1 });
    expect(windowsOf(1, 50)).toEqual({ window: 1, batchWindow: 1 });
    expect(windowsOf(10, 100)).toEqual({ window: 9, batchWindow: 9 });
    expect(windowsOf(100, 1)).toEqual({ window: 99, batchWindow: 1 });
  });

  it('shrink on a busy machine, never to nothing', () => {
    expect(pacedWindows({ window: 9, batchWindow: 5 }, 0.5)).toEqual({ window: 5, batchWindow: 3 });
    expect(pacedWindows({ window: 9, batchWindow: 5 }, 0.01)).toEqual({ window: 1, batchWindow: 1 });
    expect(pacedWindows({ window: 9, batchWindow: 5 }, 1)).toEqual({ window: 9, batchWindow: 5 });
  });
});

describe('the pace of a machine', () => {
  it('drops fast when it is too busy, rises slowly when it has room, and rests in between', () => {
    expect(nextPart(0.5, 0.9, 0.7)).toBeCloseTo(0.35);
    expect(nextPart(0.5, 0.3, 0.7)).toBeCloseTo(0.58);
    expect(nextPart(0.5, 0.65, 0.7)).toBe(0.5);
    expect(nextPart(0.99, 0, 0.7)).toBe(1);
    expect(nextPart(0.01, 1, 0.7)).toBe(0.01);
  });
});
