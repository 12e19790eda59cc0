import { z } from 'zod';
import { decodeCursor, encodeCursor } from '@/lib/http/cursor';
import { unwrap } from '@/lib/supabase/rpc';
import type { UserClient } from '@/lib/supabase/user-client';
import { type JobListAnswer, type JobState, jobSummarySchema } from '@/types/jobs';

const jobEventSchema = z.object({
  id: z.number(),
  at: z.string(),
  type: z.string(),
  run_id: z.number(),
  attempt: z.number().nullable(),
  detail: z.unknown(),
  /** The job's version and progress after it; null for entries from before they were recorded. */
  version: z.number().nullable(),
  progress: z.number().nullable(),
});
export type JobEvent = z.infer<typeof jobEventSchema>;

export type JobFilter = {
  status?: JobState | undefined;
  queue?: string | undefined;
  company_id?: string | undefined;
  cursor?: string | undefined;
  /** 1 to 100. */
  limit: number;
};

/**
 * One user's own jobs, newest first. Admins may read all jobs, so the user is named and not left to row-level security.
 */
export async function listJobs(client: UserClient, userId: string, filter: JobFilter): Promise<JobListAnswer> {
  const columns = Object.keys(jobSummarySchema.shape).join(',');
  let query = client.from('jobs').select(columns).eq('user_id', userId);
  if (filter.status) query = query.eq('state', filter.status);
  if (filter.queue) query = query.eq('queue', filter.queue);
  if (filter.company_id) query = query.eq('company_id', filter.company_id);
  if (filter.cursor) {
    const { at, id } = decodeCursor(filter.cursor);
    query = query.or(`created_at.lt."${at}",and(created_at.eq."${at}",id.lt."${id}")`);
  }
  const ordered = query.order('created_at', { ascending: false }).order('id', { ascending: false });
  const rows = z.array(jobSummarySchema).parse(unwrap(await ordered.limit(filter.limit + 1)));
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  const next = rows.length > filter.limit && last ? encodeCursor({ at: last.created_at, id: last.id }) : null;
  return { items, next_cursor: next };
}

/** What happened to a job, oldest first; empty when the job is not the user's. */
export async function listJobEvents(client: UserClient, jobId: string): Promise<JobEvent[]> {
  const rows = await eventsOf(client, jobId).order('id').limit(500);
  return z.array(jobEventSchema).parse(unwrap(rows));
}

/** As `listJobEvents`, of a long history the end. */
export async function recentJobEvents(client: UserClient, jobId: string): Promise<JobEvent[]> {
  const rows = await eventsOf(client, jobId).order('id', { ascending: false }).limit(200);
  return z.array(jobEventSchema).parse(unwrap(rows)).reverse();
}

function eventsOf(client: UserClient, jobId: string) {
  return client.from('job_events').select(Object.keys(jobEventSchema.shape).join(',')).eq('job_id', jobId);
}
