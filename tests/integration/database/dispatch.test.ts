import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';
import { type Ledger, ledgerOf } from './ledger';

let database: ScratchDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await createScratchDatabase();
  ledger = ledgerOf(database.sql);
});
afterAll(() => database.close());
beforeEach(() => database.sql`delete from public.jobs`);

const MINUTE_MS = 60_000;

async function recordJobs(count: number): Promise<string[]> {
  const companies = await ledger.createCompanies(count);
  const submissions = await Promise.all(
    companies.map((company_id) => ledger.submit({ company_id, queue: 'scoring', creates_report: false })),
  );
  return submissions.map(({ job }) => job.id);
}

type Answer = { as_of: string; jobs: { id: string; version: number }[] };

async function ask(
  limit: number,
  { olderThanMs = MINUTE_MS, silentMs = 5 * MINUTE_MS, alive = null as string[] | null } = {},
) {
  const [row] = await database.sql<{ answer: Answer }[]>`
    select public.undispatched_jobs(${limit}, ${olderThanMs}, ${silentMs}, ${alive}) as answer`;
  if (!row) throw new Error('no answer');
  return row.answer;
}

async function find(limit: number, options: Parameters<typeof ask>[1] = {}): Promise<string[]> {
  return (await ask(limit, options)).jobs.map(({ id }) => id);
}

async function confirm({ as_of, jobs }: Answer): Promise<void> {
  await database.sql`select public.note_dispatched(${database.sql.json(jobs)}, ${as_of})`;
}

describe('jobs that Redis may not know', () => {
  it('are found until somebody notes that Redis was told', async () => {
    const ids = await recordJobs(3);
    const answer = await ask(10);
    expect(answer.jobs.map(({ id }) => id).sort()).toEqual(ids);
    expect((await find(10)).sort()).toEqual(ids);
    await confirm(answer);
    expect(await find(10)).toEqual([]);
  });

  it('are found again when Redis forgot them after the question, though the note came later', async () => {
    await recordJobs(1);
    const answer = await ask(10);
    await confirm(answer);
    // A loss that was seen a moment after the question: everything older than that is looked at.
    expect(await find(10, { olderThanMs: 0 })).toHaveLength(1);
  });

  it('stay to be found when they changed while Redis was told', async () => {
    const [id = ''] = await recordJobs(1);
    const answer = await ask(10);
    await database.sql`update public.jobs set version = version + 1 where id = ${id}`;
    await confirm(answer);
    expect(await find(10)).toEqual([id]);
  });

  it('come oldest first, and not when they were dispatched a moment ago', async () => {
    const [first = '', second = '', third = ''] = await recordJobs(3);
    await database.sql`update public.jobs set dispatched_at = now() where id in (${first}, ${second})`;
    expect(await find(10)).toEqual([third]);
    await database.sql`update public.jobs set dispatched_at = now() - interval '2 minutes' where id = ${second}`;
    await database.sql`update public.jobs set dispatched_at = now() - interval '3 minutes' where id = ${first}`;
    expect(await find(10)).toEqual([third, first, second]);
  });

  it('come people first, however many the system has recorded before', async () => {
    const ofSystem = await recordJobs(3);
    const [company_id = ''] = await ledger.createCompanies(1);
    const user_id = await ledger.createUser();
    const { job } = await ledger.submit({ company_id, user_id, queue: 'scoring', creates_report: false });
    const found = await find(10);
    expect(found[0]).toBe(job.id);
    expect(found.slice(1).sort()).toEqual(ofSystem);
    expect(await find(1)).toEqual([job.id]);
  });

  it('are delayed and handed-back ones too, not ended ones and not those that wait for their window', async () => {
    const [delayed = '', released = '', completed = '', cancelled = '', held = ''] = await recordJobs(5);
    for (const id of [delayed, released, completed]) await ledger.start(id);
    await ledger.finish(delayed, 1, 'retry', { run_at: '2030-01-01T00:00:00Z' });
    await ledger.finish(released, 1, 'released');
    await ledger.finish(completed, 1, 'completed', { effects: {} });
    await ledger.cancel(cancelled, null, true);
    await database.sql`update public.jobs set held = true where id = ${held}`;
    // Also those that were dispatched before: a Redis that was wiped meanwhile has no entry to delay or to hand back.
    expect((await find(10)).sort()).toEqual([delayed, released].sort());
  });

  it('are running ones of which nothing was heard for long', async () => {
    const [silent = '', working = ''] = await recordJobs(2);
    await ledger.start(silent);
    await ledger.start(working);
    await database.sql`update public.jobs set updated_at = now() - interval '6 minutes'`;
    await ledger.save(working, 1, 50);
    expect(await find(10)).toEqual([silent]);
  });

  it('are running ones whose worker is not seen any more, unless a request runs them itself', async () => {
    const [here = '', gone = '', inline = ''] = await recordJobs(3);
    for (const id of [here, gone, inline]) await ledger.start(id);
    const setWorker = (id: string, worker: string) =>
      database.sql`update public.jobs set worker = ${worker}, updated_at = now() - interval '10 seconds' where id = ${id}`;
    await setWorker(here, 'seen');
    await setWorker(gone, 'lost');
    await setWorker(inline, 'inline:1');
    expect(await find(10)).toEqual([]);
    expect(await find(10, { alive: ['seen'] })).toEqual([gone]);
    expect((await find(10, { alive: [] })).sort()).toEqual([here, gone].sort());
  });
});

describe('the plans of the queue', () => {
  it('finds waiting, silent and in-flight jobs through indexes in a ledger of fifty thousand', async () => {
    const user = await ledger.createUser();
    const [company = ''] = await ledger.createCompanies(1);
    await database.sql`insert into public.jobs (id, queue, company_id, company_name, payload, state, max_attempts,
        dispatched_at, finished_at)
      select 'scoring:' || ${company} || ':' || n, 'scoring', ${company}, 'X', '{}',
        case when n % 50 = 0 then 'queued' else 'completed' end, 3, now(), case when n % 50 <> 0 then now() end
      from generate_series(1, 50000) n`;
    await database.sql`analyze public.jobs`;
    const plans = await database.sql.begin(async (sql) => {
      const explain = async (query: string) =>
        (await sql.unsafe<{ 'QUERY PLAN': string }[]>(`explain ${query}`)).map((row) => row['QUERY PLAN']).join('\n');
      return [
        await explain(`select j.* from public.jobs j
          where j.state in ('queued', 'delayed') and not j.held and j.user_id is not null
          and coalesce(j.dispatched_at, '-infinity') < now() - interval '1 minute'
          order by coalesce(j.dispatched_at, '-infinity'), j.created_at limit 10`),
        await explain(`select j.* from public.jobs j
          where j.state in ('queued', 'delayed') and not j.held and j.user_id is null
          and coalesce(j.dispatched_at, '-infinity') < now() - interval '1 minute'
          order by coalesce(j.dispatched_at, '-infinity'), j.created_at limit 10`),
        await explain(`select j.* from public.jobs j where j.state = 'active'
          and j.updated_at < now() - interval '5 seconds' order by j.updated_at limit 10`),
        await explain(`select 1 from public.jobs j where j.user_id = '${user}' and j.queue = 'scoring'
          and j.company_id = '${company}' and j.state in ('queued', 'delayed', 'active')`),
        await explain(`select from public.jobs j where j.queue = 'scoring' and j.state in ('queued', 'delayed')`),
      ];
    });
    expect(plans.map((plan) => /jobs_\w+/.exec(plan)?.[0])).toEqual([
      // The window's index holds the same few rows of people.
      expect.stringMatching(/^jobs_(dispatch_people|window)_idx$/),
      'jobs_dispatch_system_idx',
      'jobs_silent_idx',
      'jobs_in_flight_key',
      'jobs_waiting_idx',
    ]);
    expect(plans.join('\n')).not.toMatch(/Seq Scan/);
  });
});
