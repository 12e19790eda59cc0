import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';
import { type Ledger, ledgerOf } from './ledger';

let database: ScratchDatabase;
let ledger: Ledger;
let user: string;

beforeAll(async () => {
  database = await createScratchDatabase();
  ledger = ledgerOf(database.sql);
});
afterAll(() => database.close());
beforeEach(async () => {
  user = await ledger.createUser();
});

type Attempt = {
  n: number;
  outcome: string;
  token?: number;
  attempt?: number;
  crash_count?: number;
  sections?: unknown[];
};

async function submitted(count: number): Promise<string[]> {
  const companies = await ledger.createCompanies(count);
  const submissions = await Promise.all(companies.map((company_id) => ledger.submit({ user_id: user, company_id })));
  return submissions.map(({ job }) => job.id);
}

const startOf = (job_id: string) => ({ job_id, worker: 'worker', key: randomUUID() });

async function startAll(items: { job_id: string; worker: string; key: string }[]): Promise<Attempt[]> {
  const [row] = await database.sql<{ value: Attempt[] }[]>`
    select public.start_attempts(${database.sql.json(items)}) as value`;
  return row?.value.sort((a, b) => a.n - b.n) ?? [];
}

describe('jobs that start together', () => {
  it('come to what each would come to alone, in the order in which they were asked for', async () => {
    const [fresh = '', ended = '', cancelled = '', crashed = '', doomed = ''] = await submitted(5);
    await ledger.start(ended);
    await ledger.finish(ended, 1, 'completed');
    await ledger.start(cancelled);
    await ledger.cancel(cancelled, user);
    await ledger.start(crashed);
    await ledger.save(crashed, 1, 40, { id: 'identity', position: 0 });
    for (let crash = 0; crash < 3; crash += 1) await ledger.start(doomed);
    const attempts = await startAll([doomed, ended, fresh, 'research:NOBODY:1', crashed, cancelled].map(startOf));
    expect(attempts).toMatchObject([
      { outcome: 'quarantined', state: 'failed' },
      { outcome: 'terminal', state: 'completed' },
      { outcome: 'started', state: 'active', token: 1, attempt: 1, crash_count: 0, sections: [] },
      { outcome: 'not_found' },
      { outcome: 'started', token: 2, attempt: 1, crash_count: 1, sections: [{ id: 'identity' }] },
      { outcome: 'cancelled', state: 'cancelled' },
    ]);
    expect(await ledger.reportStatus(fresh)).toBe('running');
    expect(await ledger.timeline(crashed)).toEqual(['submitted 0', 'started 1', 'step 1', 'recovered 1', 'started 1']);
    expect((await ledger.quota(user)).used).toBe(3);
  });

  it('give the same answers as one by one', async () => {
    const [together = '', alone = ''] = await submitted(2);
    const [attempt] = await startAll([startOf(together)]);
    const same = await ledger.start(alone);
    expect(Object.keys(attempt ?? {}).sort()).toEqual(['n', ...Object.keys(same)].sort());
    const { sql } = database;
    const eventOf = (jobId: string) =>
      sql`select type, attempt, run_id, version, progress, worker, detail from public.job_events
        where job_id = ${jobId} and type = 'started'`;
    expect(await eventOf(together)).toEqual(await eventOf(alone));
    expect(await eventOf(together)).toMatchObject([{ version: '2', progress: 0 }]);
  });

  it('start a job that is named twice two times, in order', async () => {
    const [jobId = ''] = await submitted(1);
    expect(await startAll([startOf(jobId), startOf(jobId)])).toMatchObject([
      { outcome: 'started', token: 1, crash_count: 0 },
      { outcome: 'started', token: 2, crash_count: 1 },
    ]);
  });

  it('are started once by a call that is repeated because its answer was lost', async () => {
    const jobIds = await submitted(3);
    const items = jobIds.map(startOf);
    const first = await startAll(items);
    expect(await startAll(items)).toEqual(first);
    expect(await ledger.timeline(jobIds[0] ?? '')).toEqual(['submitted 0', 'started 1']);
    expect(await ledger.finish(jobIds[0] ?? '', 1, 'completed')).toMatchObject({ outcome: 'committed' });
  });

  it('get different tokens from callers that name the same jobs in different orders', async () => {
    const jobIds = await submitted(20);
    const groups = await Promise.all([
      startAll(jobIds.map(startOf)),
      startAll([...jobIds].reverse().map(startOf)),
      ledger.finishAll(jobIds.map((job_id) => ({ job_id, token: 9, outcome: 'completed', version: 0 }))),
    ]);
    const [there = [], back = []] = groups;
    for (const [index, attempt] of there.entries()) {
      const other = back[jobIds.length - 1 - index];
      expect([attempt.token, other?.token].sort()).toEqual([1, 2]);
    }
  });

  it('are out of reach for the attempts before them', async () => {
    const jobIds = await submitted(3);
    await startAll(jobIds.map(startOf));
    await startAll(jobIds.map(startOf));
    const late = jobIds.map((job_id) => ({ job_id, token: 1, outcome: 'completed', version: 0 }));
    const results = await ledger.finishAll(late);
    expect(results).toMatchObject(jobIds.map(() => ({ outcome: 'lease_lost', state: 'active' })));
  });
});
