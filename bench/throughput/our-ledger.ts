import { randomUUID } from 'node:crypto';
import type { Queue } from 'bull';
import type { Redis } from 'ioredis';
import postgres from 'postgres';
import { z } from 'zod';
import { BATCH_PRIORITY, jobOptions } from '@/lib/queue/bull-options';
import { defineQueue } from '@/lib/queue/define-queue';
import { startWorker } from '@/lib/queue/process/start-worker';
import { stopWorkers } from '@/lib/queue/process/worker-process';
import { closeQueues, openBullQueue } from '@/lib/queue/queue-manager';
import { closeRedis, openRedis } from '@/lib/queue/redis-client';
import { runnerFor } from '@/lib/queue/runner';
import { writeStatusRecords } from '@/lib/queue/status/status-record';
import { onQueueEvent } from '@/lib/queue/telemetry';
import { type Contender, countdown, type Place } from './contender';
import { tidyDatabase } from './peer-database';

/** A queue like any other, whose processor does nothing. */
const benchQueue = defineQueue({
  name: 'bench',
  aliases: [],
  envName: 'BENCH',
  label: 'Bench',
  priority: 1,
  attempts: 3,
  concurrency: 50,
  timeoutMs: 30_000,
  payloadSchema: z.object({ company_id: z.string() }),
  resultSchema: z.object({ ok: z.literal(true) }),
  createsReport: false,
  usesQuota: false,
  freshForSeconds: 0,
  companyMembers: { id: 'company_id', name: 'company_name' },
  subject: ({ company_id }) => ({ companyId: company_id, companyName: null, userId: null }),
  forces: () => false,
});

const runner = runnerFor(benchQueue, async () => ({ result: { ok: true as const }, effects: {} }));

/** Every job recorded in the ledger and queued in Bull, run by the worker of the product. */
export async function ourLedger(place: Place): Promise<Contender> {
  const sql = postgres(place.databaseUrl, { max: 2, onnotice: () => undefined });
  // Queueing thousands at a time takes longer than a request's connection allows.
  const connections = { client: openRedis('blocking', 'bench'), subscriber: openRedis('blocking', 'bench:events') };
  const queue = openBullQueue('bench', (type) => (type === 'client' ? connections.client : connections.subscriber));
  return {
    name: 'oppSpot: ledger and Bull',
    setup: `concurrency ${place.concurrency}`,
    durable: true,
    async prepare(jobs) {
      await sql`truncate public.jobs cascade`;
      const ids = await recordJobs(sql, jobs);
      for (let from = 0; from < jobs; from += 1_000) {
        await tellRedis(queue, connections.client, ids.slice(from, from + 1_000));
      }
      await tidyDatabase(place.databaseUrl);
    },
    async run(jobs) {
      const all = countdown(jobs);
      const unsubscribe = onQueueEvent(({ name }) => {
        if (name === 'job.succeeded') all.tick();
      });
      const begin = performance.now();
      startWorker(runner, place.concurrency);
      await all.done;
      const elapsed = performance.now() - begin;
      unsubscribe();
      await stopWorkers(5_000);
      await audit(sql, jobs);
      return elapsed;
    },
    async close() {
      await queue.close(true);
      await Promise.all([closeQueues(), sql.end(), closeRedis(connections.client), closeRedis(connections.subscriber)]);
    },
  };
}

/** As `submit_job` leaves them, but many at a time: a user's jobs, one per company, dispatched. New ids in every run. */
async function recordJobs(sql: postgres.Sql, jobs: number): Promise<string[]> {
  const user = randomUUID();
  await sql`insert into auth.users (id, email, email_confirmed_at) values (${user}, ${`${user}@example.com`}, now())`;
  await sql`insert into public.companies (id, name)
    select 'BN' || lpad(n::text, 6, '0'), 'BENCH COMPANY ' || n from generate_series(1, ${jobs}::int) n on conflict do nothing`;
  const rows = await sql<{ id: string }[]>`
    insert into public.jobs (id, queue, user_id, company_id, company_name, payload, max_attempts, dispatched_at)
    select 'bench:' || c.id || ':' || ${Date.now()}::bigint, 'bench', ${user}, c.id, c.name, jsonb_build_object('company_id', c.id), 3, now()
    from public.companies c where c.id like 'BN%' order by c.id limit ${jobs} returning id`;
  await sql`insert into public.job_events (job_id, run_id, attempt, type, version, progress)
    select id, run_id, attempt, 'submitted', version, progress from public.jobs`;
  return rows.map(({ id }) => id);
}

async function tellRedis(queue: Queue, redis: Redis, ids: readonly string[]): Promise<void> {
  const created_at = new Date().toISOString();
  await writeStatusRecords(
    redis,
    ids.map((id) => ({
      id,
      queue: 'bench',
      state: 'queued',
      version: 1_000,
      progress: 0,
      created_at,
      joinsLine: true,
    })),
  );
  await queue.addBulk(
    ids.map((id) => ({
      name: '__default__',
      data: { company_id: id.split(':')[1], run_id: 1 },
      opts: jobOptions(id, { delayMs: 0, priority: BATCH_PRIORITY, waiting: 0, batch: true }),
    })),
  );
}

/** @throws Error when any job did not run exactly once by the ledger's own account. */
async function audit(sql: postgres.Sql, jobs: number): Promise<void> {
  const [ledger] = await sql<{ right: number }[]>`select count(*)::int as right from public.jobs
    where state = 'completed' and token = 1 and attempt = 1 and crash_count = 0 and result = '{"ok": true}'`;
  const events = await sql<{ timeline: string; jobs: number }[]>`select timeline, count(*)::int as jobs from (
    select string_agg(type, ' ' order by id) as timeline from public.job_events group by job_id) t group by timeline`;
  const [timeline] = events;
  if (ledger?.right === jobs && events.length === 1 && timeline?.timeline === 'submitted started completed') return;
  throw new Error(`The ledger disagrees: ${ledger?.right} of ${jobs} right, timelines ${JSON.stringify(events)}`);
}
