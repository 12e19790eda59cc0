import { describe, expect, it } from 'vitest';
import { readLastEventId, replaySince } from '@/lib/http/jobs/replay';
import type { JobEvent } from '@/lib/queue/status/job-list';
import { sampleStatus } from '../../../support/sample-status';

const STEP = { name: 'officers', label: 'Reading officers', index: 2, total: 8 };

/** A job that was started, read two sections, crashed, was taken over, failed for a while and went on. */
const TIMELINE: JobEvent[] = [
  event(1, 'submitted', { version: 1, progress: 0 }),
  event(2, 'started', { version: 2, progress: 0 }),
  event(3, 'step', { version: 3, progress: 12, detail: { step: STEP } }),
  event(4, 'recovered', { version: 5, progress: 25 }),
  event(5, 'started', { version: 5, progress: 25 }),
  event(6, 'retrying', {
    version: 6,
    progress: 25,
    detail: { reason: 'provider_unavailable', run_at: '2026-03-01T14:32:00Z' },
  }),
  event(7, 'started', { version: 7, progress: 25, attempt: 2 }),
];
const CURRENT = sampleStatus({ version: 9_002, progress: 60, attempt: 2 });

function event(id: number, type: string, changes: Partial<JobEvent>): JobEvent {
  const at = `2026-03-01T14:30:0${id}Z`;
  return { id, at, type, run_id: 1, attempt: 1, detail: {}, version: null, progress: null, ...changes };
}

type Replayed = { id: number; event: string; data: Record<string, unknown> };
function replay(lastVersion: number, events = TIMELINE, current = CURRENT): Replayed[] {
  return replaySince(lastVersion, events, current)
    .text.split('\n\n')
    .filter((block) => block !== '')
    .map((block) => ({
      id: Number(/^id: (\d+)$/m.exec(block)?.[1]),
      event: /^event: (.*)$/m.exec(block)?.[1] ?? '',
      data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}'),
    }));
}

describe('a reader that comes back', () => {
  it('is told every recorded status since, each under its own id and once', () => {
    const events = replay(1_000);
    expect(events.map(({ id }) => id)).toEqual([2_000, 3_000, 5_000, 6_000, 7_000]);
    expect(new Set(events.map(({ event: name }) => name))).toEqual(new Set(['status']));
    expect(events.every(({ data }) => data.replayed === true)).toBe(true);
  });

  it('is told nothing that it has seen, and nothing that the present status says', () => {
    expect(replay(6_000).map(({ id }) => id)).toEqual([7_000]);
    expect(replay(9_002)).toEqual([]);
    expect(replay(6_000, TIMELINE, { ...CURRENT, version: 7_000 })).toEqual([]);
  });

  it('sees state, step and attempt as they were then', () => {
    const [, step, takenOver, retrying, again] = replay(1_000).map(({ data }) => data);
    expect(step).toMatchObject({ job: { status: 'active', attempt: 1 }, step: STEP });
    expect(takenOver).toMatchObject({ job: { status: 'active' }, step: null, stale: false });
    expect(retrying).toMatchObject({ job: { status: 'delayed' }, next_attempt_at: '2026-03-01T14:32:00Z' });
    expect(String(retrying?.reason)).toContain('Retry after an error: A source did not answer.');
    expect(again).toMatchObject({ job: { status: 'active', attempt: 2 } });
  });

  it('sees progress as it was then where nothing was lost', () => {
    expect(replay(5_000).map(({ data }) => data.progress)).toEqual([25, 25]);
  });

  it('never sees progress go back, also not where a crashed worker had told more than it had saved', () => {
    // It saw 30 % at this id, told by the worker that crashed before it could save it.
    expect(replay(3_004).map(({ data }) => data.progress)).toEqual([60, 60, 60]);
  });

  it('sees the run before the one that a person started again', () => {
    const events = [
      ...TIMELINE,
      event(8, 'failed', { version: 8, progress: 40, detail: { reason: 'timed_out' } }),
      event(9, 'submitted', { version: 9, progress: 0, run_id: 2 }),
      event(10, 'started', { version: 10, progress: 0, run_id: 2 }),
    ];
    const current = sampleStatus({ version: 11_000, run: 2, progress: 10 });
    const seen = replay(7_000, events, current).map(({ data }) => [data.progress, data.job, data.error]);
    expect(seen).toMatchObject([
      [40, { status: 'failed' }, { code: 'timed_out' }],
      [0, { status: 'queued' }, undefined],
      [0, { status: 'active' }, undefined],
    ]);
  });

  it('is told the present only after entries from before versions were recorded', () => {
    const old = TIMELINE.map((entry) => ({ ...entry, version: null, progress: null }));
    expect(replay(1_000, old)).toEqual([]);
  });
});

describe('Last-Event-ID', () => {
  it.each([
    ['3000', 3_000],
    ['9999', 9_999],
    ['0', 0],
  ])('%s is a version', (header, version) => {
    expect(readLastEventId(header, CURRENT)).toBe(version);
  });

  it('is none when it is newer than the end of the job', () => {
    expect(readLastEventId('9003', { ...CURRENT, state: 'failed' })).toBeNull();
  });

  it.each([[null], [''], ['-1'], ['3000-stale'], ['nonsense'], ['1e3'], ['10000'], ['9'.repeat(40)]])(
    '%s is none of this job',
    (header) => {
      expect(readLastEventId(header, CURRENT)).toBeNull();
    },
  );
});
