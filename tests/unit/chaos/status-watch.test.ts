import { describe, expect, it } from 'vitest';
import type { Contradiction } from '../../chaos/load/history';
import { createStatusWatch, type StatusReading } from '../../chaos/load/status-watch';
import { parseEvents } from '../../chaos/load/stream-events';

function watched(readings: readonly (StatusReading | 'anew')[]): string[] {
  const contradictions: Contradiction[] = [];
  const watch = createStatusWatch('job', contradictions);
  for (const reading of readings) reading === 'anew' ? watch.mayStartAnew() : watch.note(reading);
  return contradictions.map(({ what }) => what);
}

const at = (state: string, version: number, progress: number): StatusReading => ({ state, version, progress });

describe('a client that watches a job', () => {
  it('is content with versions and progress that rise, and with a retry within the run', () => {
    expect(watched([at('queued', 1, 0), at('active', 2, 40), at('delayed', 3, 40), at('completed', 4, 100)])).toEqual(
      [],
    );
  });

  it('notices a version that falls', () => {
    expect(watched([at('active', 5, 10), at('active', 4, 10)])).toEqual(['version fell from 5 (active) to 4 (active)']);
  });

  it('notices progress that falls and an end that is none', () => {
    expect(watched([at('active', 1, 50), at('active', 2, 40)])).toEqual([
      'progress fell from 50 (active) to 40 (active)',
    ]);
    expect(watched([at('completed', 1, 100), at('active', 2, 100)])).toEqual(['completed became active']);
  });

  it('expects a new beginning once after it has asked for one', () => {
    expect(watched([at('failed', 1, 50), 'anew', at('queued', 2, 0), at('active', 3, 20)])).toEqual([]);
    expect(
      watched([at('failed', 1, 50), 'anew', at('queued', 2, 0), at('active', 3, 20), at('queued', 4, 0)]),
    ).toHaveLength(1);
  });
});

describe('an event stream', () => {
  it('is read in whatever pieces it comes, without its comments', async () => {
    const text = ': hello\n\nid: 7\nevent: status\ndata: {"a":1}\n\nevent: end\ndata: {}\n\n';
    const pieces = [text.slice(0, 14), text.slice(14, 30), text.slice(30)].map((piece) => Buffer.from(piece));
    const events = [];
    for await (const some of parseEvents(arriving(pieces))) events.push(...some);
    expect(events).toEqual([
      { id: '7', type: 'status', data: { a: 1 } },
      { id: null, type: 'end', data: {} },
    ]);
  });
});

async function* arriving(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
