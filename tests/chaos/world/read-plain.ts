import type { Redis } from 'ioredis';
import type { Sql } from 'postgres';
import type { History } from '../load/history';
import { PLAIN_PREFIX, PLAIN_QUEUES } from '../plain/queues';
import { readBullQueue } from './read-bull';
import { readRequests } from './read-requests';
import type { EventRow, JobRow, JobState, QuotaRow, World } from './world';

type Sources = { sql: Sql; redis: Redis; sandboxUrl: string; quotas: QuotaRow[] };

/** The comparison keeps no record of jobs: what is known of them is what Bull still has, and what the tables hold. */
export async function readPlainWorld({ sql, redis, sandboxUrl, quotas }: Sources, history: History): Promise<World> {
  const bull = await Promise.all(PLAIN_QUEUES.map((name) => readBullQueue(redis, PLAIN_PREFIX, name)));
  const events = await readRuns(sql);
  const ended = new Set(events.filter(({ type }) => type === 'completed').map(({ jobId }) => jobId));
  const jobs = await readJobs(redis, history, ended);
  const reports = await sql<World['reports']>`
    select job_id as "jobId", 'complete' as status, jsonb_array_length((sections #>> '{}')::jsonb) as sections
    from plain.reports`;
  const scores = await sql<World['scores']>`select job_id as "jobId" from plain.scores`;
  const signals = await sql<{ key: string }[]>`select concat_ws('|', company_id, title) as key from plain.signals`;
  const notifications = await sql<{ key: string }[]>`
    select concat_ws('|', user_id, title) as key from plain.notifications`;
  return {
    jobs,
    events,
    keys: jobs.map(({ id, userId }) => ({ userId: userId ?? '', key: id, jobId: id })),
    reports: [...reports],
    scores: [...scores],
    signals: signals.map(({ key }) => key),
    notifications: notifications.map(({ key }) => key),
    quotas,
    bull,
    requests: await readRequests(sandboxUrl),
    removesCancelled: true,
  };
}

/** @param completed jobs that have completed although Bull may not know them any more. */
async function readJobs(
  redis: Redis,
  { submissions, cancels }: History,
  completed: ReadonlySet<string>,
): Promise<JobRow[]> {
  const cancelled = new Set(cancels.filter(({ status }) => status === 200).map(({ jobId }) => jobId));
  const rows = new Map<string, JobRow>();
  for (const { jobId, queue, userId, companyId, sentAt } of submissions) {
    if (jobId === null || rows.has(jobId)) continue;
    const inBull = cancelled.has(jobId) ? 'cancelled' : await stateOf(redis, queue, jobId);
    const state = inBull ?? (completed.has(jobId) ? 'completed' : null);
    if (state === null) continue;
    const reason = await redis.hget(`${PLAIN_PREFIX}:${queue}:${jobId}`, 'failedReason');
    rows.set(jobId, {
      id: jobId,
      queue,
      userId,
      companyId,
      state,
      runId: 1,
      errorCode: state === 'failed' ? 'failed' : null,
      errorMessage: reason,
      quota: state === 'completed' ? 'kept' : 'returned',
      createdAt: sentAt,
      finishedAt: null,
    });
  }
  return [...rows.values()];
}

/** @returns null for a job that Bull does not know. */
async function stateOf(redis: Redis, queue: string, jobId: string): Promise<JobState | null> {
  const key = (list: string) => `${PLAIN_PREFIX}:${queue}:${list}`;
  if ((await redis.zscore(key('completed'), jobId)) !== null) return 'completed';
  if ((await redis.zscore(key('failed'), jobId)) !== null) return 'failed';
  if ((await redis.zscore(key('delayed'), jobId)) !== null) return 'delayed';
  if ((await redis.lpos(key('active'), jobId)) !== null) return 'active';
  return (await redis.lpos(key('wait'), jobId)) === null ? null : 'queued';
}

async function readRuns(sql: Sql): Promise<EventRow[]> {
  const runs = await sql<{ jobId: string; pid: number; outcome: string | null; begun: number; ended: number | null }[]>`
    select job_id as "jobId", pid, outcome, extract(epoch from started_at)::float8 * 1000 as begun,
      extract(epoch from ended_at)::float8 * 1000 as ended from plain.runs`;
  const events = runs.flatMap(({ jobId, pid, outcome, begun, ended }): EventRow[] => {
    const about = { jobId, runId: 1, workerPid: pid, reason: null };
    const start = { ...about, type: 'started', at: begun };
    return ended === null || outcome === null ? [start] : [start, { ...about, type: outcome, at: ended }];
  });
  return events.sort((a, b) => a.at - b.at);
}
