import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { batchRowSchema, createBatch, readBatch } from '@/lib/batches/batch-ledger';
import { cancelBatch } from '@/lib/batches/cancel-batch';
import { readJob } from '@/lib/queue/job-ledger';
import { closeQueues, queueCounts } from '@/lib/queue/queue-manager';
import { addScoringJob } from '@/lib/queue/queues/scoring-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';
import { startWorkerChild, type WorkerChild } from '../../support/worker-child';

const SLOTS = 4;
const COMPANIES = 40;
const IN_BATCH = 30;
/** A person's job may have to wait for nothing but the start itself. */
const AT_ONCE_MS = 3_000;

let stack: QueueStack;
let sql: postgres.Sql;
let company_ids: string[];
const workers: WorkerChild[] = [];

beforeAll(async () => {
  stack = await startQueueStack({ SCORING_WORKER_CONCURRENCY: String(SLOTS), BACKLOG_CPU_TARGET: '100' });
  sql = postgres(stack.databaseUrl, { max: 4, onnotice: () => undefined });
  const rows = await sql<{ id: string }[]>`insert into public.companies (id, name)
    select 'WN' || lpad(n::text, 6, '0'), 'WINDOW ' || n from generate_series(1, ${COMPANIES}::int) n returning id`;
  company_ids = rows.map(({ id }) => id);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.end('SIGKILL')));
  await sql`delete from public.batches`;
  await sql`delete from public.jobs`;
  await producerRedis().flushall();
});
afterAll(async () => {
  await closeQueues();
  await sql.end({ timeout: 5 });
  await stack.stop();
});

async function startWorker(slowMs: number): Promise<WorkerChild> {
  const worker = await startWorkerChild('tests/support/slow-worker.ts', {
    ...stack.environment,
    SLOW_MS: String(slowMs),
  });
  workers.push(worker);
  return worker;
}

/** Many jobs of one user, as if all had been clicked at once. */
async function submitMany(user_id: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  const remaining = company_ids.slice(0, count).values();
  const lane = async () => {
    for (const company_id of remaining) ids.push(String((await addScoringJob({ company_id, user_id })).id));
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return ids;
}

const countJobs = async (state: string) => {
  const [row] = await sql`select count(*)::int as n from public.jobs where state = ${state}`;
  return Number(row?.n);
};
const atRedis = async () => {
  const { waiting, active } = await queueCounts('scoring');
  return waiting + active;
};

describe('one user with many jobs', () => {
  it('leaves a slot to the next user, who starts at once, and gets all jobs done', async () => {
    const [busy, other] = [await createTestUser(), await createTestUser()];
    await startWorker(100);
    await submitMany(busy.id, 30);
    await expect.poll(() => countJobs('active'), { timeout: 10_000 }).toBe(SLOTS - 1);
    expect(await atRedis()).toBeLessThanOrEqual(SLOTS);

    const { id } = await addScoringJob({ company_id: company_ids[35] ?? '', user_id: other.id });
    const job = await expect
      .poll(() => readJob(String(id)), { interval: 20, timeout: AT_ONCE_MS })
      .toMatchObject({ started_at: expect.any(String) })
      .then(() => readJob(String(id)));
    expect(Date.parse(job?.started_at ?? '') - Date.parse(job?.created_at ?? '')).toBeLessThan(AT_ONCE_MS);
    await expect.poll(() => countJobs('completed'), { timeout: 30_000 }).toBe(31);
  });

  it('is told the place of every job in the line', async () => {
    const { id: userId } = await createTestUser();
    const ids = await submitMany(userId, 10);
    const statuses = await Promise.all(ids.map((id) => readJobStatus(id)));
    expect(new Set(statuses.map((status) => status?.position))).toEqual(
      new Set(Array.from({ length: 10 }, (_, n) => n + 1)),
    );
    expect(await atRedis()).toBe(SLOTS - 1);
  });

  it('keeps to the window with several workers', async () => {
    const { id: userId } = await createTestUser();
    await submitMany(userId, 24);
    await Promise.all([startWorker(30), startWorker(30)]);
    let highest = 0;
    await expect
      .poll(
        async () => {
          highest = Math.max(highest, await countJobs('active'));
          return countJobs('completed');
        },
        { interval: 20, timeout: 30_000 },
      )
      .toBe(24);
    expect(highest).toBeLessThanOrEqual(2 * SLOTS - 1);
  });
});

describe('held jobs', () => {
  it('go on after Redis was wiped and nobody said that they were held', async () => {
    const { id: userId } = await createTestUser();
    await submitMany(userId, 20);
    await producerRedis().flushall();
    await startWorker(10);
    await expect.poll(() => countJobs('completed'), { timeout: 15_000 }).toBe(20);
  });

  it('go on after the worker that let them in was killed', async () => {
    const { id: userId } = await createTestUser();
    const worker = await startWorker(200);
    await submitMany(userId, 30);
    await expect.poll(() => countJobs('completed'), { timeout: 15_000 }).toBeGreaterThan(2);
    await worker.end('SIGKILL');
    await startWorker(10);
    await expect.poll(() => countJobs('completed'), { timeout: 25_000 }).toBe(30);
  });
});

describe('a batch on real workers', () => {
  const create = async (userId: string) => {
    const request = {
      user_id: userId,
      queue: 'scoring',
      name: null,
      company_ids: company_ids.slice(0, IN_BATCH),
      payload: {},
      force: false,
    };
    const { batch } = await createBatch({ ...request, idempotency_key: null, request_hash: null });
    return batchRowSchema.parse(batch).id;
  };

  it('gets done, with a bounded backlog in Redis and nothing left there', async () => {
    const { id: userId } = await createTestUser();
    const batchId = await create(userId);
    await startWorker(5);
    let highest = 0;
    await expect
      .poll(
        async () => {
          highest = Math.max(highest, await atRedis());
          return (await readBatch(batchId, userId))?.status;
        },
        { interval: 50, timeout: 25_000 },
      )
      .toBe('completed');
    expect(await readBatch(batchId, userId)).toMatchObject({ completed: IN_BATCH, open: 0, pending: 0 });
    expect(highest).toBeLessThan(SLOTS);
    expect((await queueCounts('scoring')).completed).toBe(0);
  });

  it('lets a person start at once, and stops when it is cancelled', async () => {
    const [batcher, person] = [await createTestUser(), await createTestUser()];
    const batchId = await create(batcher.id);
    await startWorker(300);
    await expect.poll(() => countJobs('active'), { timeout: 10_000 }).toBeGreaterThan(0);
    const { id } = await addScoringJob({ company_id: company_ids[39] ?? '', user_id: person.id });
    await expect.poll(async () => (await readJob(String(id)))?.started_at, { timeout: AT_ONCE_MS }).not.toBeNull();

    expect((await cancelBatch(batchId, batcher.id)).outcome).toBe('cancelling');
    await expect
      .poll(async () => (await readBatch(batchId, batcher.id))?.status, { timeout: 10_000 })
      .toBe('cancelled');
    expect(await countJobs('active')).toBeLessThanOrEqual(1);
  });
});
