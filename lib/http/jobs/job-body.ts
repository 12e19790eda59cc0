import { isHeartbeatOverdue } from '@/lib/queue/status/job-status';
import { isTerminal, type JobStatus } from '@/types/jobs';
import { waitingReason } from './waiting-reason';

const POLL_INTERVAL_MS = 2_000;
const RUNNING_POLL_INTERVAL_MS = 1_000;

export function pollIntervalMs(status: JobStatus): number {
  return status.state === 'active' ? RUNNING_POLL_INTERVAL_MS : POLL_INTERVAL_MS;
}

/**
 * The API's body for one job, design note "Follow a job".
 * @param estimatedSeconds how long jobs of its queue run, as learned; null without enough history.
 */
export function toJobBody(status: JobStatus, estimatedSeconds: number | null): Record<string, unknown> {
  return {
    job: toJob(status),
    queue: status.queue,
    progress: status.progress,
    step: status.step,
    company: { id: status.company_id, name: status.company_name },
    report_id: status.report_id,
    created_at: status.created_at,
    started_at: status.started_at,
    ...ofState(status, estimatedSeconds),
  };
}

function toJob(status: JobStatus): Record<string, unknown> {
  return {
    id: status.id,
    status: status.state,
    progress: status.progress,
    attempt: Math.max(1, status.attempt),
    max_attempts: status.max_attempts,
    ...(status.state === 'completed' ? { result: status.result } : {}),
  };
}

function ofState(status: JobStatus, estimatedSeconds: number | null): Record<string, unknown> {
  const poll = { poll_interval_ms: pollIntervalMs(status) };
  switch (status.state) {
    case 'queued':
      return { position: status.position, reason: waitingReason(status), ...poll };
    case 'delayed':
      return { next_attempt_at: status.run_at, reason: waitingReason(status), ...poll };
    case 'active':
      return {
        estimated_completion: estimatedCompletion(status, estimatedSeconds),
        stale: isHeartbeatOverdue(status),
        heartbeat_at: status.heartbeat_at,
        cancelling: status.cancel_requested,
        ...poll,
      };
    case 'completed':
      return { result: status.result, completed_at: status.finished_at };
    case 'failed':
      return { error: status.error, failed_at: status.finished_at, links: { retry: retryLink(status) } };
    case 'cancelled':
      return { cancelled_at: status.finished_at, links: { retry: retryLink(status) } };
  }
}

function retryLink(status: JobStatus): string {
  return `/api/jobs/${status.id}/retry`;
}

/** When a running job probably ends; null when it has already taken longer than its predecessors. */
function estimatedCompletion(status: JobStatus, seconds: number | null): string | null {
  if (seconds === null || status.started_at === null) return null;
  const end = Date.parse(status.started_at) + seconds * 1000;
  return end > Date.now() ? new Date(end).toISOString() : null;
}

/** 202 while the job goes on, 200 once it has ended: a failed job is not a failed request. */
export function jobHttpStatus(status: JobStatus): 200 | 202 {
  return isTerminal(status.state) ? 200 : 202;
}
