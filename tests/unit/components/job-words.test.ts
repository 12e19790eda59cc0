import { expect, test } from 'vitest';
import { type JobAnswer, jobAnswerSchema, reportIdOf } from '@/components/jobs/job-answer';
import { describeJob, describeRemaining } from '@/components/jobs/job-words';

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

test('a waiting job says its place in the line', () => {
  expect(describeJob(answer('queued', { position: 3 }))).toBe('Waiting, number 3 in line');
  expect(describeJob(answer('queued', { position: 1 }))).toBe('Next in line');
  expect(describeJob(answer('queued'))).toBe('Recorded, waiting for a worker');
});

test('a job that will be tried again says when, in UK time, and why', () => {
  const extras = { next_attempt_at: '2025-10-12T13:02:00Z', reason: 'Companies House did not answer.' };
  expect(describeJob(answer('delayed', extras))).toBe('Trying again at 14:02. Companies House did not answer.');
});

test('a job whose worker has gone quiet says that another will carry on', () => {
  expect(describeJob(answer('active', { stale: true }))).toMatch(/another one will carry on/i);
});

test('a failed job shows the reason it was given', () => {
  const error = { code: 'provider_unavailable', message: 'A source did not answer.', retryable: true };
  expect(describeJob(answer('failed', { error }))).toBe('A source did not answer.');
});

test('the time left is shown while there is some, and never as a negative number', () => {
  const running = answer('active', { estimated_completion: '2025-10-12T10:01:30Z' });
  expect(describeRemaining(running, Date.parse('2025-10-12T10:00:50Z'))).toBe('about 40 s left');
  expect(describeRemaining(running, Date.parse('2025-10-12T10:02:00Z'))).toBeNull();
});

test('a finished research leads to its report', () => {
  expect(reportIdOf(answer('completed', { result: { report_id: 'r1' } }))).toBe('r1');
  expect(reportIdOf(answer('completed', { result: { score: 1 }, report_id: 'r2' }))).toBe('r2');
  expect(reportIdOf(answer('completed', { result: null }))).toBeNull();
});
