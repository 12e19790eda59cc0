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

async function claim(limit: number, olderThanMs = MINUTE_MS, silentMs = 5 * MINUTE_MS): Promise<string[]> {
  const rows = await database.sql<{ job: { id: string } }[]>`
    select job from public.claim_dispatch(${limit}, ${olderThanMs}, ${silentMs}) as job`;
  return rows.map(({ job }) => job.id);
}

describe('dispatching recorded jobs', () => {
  it('gives parallel dispatchers different jobs, each exactly once', async () => {
    const ids = await recordJobs(60);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(10)));
    const rest = [await claim(100), await claim(100)];
    const claimed = [...claims, ...rest].flat();
    expect(claimed).toHaveLength(60);
    expect(new Set(claimed)).toEqual(new Set(ids));
  });

  it('leaves alone what was dispatched a moment ago and returns to it later, oldest first', async () => {
    const [first = '', second = '', third = ''] = await recordJobs(3);
    await database.sql`update public.jobs set dispatched_at = now() where id in (${first}, ${second})`;
    expect(await claim(10)).toEqual([third]);
    await database.sql`update public.jobs set dispatched_at = now() - interval '2 minutes' where id = ${second}`;
    await database.sql`update public.jobs set dispatched_at = now() - interval '3 minutes' where id = ${first}`;
    expect(await claim(1)).toEqual([first]);
    expect(await claim(10)).toEqual([second]);
  });

  it('gives out delayed and handed-back jobs, not ended ones', async () => {
    const [delayed = '', released = '', completed = '', cancelled = ''] = await recordJobs(4);
    for (const id of [delayed, released, completed]) await ledger.start(id);
    await ledger.finish(delayed, 1, 'retry', { run_at: '2030-01-01T00:00:00Z' });
    await ledger.finish(released, 1, 'released');
    await ledger.finish(completed, 1, 'completed', { effects: {} });
    await ledger.cancel(cancelled, null, true);
    expect(await claim(10)).toEqual([released]);
    await database.sql`update public.jobs set dispatched_at = now() - interval '2 minutes' where id = ${delayed}`;
    expect(await claim(10)).toEqual([delayed]);
  });

  it('finds running jobs of which nothing was heard for long, once in that time', async () => {
    const [silent = '', working = ''] = await recordJobs(2);
    await ledger.start(silent);
    await ledger.start(working);
    await database.sql`update public.jobs set updated_at = now() - interval '6 minutes'`;
    await ledger.save(working, 1, 50);
    expect(await claim(10)).toEqual([silent]);
    expect(await claim(10)).toEqual([]);
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
        await explain(`select id from public.jobs j where j.state in ('queued', 'delayed')
          and coalesce(j.dispatched_at, '-infinity') < now() - interval '1 minute'
          order by coalesce(j.dispatched_at, '-infinity'), j.created_at limit 10 for update skip locked`),
        await explain(`select id from public.jobs j where j.state = 'active'
          and j.updated_at < now() - interval '5 minutes' order by j.updated_at limit 10 for update skip locked`),
        await explain(`select 1 from public.jobs j where j.user_id = '${user}' and j.queue = 'scoring'
          and j.company_id = '${company}' and j.state in ('queued', 'delayed', 'active')`),
        await explain(`select from public.jobs j where j.queue = 'scoring' and j.state in ('queued', 'delayed')`),
      ];
    });
    expect(plans.map((plan) => /jobs_\w+/.exec(plan)?.[0])).toEqual([
      'jobs_dispatch_idx',
      'jobs_silent_idx',
      'jobs_in_flight_key',
      'jobs_waiting_idx',
    ]);
    expect(plans.join('\n')).not.toMatch(/Seq Scan/);
  });
});
