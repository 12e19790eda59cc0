import { type JobFilter, listJobs } from '@/lib/queue/status/job-list';
import { isHeartbeatOverdue, readJobStatuses } from '@/lib/queue/status/job-status';
import type { UserClient } from '@/lib/supabase/user-client';
import { isTerminal, type JobListAnswer, type JobListItem, type JobStatus, type JobSummary } from '@/types/jobs';
import { waitingReason } from './waiting-reason';

/**
 * One user's own jobs, newest first; those under way with what their status records say, all read in one Redis round
 * trip. Without Redis the list is the ledger's.
 */
export async function listPresentJobs(client: UserClient, userId: string, filter: JobFilter): Promise<JobListAnswer> {
  const page = await listJobs(client, userId, filter);
  const open = page.items.filter(({ state }) => !isTerminal(state)).map(({ id }) => id);
  const statuses = await readJobStatuses(open).catch(() => new Map<string, JobStatus>());
  return { ...page, items: page.items.map((job) => present(job, statuses.get(job.id))) };
}

/** A record that is already in another state says nothing about the row that is shown. */
function present(job: JobSummary, status: JobStatus | undefined): JobListItem {
  if (status?.state !== job.state) return job;
  return {
    ...job,
    progress: Math.max(job.progress, status.progress),
    position: status.position,
    reason: waitingReason(status),
    stale: isHeartbeatOverdue(status),
    cancelling: status.cancel_requested,
  };
}
