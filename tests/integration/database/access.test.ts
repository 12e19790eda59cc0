import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';
import { batchLedgerOf } from './batch-ledger';
import { type Ledger, ledgerOf, REPORT } from './ledger';

const ACTORS = ['anonymous', 'other', 'owner', 'admin'] as const;
type Actor = (typeof ACTORS)[number];
type Answer = 'refused' | 'nothing' | 'rows';

/**
 * The one table of expectations: what each actor gets from the owner's rows of a table. Inserting and deleting is
 * refused to everybody everywhere; updating only the named columns is open, and only to the row's owner.
 */
const EXPECTED: Record<string, { select: Record<Actor, Answer>; update?: string[] }> = {
  profiles: { select: own({ admin: 'rows' }), update: ['full_name', 'settings'] },
  companies: { select: everyone() },
  company_facts: { select: everyone() },
  company_places: { select: everyone() },
  jobs: { select: own({ admin: 'rows' }) },
  job_events: { select: own({ admin: 'rows' }) },
  batches: { select: own({ admin: 'rows' }) },
  batch_items: { select: own({ admin: 'rows' }) },
  research_reports: { select: own() },
  report_sections: { select: own() },
  report_shares: { select: own() },
  research_quotas: { select: own() },
  lead_scores: { select: own() },
  model_calls: { select: own({ admin: 'rows' }) },
  buying_signals: { select: everyone() },
  notifications: { select: own(), update: ['read_at'] },
  audit_log: { select: own({ owner: 'nothing', admin: 'rows' }) },
  idempotency_keys: { select: nobody() },
  source_cache: { select: nobody() },
  pay_gap_returns: { select: nobody() },
  contract_awards: { select: nobody() },
  contract_spans: { select: nobody() },
  register_files: { select: nobody() },
  persons_with_significant_control: { select: nobody() },
  personal_data_removals: { select: nobody() },
};

function own(different: Partial<Record<Actor, Answer>> = {}): Record<Actor, Answer> {
  return { anonymous: 'refused', other: 'nothing', owner: 'rows', admin: 'nothing', ...different };
}
function everyone(): Record<Actor, Answer> {
  return { anonymous: 'refused', other: 'rows', owner: 'rows', admin: 'rows' };
}
function nobody(): Record<Actor, Answer> {
  return { anonymous: 'refused', other: 'refused', owner: 'refused', admin: 'refused' };
}

let database: ScratchDatabase;
let ledger: Ledger;
const users: Record<Actor, string | null> = { anonymous: null, other: null, owner: null, admin: null };

beforeAll(async () => {
  database = await createScratchDatabase();
  ledger = ledgerOf(database.sql);
  users.other = await ledger.createUser();
  users.owner = await ledger.createUser();
  users.admin = await ledger.createUser({ role: 'admin' });
  await fillEveryTable(users.owner);
});
afterAll(() => database.close());

/** One row of the owner's in every table. */
async function fillEveryTable(owner: string): Promise<void> {
  const [company] = await ledger.createCompanies(1);
  const { job } = await ledger.submit({ user_id: owner, company_id: company, idempotency_key: 'k', request_hash: 'h' });
  await ledger.start(job.id);
  await ledger.save(job.id, 1, 10, { id: 'identity', position: 0 });
  await ledger.finish(job.id, 1, 'completed', {
    effects: {
      report: REPORT,
      score: { overall: 50, coverage: 1, document: {} },
      facts: [{ field: 'name', value: 'x', source: 's', observed_at: '2026-01-01', confidence: 1 }],
      notifications: [{ kind: 'k', title: 't', body: {}, dedupe_key: 'd' }],
      signals: [
        {
          type: 'funding',
          title: 't',
          event_date: '2026-01-01',
          strength: 'low',
          confidence: 1,
          evidence: {},
          why_it_matters: 'w',
          expires_on: '2026-06-01',
          dedupe_key: 'd',
          source: 's',
        },
      ],
    },
  });
  await database.sql`select public.create_report_share(id, ${owner}, repeat('a', 64), now() + interval '1 day')
    from public.research_reports`;
  await batchLedgerOf(database.sql).create({ user_id: owner, company_ids: [company] });
  await database.sql`insert into public.audit_log (actor_id, action) values (${owner}, 'test')`;
  await database.sql`insert into public.company_places (company_id, place_id) values (${company ?? ''}, 'p')`;
  const call = { id: randomUUID(), user_id: owner, purpose: 'test', model: 'm', reserved_usd: 0 };
  await database.sql`select public.reserve_model_call(${database.sql.json(call)}, 1, 1)`;
  await database.sql`insert into public.source_cache (key, source, outcome, payload, sha256, retrieved_at, expires_at)
    values ('k', 's', 'ok', '{}', '', now(), now())`;
}

/** Runs one statement as an API role with a user's claims, and undoes it. */
async function attempt(actor: Actor | 'service', statement: string): Promise<Answer> {
  class Undo extends Error {}
  let answer: Answer = 'nothing';
  await database.sql
    .begin(async (sql) => {
      await actAs(sql, actor);
      answer = (await sql.unsafe(statement)).count > 0 ? 'rows' : 'nothing';
      throw new Undo();
    })
    .catch((error) => {
      if (error instanceof Undo) return;
      if (error.code !== '42501') throw error;
      answer = 'refused';
    });
  return answer;
}

async function actAs(sql: postgres.TransactionSql, actor: Actor | 'service'): Promise<void> {
  const roles = { anonymous: 'anon', other: 'authenticated', owner: 'authenticated', admin: 'authenticated' };
  const role = actor === 'service' ? 'service_role' : roles[actor];
  const user = actor === 'service' ? null : users[actor];
  const claims = JSON.stringify({ role, ...(user ? { sub: user } : {}) });
  await sql`select set_config('request.jwt.claims', ${claims}, true), set_config('role', ${role}, true)`;
}

async function columnsOf(table: string, generated: boolean): Promise<string[]> {
  const rows = await database.sql<{ name: string }[]>`
    select attname as name from pg_attribute where attrelid = ${`public.${table}`}::regclass and attnum > 0
      and not attisdropped and (attgenerated = '' and attidentity = '' or ${generated})`;
  return rows.map(({ name }) => name);
}

/** Some job columns are closed to users, so "all columns" is not what a user can ask for. */
const readable = (table: string) => (table === 'jobs' || table === 'job_events' ? 'id' : 'company_id');

describe.each(Object.entries(EXPECTED))('%s', (table, { select, update = [] }) => {
  it.each(ACTORS)('answers reading as expected: %s', async (actor) => {
    const columns = await columnsOf(table, true);
    const column = columns.includes('id') ? 'id' : columns.includes(readable(table)) ? readable(table) : columns[0];
    const mine = columns.includes('user_id')
      ? `where user_id = '${users.owner}'`
      : table === 'profiles'
        ? `where id = '${users.owner}'`
        : '';
    expect(await attempt(actor, `select ${column} from public.${table} ${mine}`)).toBe(select[actor]);
  });

  it.each(ACTORS)('refuses inserting and deleting: %s', async (actor) => {
    expect(await attempt(actor, `insert into public.${table} default values`)).toBe('refused');
    expect(await attempt(actor, `delete from public.${table}`)).toBe('refused');
    expect(await attempt(actor, `truncate public.${table} cascade`)).toBe('refused');
  });

  it.each(ACTORS)('lets nobody but the owner update, and only what is open: %s', async (actor) => {
    const answers: Record<string, Answer> = {};
    const expected: Record<string, Answer> = {};
    for (const column of await columnsOf(table, false)) {
      // A constant, so that no right to read is involved; a column that does not take it is refused before that matters.
      const value = column === 'settings' ? `'{}'` : 'null';
      const mine = update.includes(column) ? `where ${table === 'profiles' ? 'id' : 'user_id'} = '${users.owner}'` : '';
      answers[column] = await attempt(actor, `update public.${table} set ${column} = ${value} ${mine}`);
      const open = update.includes(column) && actor !== 'anonymous';
      expected[column] = !open ? 'refused' : actor === 'owner' ? 'rows' : 'nothing';
    }
    expect(answers).toEqual(expected);
  });
});

describe('the whole schema', () => {
  it('has an expectation for every table, and row-level security on it', async () => {
    const tables = await database.sql<{ name: string; secured: boolean }[]>`
      select relname as name, relrowsecurity as secured from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`;
    expect(tables.map(({ name }) => name)).toEqual(Object.keys(EXPECTED).sort());
    expect(tables.filter(({ secured }) => !secured)).toEqual([]);
  });

  it('lets signed-in users call two functions, anonymous ones none, and nobody the helpers', async () => {
    const open = await database.sql<{ role: string; name: string }[]>`
      select r.role, p.proname as name from pg_proc p, unnest(array['anon', 'authenticated']) as r(role)
      where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
        and has_function_privilege(r.role, p.oid, 'execute')
        and has_schema_privilege(r.role, p.pronamespace, 'usage') order by 2`;
    expect(open).toEqual([
      { role: 'authenticated', name: 'is_admin' },
      { role: 'authenticated', name: 'search_companies' },
    ]);
    const helpers = await database.sql`select proname from pg_proc where pronamespace = 'private'::regnamespace
      and prorettype <> 'trigger'::regtype and has_function_privilege('authenticated', oid, 'execute')`;
    expect(helpers).toEqual([]);
  });

  it('pins the search path of every function that runs with the rights of its owner', async () => {
    const loose = await database.sql`select proname from pg_proc
      where pronamespace in ('public'::regnamespace, 'private'::regnamespace)
        and not coalesce(proconfig, '{}') @> array['search_path=""']`;
    expect(loose).toEqual([]);
  });

  it('closes tables of later migrations until they are opened', async () => {
    await database.sql.begin(async (sql) => {
      await sql.unsafe('set local role hosted_owner');
      await sql.unsafe('create table public.later (id int)');
      const [row] = await sql`select has_table_privilege('anon', 'public.later', 'select') as anon,
        has_table_privilege('authenticated', 'public.later', 'select') as authenticated`;
      expect(row).toEqual({ anon: false, authenticated: false });
      await sql.unsafe('drop table public.later');
    });
  });

  it('has an index for every foreign key', async () => {
    const missing = await database.sql`
      select c.conrelid::regclass::text as table, c.conname as name from pg_constraint c
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace and not exists (
        select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`;
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});

describe('what stays closed inside open tables', () => {
  it.each(['token', 'worker', 'dispatched_at', 'crash_count'])('hides jobs.%s from its owner', async (column) => {
    expect(await attempt('owner', `select ${column} from public.jobs`)).toBe('refused');
  });

  it('lets the service add to the audit log and never change it', async () => {
    expect(await attempt('service', `insert into public.audit_log (action) values ('x')`)).toBe('rows');
    expect(await attempt('service', `update public.audit_log set action = 'y'`)).toBe('refused');
    expect(await attempt('service', 'delete from public.audit_log')).toBe('refused');
    expect(await attempt('service', 'truncate public.audit_log')).toBe('refused');
  });

  it("shows everybody signed in the system's own scores", async () => {
    const [company] = await ledger.createCompanies(1);
    await database.sql`insert into public.lead_scores (company_id, coverage, document) values (${company ?? ''}, 1, '{}')`;
    const mine = `select id from public.lead_scores where company_id = '${company}'`;
    expect(await attempt('other', mine)).toBe('rows');
    expect(await attempt('anonymous', mine)).toBe('refused');
  });
});

describe('admins', () => {
  const isAdmin = async (email: string, domain: string | null, { confirmed = true, role = 'user' } = {}) => {
    const user = await ledger.createUser({ email, confirmed, role });
    const rows = await database.sql.begin(async (sql) => {
      const claims = JSON.stringify({ role: 'authenticated', sub: user });
      await sql`select set_config('request.jwt.claims', ${claims}, true), set_config('role', 'authenticated', true)`;
      return sql<{ admin: boolean }[]>`select public.is_admin(${domain}) as admin`;
    });
    return rows[0]?.admin;
  };
  const address = (domain: string) => `${randomUUID()}@${domain}`;

  it.each([
    ['a confirmed address in the domain', address('oppspot.com'), 'oppspot.com', {}, true],
    ['the domain in other letters', address('OppSpot.COM'), 'oppspot.com', {}, true],
    ['an unconfirmed address', address('oppspot.com'), 'oppspot.com', { confirmed: false }, false],
    ['a subdomain', address('mail.oppspot.com'), 'oppspot.com', {}, false],
    ['a longer domain', address('notoppspot.com'), 'oppspot.com', {}, false],
    ['the domain in the local part', `oppspot.com${address('example.com')}`, 'oppspot.com', {}, false],
    ['no domain', address('oppspot.com'), null, {}, false],
    ['an empty domain', address('oppspot.com'), '', {}, false],
    [
      'the role, unconfirmed and elsewhere',
      address('example.com'),
      'oppspot.com',
      { confirmed: false, role: 'admin' },
      true,
    ],
  ])('%s', async (_name, email, domain, more, expected) => {
    expect(await isAdmin(email, domain, more)).toBe(expected);
  });
});
