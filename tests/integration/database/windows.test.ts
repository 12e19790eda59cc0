import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';
import { type BatchLedger, batchLedgerOf } from './batch-ledger';
import { type Ledger, ledgerOf } from './ledger';

let database: ScratchDatabase;
let ledger: Ledger;
let batches: BatchLedger;

beforeAll(async () => {
  database = await createScratchDatabase();
  ledger = ledgerOf(database.sql);
  batches = batchLedgerOf(database.sql);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.sql`delete from public.batches`;
  await database.sql`delete from public.jobs`;
});

const scoring = (request: Record<string, unknown>) =>
  ledger.submit({ queue: 'scoring', creates_report: false, uses_quota: false, user_window: 4, ...request });

async function submitMany(user_id: string | null, count: number, request: Record<string, unknown> = {}) {
  const companies = await ledger.createCompanies(count);
  const answers = await Promise.all(companies.map((company_id) => scoring({ user_id, company_id, ...request })));
  return answers.map(({ job }) => job.id);
}

/** Jobs that are with Redis, by user. */
async function inWindow(): Promise<Record<string, number>> {
  const rows = await database.sql<{ user_id: string; count: number }[]>`
    select user_id, count(*)::int as count from public.jobs
    where not held and state in ('queued', 'active') group by user_id`;
  return Object.fromEntries(rows.map(({ user_id, count }) => [user_id, count]));
}

async function finishOne(userId: string): Promise<void> {
  const [job] = await database.sql<{ id: string }[]>`select id from public.jobs
    where user_id = ${userId} and not held and state = 'queued' limit 1`;
  if (!job) throw new Error('nothing to finish');
  const { token } = await ledger.start(job.id);
  await ledger.finish(job.id, token, 'completed', { effects: {} });
}

describe('submitting into a full window', () => {
  it('holds what is over it, also when all come at once', async () => {
    const user = await ledger.createUser();
    await submitMany(user, 30);
    expect(await inWindow()).toEqual({ [user]: 4 });
  });

  it("never holds a user's first job, and nothing that belongs to nobody", async () => {
    const [busy, other] = [await ledger.createUser(), await ledger.createUser()];
    await submitMany(busy, 10);
    await submitMany(other, 3);
    await submitMany(null, 12);
    expect(await inWindow()).toMatchObject({ [busy]: 4, [other]: 1, null: 12 });
  });

  it('keeps the order of one user: later jobs do not overtake held ones', async () => {
    const user = await ledger.createUser();
    await submitMany(user, 5);
    await finishOne(user);
    const [late = ''] = await submitMany(user, 1);
    const { jobs } = await batches.release(4, 2);
    expect(jobs).toHaveLength(1);
    expect(jobs[0]?.id).not.toBe(late);
  });

  it('lets a held job be cancelled, and never releases it then', async () => {
    const user = await ledger.createUser();
    const ids = await submitMany(user, 5);
    const [held] = await database.sql<{ id: string }[]>`select id from public.jobs where held`;
    expect(ids).toContain(held?.id);
    expect((await ledger.cancel(held?.id ?? '', user)).outcome).toBe('cancelled');
    await finishOne(user);
    expect((await batches.release(4)).jobs).toEqual([]);
  });
});

describe('letting held jobs in', () => {
  it('goes round over the users, whoever has least first', async () => {
    const [busy, other] = [await ledger.createUser(), await ledger.createUser()];
    await submitMany(busy, 20);
    await submitMany(other, 20);
    for (let freed = 0; freed < 2; freed++) await finishOne(busy);
    const { jobs, held } = await batches.release(4);
    expect(jobs.map(({ user_id }) => user_id)).toEqual([other]);
    expect(held).toBe(true);
    expect(await inWindow()).toEqual({ [busy]: 2, [other]: 2 });
  });

  it('never exceeds the window, however many workers let in at the same time', async () => {
    const users = await Promise.all([1, 2, 3].map(() => ledger.createUser()));
    for (const user of users) await submitMany(user, 15);
    for (let round = 0; round < 12; round++) {
      await Promise.all(Array.from({ length: 6 }, () => batches.release(4, 2)));
      const load = Object.values(await inWindow()).reduce((sum, count) => sum + count, 0);
      expect(load).toBeLessThanOrEqual(4 + users.length - 1);
      await finishOne(Object.keys(await inWindow())[0] ?? '');
    }
  });

  it('gives batches their share, nothing while a person waits, and never the last slot', async () => {
    const [person, batcher] = [await ledger.createUser(), await ledger.createUser()];
    const company_ids = await ledger.createCompanies(20);
    await batches.create({ user_id: batcher, company_ids });
    await batches.tend();
    expect((await batches.release(9, 5)).jobs).toHaveLength(5);
    expect((await batches.release(9, 5)).jobs).toEqual([]);

    await finishOne(batcher);
    const [waiting = ''] = await submitMany(person, 1);
    expect((await batches.release(9, 5)).jobs).toEqual([]);
    await ledger.start(waiting);
    expect((await batches.release(9, 5)).jobs).toHaveLength(1);
    await finishOne(batcher);
    expect((await batches.release(5, 5)).jobs).toEqual([]);
  });

  it('does not let a provider limit move a whole backlog into Redis', async () => {
    const user = await ledger.createUser();
    await submitMany(user, 40);
    for (let round = 0; round < 20; round++) {
      const [job] = await database.sql<
        { id: string }[]
      >`select id from public.jobs where not held and state = 'queued' limit 1`;
      if (!job) break;
      const { token } = await ledger.start(job.id);
      await ledger.finish(job.id, token, 'retry', { run_at: '2030-01-01T00:00:00Z', counts_attempt: false });
      await batches.release(4);
    }
    const [known] = await database.sql`select count(*)::int as n from public.jobs where not held`;
    expect(known?.n).toBeLessThanOrEqual(9);
  });

  it('is cheap when nothing is held', async () => {
    await submitMany(null, 50);
    await database.sql`analyze public.jobs`;
    const [plan] = await database.sql.unsafe(`explain (format json) select from public.jobs j
      where j.queue = 'scoring' and j.held and j.state = 'queued'`);
    expect(JSON.stringify(plan)).not.toMatch(/Seq Scan/);
    expect(await batches.release(4)).toEqual({ jobs: [], held: false });
  });
});
