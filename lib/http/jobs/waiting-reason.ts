import type { JobStatus } from '@/types/jobs';

/** Why a queued or delayed job does not run yet, in plain words; null for a job that does not wait. */
export function waitingReason(status: JobStatus, now = Date.now()): string | null {
  if (status.state === 'queued') return queuedReason(status);
  if (status.state === 'delayed') return delayedReason(status, now);
  return null;
}

function queuedReason({ waiting_for: waitingFor, position }: JobStatus): string {
  switch (waitingFor) {
    case 'resume':
      return 'The queue is paused; the job starts when an operator resumes it.';
    case 'worker':
      return 'No worker is running; the job starts as soon as one is.';
    case 'own_jobs':
      return 'Your other jobs go first.';
    case 'redis':
      return 'The queue does not answer; the job is recorded and starts when it is back.';
    case 'turn':
    case null:
      return placeInLine(position);
  }
}

function placeInLine(position: number | null): string {
  if (position === null) return 'Waiting for a free worker.';
  if (position === 1) return 'Next in line.';
  return `Behind ${position - 1} ${position === 2 ? 'job' : 'jobs'}.`;
}

function delayedReason({ error, run_at: runAt }: JobStatus, now: number): string {
  const at = runAt === null ? Number.NaN : Date.parse(runAt);
  if (error === null) return Number.isNaN(at) ? 'Scheduled for later.' : `Scheduled for ${clock(at)}.`;
  const next = at > now ? `The next attempt starts at ${clock(at)}.` : 'The next attempt starts as soon as it can.';
  if (error.code !== 'provider_rate_limited') return `Retry after an error: ${error.message} ${next}`;
  const provider = error.provider ?? 'A source';
  return at > now
    ? `${provider} takes no more requests until ${clock(at)}. The job then goes on by itself.`
    : `${provider} takes requests again. ${next}`;
}

/** Hour and minute in UTC; the instant itself is in `next_attempt_at`, for clients that show local time. */
function clock(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}
