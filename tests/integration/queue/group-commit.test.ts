import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BATCH_PRIORITY, jobOptions } from '@/lib/queue/bull-options';
import { readJob } from '@/lib/queue/job-ledger';
import { closeQueues, producerQueue } from '@/lib/queue/queue-manager';
import { addScoringJob } from '@/lib/queue/queues/scoring-queue';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { type HoldingProxy, startHoldingProxy } from '../../support/holding-proxy';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';
import { startWorkerChild, type WorkerChild } from '../../support/worker-child';

const WORKER = 'tests/support/quick-worker.ts';
const WAIT = { timeout: 60_000, interval: 200 };
const CONCURRENCY = { SCORING_WORKER_CONCURRENCY: '50' };
const JOBS = 2_000;

let stack: QueueStack;
let sql: postgres.Sql;
let userId: string;
const children: WorkerChild[] = [];
const proxies: HoldingProxy[] = [];

beforeAll(async () => {
  stack = await startQueueStack();
  sql = postgres(stack.databaseUrl, { max: 2, onnotice: () => undefined });
  userId = (await createTestUser()).id;
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.end('SIGKILL')));
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});
afterAll(async () => {
  await Promise.all([closeQueues(), sql.end()]);
  await stack.stop();
});

async function startChild(variables: Record<string, string> = {}): Promise<WorkerChild> {
  const child = await startWorkerChild(WORKER, { ...stack.environment, ...CONCURRENCY, ...variables });
  children.push(child);
  return child;
}

/** A worker that can start jobs but not end them. */
async function startChildWithoutEnds(): Promise<{ child: WorkerChild; proxy: HoldingProxy }> {
  const proxy = await startHoldingProxy(stack.environment.SUPABASE_URL ?? '', '/rpc/finish_jobs');
  proxies.push(proxy);
  return { child: await startChild({ SUPABASE_URL: proxy.url }), proxy };
}

async function addJob(companyId: string): Promise<string> {
  const { id } = await addScoringJob({ company_id: companyId, company_name: 'Sample', user_id: userId });
  if (!id) throw new Error('no job was recorded');
  return id;
}

const stateOf = async (jobId: string) => (await readJobStatus(jobId))?.state;
const hasLeftBull = async (jobId: string) => Boolean((await producerQueue('scoring').getJob(jobId))?.finishedOn);
const timelineOf = async (jobId: string) =>
  (await sql`select type from public.job_events where job_id = ${jobId} order by id`).map(({ type }) => type);
const scoresOf = async (jobId: string) => (await sql`select 1 from public.lead_scores where job_id = ${jobId}`).length;

/** As submissions leave them, but many at a time: jobs of a user, one per company. */
async function addManyJobs(): Promise<void> {
  await sql`insert into public.companies (id, name)
    select 'GC' || lpad(n::text, 6, '0'), 'COMPANY ' || n from generate_series(1, ${JOBS}::int) n`;
  const rows = await sql<{ id: string; company_id: string }[]>`
    insert into public.jobs (id, queue, user_id, company_id, company_name, payload, max_attempts, dispatched_at)
    select 'scoring:' || c.id || ':1', 'scoring', ${userId}, c.id, c.name, jsonb_build_object('company_id', c.id), 3, now()
    from public.companies c where c.id like 'GC%' returning id, company_id`;
  await producerQueue('scoring').addBulk(
    rows.map(({ id, company_id }) => ({
      name: '__default__',
      data: { company_id, run_id: 1 },
      opts: jobOptions(id, { delayMs: 0, priority: BATCH_PRIORITY, waiting: 0 }),
    })),
  );
}

describe('thousands of small jobs', () => {
  it('each end exactly once, whatever shares a call and whichever process runs them', async () => {
    await Promise.all([startChild(), startChild()]);
    await addManyJobs();
    const countCompleted = async () =>
      (await sql`select count(*)::int as n from public.jobs where company_id like 'GC%' and state = 'completed'`)[0]?.n;
    await expect.poll(countCompleted, WAIT).toBe(JOBS);
    const timelines = await sql`select timeline, count(*)::int as jobs from (
      select string_agg(e.type || ' ' || e.attempt || ' v' || e.version || ' ' || e.progress || '%', ', ' order by e.id)
        as timeline
      from public.job_events e where e.job_id like 'scoring:GC%' group by e.job_id) t group by timeline`;
    expect(timelines).toEqual([{ timeline: 'started 1 v2 0%, completed 1 v3 100%', jobs: JOBS }]);
    expect(
      await sql`select count(*)::int as jobs, max(token)::int as token, max(crash_count) as crashes
      from public.jobs where company_id like 'GC%'`,
    ).toEqual([{ jobs: JOBS, token: 1, crashes: 0 }]);
    expect(
      await sql`select count(*)::int as n, count(distinct job_id)::int as jobs from public.lead_scores
      where job_id like 'scoring:GC%'`,
    ).toEqual([{ n: JOBS, jobs: JOBS }]);
    await expect.poll(() => stateOf('scoring:GC000001:1'), WAIT).toBe('completed');
  }, 90_000);
});

describe('a job whose end is not committed yet', () => {
  it('has given its slot free, but is not said to be done', async () => {
    const { proxy } = await startChildWithoutEnds();
    const jobId = await addJob('DM000001');
    await expect.poll(() => hasLeftBull(jobId), WAIT).toBe(true);
    await expect.poll(() => proxy.held(), WAIT).toBe(1);
    await expect.poll(() => stateOf(jobId), WAIT).toBe('active');
    expect(await readJob(jobId)).toMatchObject({ state: 'active' });
    expect(await scoresOf(jobId)).toBe(0);
  });

  it('is run again within ten seconds when its worker is killed, and has its effects once', async () => {
    const { child, proxy } = await startChildWithoutEnds();
    const jobId = await addJob('DM000002');
    await expect.poll(() => proxy.held(), WAIT).toBe(1);
    await startChild();
    await child.end('SIGKILL');
    const killedAt = Date.now();
    await expect.poll(() => stateOf(jobId), WAIT).toBe('completed');
    expect(Date.now() - killedAt).toBeLessThan(10_000);
    expect(await timelineOf(jobId)).toEqual(['submitted', 'started', 'recovered', 'started', 'completed']);
    expect(await readJob(jobId)).toMatchObject({ attempt: 1 });
    expect(await scoresOf(jobId)).toBe(1);
  });

  it('is waited for when the worker is told to stop', async () => {
    const child = await startChild();
    const jobIds = await Promise.all(['DM000003', 'DM000004', 'DM000005'].map(addJob));
    await expect.poll(async () => (await Promise.all(jobIds.map(hasLeftBull))).every(Boolean), WAIT).toBe(true);
    expect(await child.end('SIGTERM')).toBe(0);
    for (const jobId of jobIds) expect(await readJob(jobId)).toMatchObject({ state: 'completed' });
  });
});
