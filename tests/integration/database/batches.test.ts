import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';
import { type BatchLedger, batchLedgerOf, RESEARCH } from './batch-ledger';
import { type Ledger, ledgerOf } from './ledger';

let database: ScratchDatabase;
let ledger: Ledger;
let batches: BatchLedger;
let user: string;

beforeAll(async () => {
  database = await createScratchDatabase();
  ledger = ledgerOf(database.sql);
  batches = batchLedgerOf(database.sql);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.sql`delete from public.batches`;
  await database.sql`delete from public.jobs`;
  user = await ledger.createUser();
});

const openJobs = async (batchId: string) =>
  (
    await database.sql<{ id: string }[]>`
      select id from public.jobs where batch_id = ${batchId} and state in ('queued', 'delayed', 'active') order by id`
  ).map(({ id }) => id);

/** Runs a job to its end, as a worker would. */
async function run(jobId: string, outcome = 'completed'): Promise<void> {
  const { token } = await ledger.start(jobId);
  await ledger.finish(jobId, token, outcome, outcome === 'completed' ? { effects: {} } : {});
}

async function createBatch(count: number, request: Record<string, unknown> = {}) {
  const company_ids = await ledger.createCompanies(count);
  const { batch } = await batches.create({ user_id: user, company_ids, ...request });
  return { id: batch.id, company_ids };
}

describe('a batch of ids', () => {
  it('keeps unknown companies as failed, by name, and the others waiting', async () => {
    const [known = ''] = await ledger.createCompanies(1);
    const { outcome, batch } = await batches.create({ user_id: user, company_ids: [known, 'ZZ999999', known] });
    expect(outcome).toBe('accepted');
    expect(batch).toMatchObject({ status: 'running', pending: 1, failed: 1, collected_to: null });
    expect(await batches.items(batch.id, user)).toMatchObject([
      { company_id: known, outcome: 'pending', company_name: expect.stringContaining('TEST') },
      { company_id: 'ZZ999999', outcome: 'failed', code: 'company_not_found', company_name: null },
    ]);
  });

  it('becomes held jobs, never more than its limit, and then its end', async () => {
    const { id } = await createBatch(25, { payload: { user_id: user, criteria: { size: 1 } } });
    await batches.tend({ open: 10 });
    expect(await batches.batch(id)).toMatchObject({ pending: 15, open: 10, status: 'running' });
    const [job] = await database.sql`select * from public.jobs where batch_id = ${id} order by id limit 1`;
    expect(job).toMatchObject({ held: true, priority: 100, user_id: user, state: 'queued' });
    expect(job?.payload).toMatchObject({
      criteria: { size: 1 },
      company_id: job?.company_id,
      company_name: job?.company_name,
    });

    while ((await batches.batch(id)).status === 'running') {
      const jobs = await openJobs(id);
      expect(jobs.length).toBeLessThanOrEqual(10);
      for (const job of jobs) await run(job);
      await batches.tend({ open: 10 });
    }
    expect(await batches.batch(id)).toMatchObject({ status: 'completed', completed: 25, pending: 0, open: 0 });
    expect(await batches.counted(id)).toEqual({ completed: 25 });
  });

  it('counts exactly while parallel workers end jobs and parallel feeders make new ones', async () => {
    const { id } = await createBatch(400);
    let stop = false;
    const feeder = async () => {
      while (!stop) await batches.tend({ open: 60 });
    };
    const worker = async (lane: number) => {
      while (!stop) {
        const jobs = (await openJobs(id)).filter((_, index) => index % 4 === lane);
        for (const job of jobs) await run(job, job.endsWith('7') ? 'failed' : 'completed').catch(() => undefined);
        if ((await batches.batch(id)).status === 'completed') stop = true;
      }
    };
    await Promise.all([feeder(), feeder(), ...[0, 1, 2, 3].map(worker)]);
    const batch = await batches.batch(id);
    const counted = await batches.counted(id);
    expect(batch.completed + batch.failed).toBe(400);
    expect(counted).toEqual(
      Object.fromEntries(Object.entries({ completed: batch.completed, failed: batch.failed }).filter(([, n]) => n > 0)),
    );
    const [jobs] = await database.sql`select count(*)::int as n from public.jobs where batch_id = ${id}`;
    expect(jobs?.n).toBe(400);
  });

  it('loses nothing when a feeder dies in the middle of its step', async () => {
    const { id } = await createBatch(30);
    await database.sql
      .begin(async (sql) => {
        await batchLedgerOf(sql as unknown as typeof database.sql).tend({ open: 20 });
        throw new Error('killed');
      })
      .catch(() => undefined);
    expect(await openJobs(id)).toEqual([]);
    expect(await batches.batch(id)).toMatchObject({ pending: 30, open: 0 });
    await batches.tend({ open: 20 });
    expect(await batches.batch(id)).toMatchObject({ pending: 10, open: 20 });
  });

  it('skips what is under way or fresh already, and says which', async () => {
    const [flying = '', fresh = '', stale = ''] = await ledger.createCompanies(3);
    const { job } = await ledger.submit({ user_id: user, company_id: flying });
    const { job: done } = await ledger.submit({ user_id: user, company_id: fresh, job_id_ms: 2 });
    await ledger.start(done.id);
    await ledger.finish(done.id, 1, 'completed');
    const { batch } = await batches.create({ user_id: user, queue: 'research', company_ids: [flying, fresh, stale] });
    await batches.tend();
    expect(await batches.items(batch.id, user)).toMatchObject([
      { company_id: flying, outcome: 'skipped', code: 'in_flight', job_id: job.id },
      { company_id: fresh, outcome: 'skipped', code: 'fresh_report', report_id: done.report_id },
      { company_id: stale, outcome: 'queued' },
    ]);
    expect(await batches.batch(batch.id)).toMatchObject({ skipped: 2, open: 1, pending: 0 });
  });

  it('reserves quota for every research it starts and reports the rest as not covered', async () => {
    const company_ids = await ledger.createCompanies(8);
    const { batch } = await batches.create({ user_id: user, queue: 'research', company_ids });
    const queues = { research: { ...RESEARCH, monthly_limit: 5 } };
    for (let step = 0; step < 3; step++) await batches.tend({ open: 3 }, queues);
    expect(await ledger.quota(user, 5)).toMatchObject({ used: 3 });
    const [first = ''] = await openJobs(batch.id);
    await run(first, 'failed');
    for (const job of (await openJobs(batch.id)).slice(0, 2)) {
      const { token } = await ledger.start(job);
      await ledger.finish(job, token, 'completed');
    }
    for (let step = 0; step < 4; step++) await batches.tend({ open: 3 }, queues);
    // Three delivered or open, and the two that the failure and the limit leave.
    expect(await ledger.quota(user, 5)).toMatchObject({ used: 5 });
    for (const job of await openJobs(batch.id)) {
      const { token } = await ledger.start(job);
      await ledger.finish(job, token, 'completed');
    }
    for (let step = 0; step < 4; step++) await batches.tend({ open: 3 }, queues);
    expect(await batches.batch(batch.id)).toMatchObject({ status: 'completed', completed: 5, failed: 3 });
    const failed = await batches.items(batch.id, user, 'failed');
    expect(failed?.map((item) => item.code ?? item.error?.code ?? null)).toEqual([
      null,
      'quota_exceeded',
      'quota_exceeded',
    ]);
    const [drift] = await database.sql`select count(*)::int as n from public.jobs
      where user_id = ${user} and quota_state in ('reserved', 'kept')`;
    expect(drift?.n).toBe(5);
  });
});

describe('a batch by filter', () => {
  it('collects twenty thousand companies in short steps, in the meaning of the search', async () => {
    await database.sql`insert into public.companies (id, name, status, sic_codes, locality)
      select 'XB' || lpad(n::text, 6, '0'), case when n % 2 = 0 then 'QUARRY ' else 'BAKERY ' end || n,
        case when n % 5 = 0 then 'dissolved' else 'active' end, array['10710'], 'Leeds'
      from generate_series(1, 20000) n on conflict do nothing`;
    const filter = { q: 'quarry', status: 'active', sic: '10710', locality: 'LEEDS' };
    const { batch } = await batches.create({ user_id: user, filter });
    expect(batch).toMatchObject({ status: 'preparing', collected_to: '' });
    let steps = 0;
    const slowest = { ms: 0 };
    while ((await batches.batch(batch.id)).status === 'preparing') {
      const startedAt = performance.now();
      await batches.tend({ collect: 2_000 });
      slowest.ms = Math.max(slowest.ms, performance.now() - startedAt);
      steps += 1;
    }
    expect(steps).toBeGreaterThanOrEqual(10);
    const { pending, open } = await batches.batch(batch.id);
    expect(pending + open).toBe(8_000);
    const found = await database.sql`select id from public.search_companies('quarry', 'active', '10710', 100)`;
    const items = new Set((await batches.items(batch.id, user, null, null, 5_000))?.map((item) => item.company_id));
    expect(found.some((company) => items.has(company.id))).toBe(true);
  });

  it('takes what the search shows for a typing mistake, and ends at once where nothing matches', async () => {
    await database.sql`insert into public.companies (id, name) values ('XC000001', 'ZEPHYRINE HOLDINGS LIMITED')`;
    const { batch } = await batches.create({ user_id: user, filter: { q: 'zephyrne' } });
    const { batch: nothing } = await batches.create({ user_id: user, filter: { q: 'qqqqwwwwzzzz' } });
    for (let step = 0; step < 30; step++) await batches.tend({ collect: 50_000 });
    expect(await batches.items(batch.id, user)).toMatchObject([{ company_id: 'XC000001' }]);
    expect(await batches.batch(nothing.id)).toMatchObject({ status: 'completed', pending: 0, completed: 0 });
  });

  it('stops at the most companies a batch may have and says so', async () => {
    await ledger.createCompanies(30);
    const { batch } = await batches.create({ user_id: user, filter: { q: 'test company' } });
    while ((await batches.batch(batch.id)).status === 'preparing') await batches.tend({ collect: 7, companies: 20 });
    const { pending, open, truncated } = await batches.batch(batch.id);
    expect({ companies: pending + open, truncated }).toEqual({ companies: 20, truncated: true });
  });
});

describe('cancelling a batch', () => {
  it('ends what waits, asks what runs to stop, and starts nothing more', async () => {
    const { id } = await createBatch(40);
    await batches.tend({ open: 10 });
    const [running = ''] = await openJobs(id);
    const { token } = await ledger.start(running);
    const { outcome, jobs } = await batches.cancel(id, user, 12);
    expect(outcome).toBe('cancelling');
    expect(jobs.map((job) => job.outcome).sort()).toEqual([...Array(9).fill('cancelled'), 'cancelling']);
    for (let step = 0; step < 4; step++) await batches.tend({ turn: 12, open: 10 });
    expect(await batches.batch(id)).toMatchObject({ status: 'cancelling', open: 1, pending: 0 });
    await ledger.finish(running, token, 'cancelled');
    await batches.tend();
    expect(await batches.batch(id)).toMatchObject({ status: 'cancelled', cancelled: 40, open: 0 });
    expect(await batches.counted(id)).toEqual({ cancelled: 40 });
    expect((await batches.cancel(id, user)).outcome).toBe('terminal');
  });

  it('gives reserved quota back', async () => {
    const { id } = await createBatch(6, { queue: 'research' });
    await batches.tend();
    expect(await ledger.quota(user)).toMatchObject({ used: 6 });
    expect((await batches.cancel(id, user)).outcome).toBe('cancelled');
    expect(await ledger.quota(user)).toMatchObject({ used: 0 });
  });

  it("is not for somebody else's batch", async () => {
    const { id } = await createBatch(1);
    const other = await ledger.createUser();
    expect((await batches.cancel(id, other)).outcome).toBe('not_found');
    expect((await batches.retry(id, other)).outcome).toBe('not_found');
    expect(await batches.items(id, other)).toBeNull();
  });
});

describe('retrying a batch', () => {
  it('repeats the failed companies as new jobs, and only those', async () => {
    const { id } = await createBatch(6);
    await batches.tend();
    const jobs = await openJobs(id);
    for (const [index, job] of jobs.entries()) await run(job, index < 2 ? 'failed' : 'completed');
    expect((await batches.retry(id, user)).outcome).toBe('not_retryable');
    await batches.tend();
    expect(await batches.batch(id)).toMatchObject({ status: 'completed', failed: 2, completed: 4 });
    const { outcome, batch } = await batches.retry(id, user);
    expect({ outcome, status: batch.status, pending: batch.pending }).toEqual({
      outcome: 'queued',
      status: 'running',
      pending: 2,
    });
    await batches.tend();
    const again = await openJobs(id);
    expect(again).toHaveLength(2);
    for (const job of again) await run(job);
    await batches.tend();
    expect(await batches.batch(id)).toMatchObject({ status: 'completed', failed: 0, completed: 6 });
    expect((await batches.retry(id, user)).outcome).toBe('not_retryable');
  });

  it('follows a person who retries one of its jobs', async () => {
    const { id } = await createBatch(2);
    await batches.tend();
    const [failing = '', other = ''] = await openJobs(id);
    await run(failing, 'failed');
    await run(other);
    await batches.tend();
    expect((await batches.batch(id)).status).toBe('completed');
    await ledger.retry(failing, user);
    await batches.tend();
    expect(await batches.batch(id)).toMatchObject({ status: 'running', open: 1, failed: 0 });
    await run(failing);
    await batches.tend();
    expect(await batches.batch(id)).toMatchObject({ status: 'completed', completed: 2, failed: 0 });
  });
});

describe('an Idempotency-Key', () => {
  it('brings back the same batch for the same request, also fifty times at once', async () => {
    const company_ids = await ledger.createCompanies(3);
    const request = { user_id: user, company_ids, idempotency_key: 'k', request_hash: 'h' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => batches.create(request)));
    expect(new Set(answers.map(({ batch }) => batch.id)).size).toBe(1);
    expect(answers.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1);
    await expect(batches.create({ ...request, request_hash: 'other' })).rejects.toThrow('idempotency_key_reused');
    const [company = ''] = company_ids;
    await expect(ledger.submit({ user_id: user, company_id: company, idempotency_key: 'k' })).rejects.toThrow(
      'idempotency_key_reused',
    );
  });
});
