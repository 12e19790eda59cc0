import { expect, test } from 'vitest';
import { type JobAnswer, jobAnswerSchema, reportIdOf } from '@/components/jobs/job-answer';
import { describeCount, describeJob } from '@/components/jobs/job-words';

function answer(status: string, extras: Record<string, unknown> = {}): JobAnswer {
  return jobAnswerSchema.parse({
    job: { id: 'research:DM000001:1', status, progress: 45, attempt: 1, max_attempts: 2 },
    queue: 'research',
    created_at: '2025-10-12T10:00:00Z',
    ...extras,
  });
}

test('a running job is read although it has no result yet', () => {
  expect(answer('active').result).toBeUndefined();
});

test('a running job says its step in words and how many there are', () => {
  const step = { name: 'financials', label: 'Reading filed accounts', index: 3, total: 8 };
  expect(describeJob(answer('active', { step }))).toBe('Reading filed accounts (step 3 of 8)');
});

test('a waiting job says what it waits for, and its place in the line', () => {
  const third = answer('queued', { position: 3, reason: 'Behind 2 jobs.' });
  expect(describeJob(third)).toBe('Behind 2 jobs.');
  expect(describeCount(third, 0)).toBe('3rd in line');
  expect(describeJob(answer('queued', { position: 1 }))).toBe('Next in line.');
  expect(describeCount(answer('queued', { position: 1 }), 0)).toBeNull();
  expect(describeJob(answer('queued', { reason: 'The queue is paused' }))).toBe('The queue is paused.');
  expect(describeJob(answer('queued'))).toBe('Recorded, waiting for a worker.');
});

test('a job that will be tried again says why, when, and how long that is', () => {
  const at = { next_attempt_at: '2025-10-12T13:02:00Z' };
  expect(describeJob(answer('delayed', { ...at, reason: 'Companies House did not answer.' }))).toBe(
    'Companies House did not answer.',
  );
  expect(describeJob(answer('delayed', at))).toBe('Trying again at 14:02:00.');
  expect(describeCount(answer('delayed', at), Date.parse('2025-10-12T13:01:48Z'))).toBe('in 12 s');
  expect(describeCount(answer('delayed', at), Date.parse('2025-10-12T13:02:01Z'))).toBe('about to start');
});

test('a job whose worker has gone quiet says since when, and that another will carry on', () => {
  const silent = answer('active', { stale: true, heartbeat_at: '2025-10-12T13:02:00Z' });
  expect(describeJob(silent)).toBe(
    'No sign of life from its worker since 14:02:00. Another worker takes it over from the last saved step.',
  );
  expect(describeCount(silent, Date.parse('2025-10-12T13:02:18Z'))).toBe('silent for 18 s');
});

test('a job that ended at once still says how long it took', () => {
  const times = { started_at: '2025-10-12T10:00:00.000Z', completed_at: '2025-10-12T10:00:00.300Z' };
  expect(describeJob(answer('completed', times))).toBe('The report is ready. It took under 1 s.');
});

test('a failed job shows the reason it was given', () => {
  const error = { code: 'provider_unavailable', message: 'A source did not answer.', retryable: true };
  expect(describeJob(answer('failed', { error }))).toBe('A source did not answer.');
});

test('the time left is shown while there is some, and never as a negative number', () => {
  const running = answer('active', { estimated_completion: '2025-10-12T10:01:30Z' });
  expect(describeCount(running, Date.parse('2025-10-12T10:00:50Z'))).toBe('about 40 s left');
  expect(describeCount(running, Date.parse('2025-10-12T10:02:00Z'))).toBeNull();
});

test('a finished research leads to its report', () => {
  expect(reportIdOf(answer('completed', { result: { report_id: 'r1' } }))).toBe('r1');
  expect(reportIdOf(answer('completed', { result: { score: 1 }, report_id: 'r2' }))).toBe('r2');
  expect(reportIdOf(answer('completed', { result: null }))).toBeNull();
});
