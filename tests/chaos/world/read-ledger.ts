import type { Sql } from 'postgres';
import type { QuotaSample } from '../engines/engine';
import type { EventRow, JobRow, QuotaRow, World } from './world';

/** Our ledger and everything that jobs write, of the given users. */
export async function readLedger(
  sql: Sql,
  userIds: readonly string[],
): Promise<Omit<World, 'bull' | 'requests' | 'quotas' | 'removesCancelled'>> {
  const jobs = await sql<JobRow[]>`
    select id, queue, user_id as "userId", company_id as "companyId", state, run_id as "runId",
      error ->> 'code' as "errorCode", error ->> 'message' as "errorMessage", quota_state as quota,
      extract(epoch from created_at)::float8 * 1000 as "createdAt",
      extract(epoch from finished_at)::float8 * 1000 as "finishedAt"
    from jobs where user_id in ${sql(userIds)} order by created_at, id`;
  const events = await sql<(Omit<EventRow, 'workerPid'> & { worker: string | null })[]>`
    select e.job_id as "jobId", e.run_id as "runId", e.type, e.worker, e.detail ->> 'reason' as reason,
      extract(epoch from e.at)::float8 * 1000 as at
    from job_events e join jobs j on j.id = e.job_id where j.user_id in ${sql(userIds)} order by e.id`;
  const keys = await sql<World['keys']>`
    select user_id as "userId", key, job_id as "jobId" from idempotency_keys
    where user_id in ${sql(userIds)}`;
  const reports = await sql<World['reports']>`
    select job_id as "jobId", status, coalesce(jsonb_array_length(document -> 'sections'), 0) as sections
    from research_reports where user_id in ${sql(userIds)}`;
  const scores = await sql<World['scores']>`
    select job_id as "jobId" from lead_scores where user_id in ${sql(userIds)}`;
  const signals = await sql<{ key: string }[]>`
    select concat_ws('|', company_id, type, event_date, title, evidence ->> 'locator', evidence ->> 'snippet') as key
    from buying_signals`;
  const notifications = await sql<{ key: string }[]>`
    select concat_ws('|', user_id, kind, title, body::text) as key from notifications
    where user_id in ${sql(userIds)}`;
  return {
    jobs: [...jobs],
    events: events.map(({ worker, ...event }) => ({ ...event, workerPid: pidOf(worker) })),
    keys: [...keys],
    reports: [...reports],
    scores: [...scores],
    signals: signals.map(({ key }) => key),
    notifications: notifications.map(({ key }) => key),
  };
}

/** Used and allowed researches of this month, and what the jobs hold, in one instant. */
export async function readQuotas(sql: Sql, userIds: readonly string[], limit: number): Promise<QuotaSample[]> {
  const rows = await sql<(QuotaRow & { reservations: number })[]>`
    select p.id as "userId", coalesce(p.research_limit, ${limit}) as limit,
      coalesce((select sum(q.used) from research_quotas q where q.user_id = p.id), 0)::int as used,
      (select count(*) from jobs j where j.user_id = p.id and j.quota_state in ('reserved', 'kept'))::int
        as reservations
    from profiles p where p.id in ${sql(userIds)}`;
  const at = Date.now();
  return rows.map((row) => ({ ...row, at }));
}

export async function readOpenJobs(sql: Sql, userIds: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from jobs where user_id in ${sql(userIds)} and state in ('queued', 'delayed', 'active')`;
  return rows.map(({ id }) => id);
}

export async function readBusyWorkers(sql: Sql): Promise<number[]> {
  const rows = await sql<{ worker: string | null }[]>`select distinct worker from jobs where state = 'active'`;
  return rows.map(({ worker }) => pidOf(worker)).filter((pid) => pid !== null);
}

/** A worker's name is `<host>:<process id>:<random>`. */
function pidOf(worker: string | null): number | null {
  const pid = Number(worker?.split(':').at(-2));
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}
