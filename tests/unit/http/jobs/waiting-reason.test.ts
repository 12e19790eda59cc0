import { describe, expect, it } from 'vitest';
import { waitingReason } from '@/lib/http/jobs/waiting-reason';
import type { WaitingFor } from '@/types/jobs';
import { sampleStatus } from '../../../support/sample-status';

const NOW = Date.parse('2026-03-01T14:30:00Z');
const LATER = '2026-03-01T14:32:10.000Z';

describe('why a job waits', () => {
  it.each<[WaitingFor | null, number | null, string]>([
    ['turn', 1, 'Next in line.'],
    ['turn', 2, 'Behind 1 job.'],
    ['turn', 12, 'Behind 11 jobs.'],
    ['own_jobs', null, 'Your other jobs go first.'],
    ['resume', 3, 'The queue is paused; the job starts when an operator resumes it.'],
    ['worker', 3, 'No worker is running; the job starts as soon as one is.'],
    ['redis', null, 'The queue does not answer; the job is recorded and starts when it is back.'],
    [null, null, 'Waiting for a free worker.'],
  ])('%s, place %s: %s', (waitingFor, position, reason) => {
    expect(waitingReason(sampleStatus({ state: 'queued', waiting_for: waitingFor, position }), NOW)).toBe(reason);
  });

  it('names the provider that limits us, and until when', () => {
    const error = { code: 'provider_rate_limited', message: 'For now.', retryable: true, provider: 'Companies House' };
    const status = sampleStatus({ state: 'delayed', run_at: LATER, error });
    expect(waitingReason(status, NOW)).toBe(
      'Companies House takes no more requests until 14:32 UTC. The job then goes on by itself.',
    );
    expect(waitingReason(status, Date.parse(LATER) + 1)).toContain('Companies House takes requests again.');
  });

  it('says after a failure what it was and when it goes on', () => {
    const error = { code: 'provider_unavailable', message: 'Companies House did not answer.', retryable: true };
    expect(waitingReason(sampleStatus({ state: 'delayed', run_at: LATER, error }), NOW)).toBe(
      'Retry after an error: Companies House did not answer. The next attempt starts at 14:32 UTC.',
    );
  });

  it('says of a scheduled job when it starts', () => {
    expect(waitingReason(sampleStatus({ state: 'delayed', run_at: LATER }), NOW)).toBe('Scheduled for 14:32 UTC.');
  });

  it('has no reason for a job that runs or has ended', () => {
    expect(waitingReason(sampleStatus({ state: 'active' }), NOW)).toBeNull();
    expect(waitingReason(sampleStatus({ state: 'completed' }), NOW)).toBeNull();
  });
});
