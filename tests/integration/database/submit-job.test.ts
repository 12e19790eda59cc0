import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';
import { type Ledger, ledgerOf } from './ledger';

let database: ScratchDatabase;
let ledger: Ledger;
let user: string;
let companies: string[];

beforeAll(async () => {
  database = await createScratchDatabase();
  ledger = ledgerOf(database.sql);
});
afterAll(() => database.close());
beforeEach(async () => {
  user = await ledger.createUser();
  companies = await ledger.createCompanies(3);
});

const many = <T>(count: number, work: (n: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: count }, (_, n) => work(n)));
const countJobs = async (userId: string) => {
  const [row] = await database.sql<{ jobs: number }[]>`
    select count(*)::int as jobs from public.jobs where user_id = ${userId}`;
  return row?.jobs;
};

describe('submitting a job', () => {
  it('records the job, its report, its quota and the first line of its timeline', async () => {
    const { outcome, job, report_id, quota } = await ledger.submit({ user_id: user, company_id: companies[0] });
    expect(outcome).toBe('accepted');
    expect(job).toMatchObject({
      id: `research:${companies[0]}:1700000000000`,
      state: 'queued',
      attempt: 0,
      version: 1,
    });
    expect(job.report_id).toBe(report_id);
    expect(quota).toMatchObject({ used: 1, limit: 100, remaining: 99 });
    expect(quota?.resets_at).toMatch(/^\d{4}-\d\d-01T00:00:00Z$/);
    expect(await ledger.reportStatus(job.id)).toBe('pending');
    expect(await ledger.timeline(job.id)).toEqual(['submitted 0']);
  });

  it('refuses an unknown company and an unknown user, and records nothing', async () => {
    await expect(ledger.submit({ user_id: user, company_id: '99999999' })).rejects.toMatchObject({
      code: 'OP404',
      message: 'company_not_found',
    });
    const stranger = '00000000-0000-4000-8000-000000000000';
    await expect(ledger.submit({ user_id: stranger, company_id: companies[0] })).rejects.toMatchObject({
      code: 'OP401',
    });
    expect(await countJobs(user)).toBe(0);
  });

  it('gives two users who ask in the same millisecond different ids', async () => {
    const other = await ledger.createUser();
    const first = await ledger.submit({ user_id: user, company_id: companies[0] });
    const second = await ledger.submit({ user_id: other, company_id: companies[0] });
    expect(second.outcome).toBe('accepted');
    expect([first.job.id, second.job.id].map((id) => id.split(':').at(-1))).toEqual(['1700000000000', '1700000000001']);
  });

  it('gives jobs of nobody their own ids and neither dedupes nor charges them', async () => {
    const results = await many(10, () => ledger.submit({ company_id: companies[0], uses_quota: true }));
    const ids = results.map((result) => (result.status === 'fulfilled' ? result.value.job.id : result.reason));
    expect(new Set(ids).size).toBe(10);
  });

  it('refuses when the queue is full', async () => {
    const request = { user_id: user, queue: 'small', queue_limit: 2, creates_report: false, uses_quota: false };
    await ledger.submit({ ...request, company_id: companies[0] });
    await ledger.submit({ ...request, company_id: companies[1] });
    await expect(ledger.submit({ ...request, company_id: companies[2] })).rejects.toMatchObject({
      code: 'OP503',
      message: 'queue_full',
    });
  });
});

describe('submitting what is already there', () => {
  it('answers with the job in flight and charges nothing', async () => {
    const first = await ledger.submit({ user_id: user, company_id: companies[0] });
    const second = await ledger.submit({ user_id: user, company_id: companies[0], force: true });
    expect(second).toMatchObject({ outcome: 'deduplicated', job: { id: first.job.id }, quota: { used: 1 } });
  });

  it('makes one job of fifty identical requests at once', async () => {
    const results = await many(50, () => ledger.submit({ user_id: user, company_id: companies[0] }));
    const outcomes = results.map((result) => (result.status === 'fulfilled' ? result.value.outcome : result.reason));
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'deduplicated')).toHaveLength(49);
    expect(await countJobs(user)).toBe(1);
    expect((await ledger.quota(user)).used).toBe(1);
  });

  it('answers with a fresh report instead of a job unless it is forced', async () => {
    const { job, report_id } = await ledger.submit({ user_id: user, company_id: companies[0] });
    const { token } = await ledger.start(job.id);
    await ledger.finish(job.id, token, 'completed');

    const cached = await ledger.submit({ user_id: user, company_id: companies[0] });
    expect(cached).toMatchObject({ outcome: 'cached', job: null, report_id, quota: { used: 1 } });
    const stale = await ledger.submit({ user_id: user, company_id: companies[0], fresh_for_seconds: 0 });
    expect(stale.outcome).toBe('accepted');
    await ledger.cancel(stale.job.id, user);
    const forced = await ledger.submit({ user_id: user, company_id: companies[0], force: true });
    expect(forced.outcome).toBe('accepted');
  });

  it("does not answer with somebody else's report or job", async () => {
    const { job } = await ledger.submit({ user_id: user, company_id: companies[0] });
    const { token } = await ledger.start(job.id);
    await ledger.finish(job.id, token, 'completed');
    const other = await ledger.createUser();
    expect((await ledger.submit({ user_id: other, company_id: companies[0] })).outcome).toBe('accepted');
  });
});

describe('an idempotency key', () => {
  const keyed = (more: Record<string, unknown> = {}) =>
    ledger.submit({
      user_id: user,
      company_id: companies[0],
      idempotency_key: 'key',
      request_hash: 'hash',
      force: true,
      ...more,
    });

  it('replays the same job, also after it has ended', async () => {
    const first = await keyed();
    expect(await keyed()).toMatchObject({ outcome: 'replayed', job: { id: first.job.id, state: 'queued' } });
    const { token } = await ledger.start(first.job.id);
    await ledger.finish(first.job.id, token, 'completed');
    expect(await keyed()).toMatchObject({
      outcome: 'replayed',
      job: { id: first.job.id, state: 'completed' },
      report_id: first.report_id,
      quota: { used: 1 },
    });
  });

  it('is refused for another payload, queue or company', async () => {
    await keyed();
    const refused = { code: 'OP422', message: 'idempotency_key_reused' };
    await expect(keyed({ request_hash: 'other' })).rejects.toMatchObject(refused);
    await expect(keyed({ company_id: companies[1] })).rejects.toMatchObject(refused);
    await expect(keyed({ queue: 'scoring' })).rejects.toMatchObject(refused);
  });

  it('belongs to one user', async () => {
    await keyed();
    const other = await ledger.createUser();
    expect((await keyed({ user_id: other, request_hash: 'other' })).outcome).toBe('accepted');
  });

  it('makes one job of thirty requests at once', async () => {
    const results = await many(30, () => keyed());
    const outcomes = results.map((result) => (result.status === 'fulfilled' ? result.value.outcome : result.reason));
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'replayed')).toHaveLength(29);
  });

  it('is kept for the cached report and for the job found in flight', async () => {
    const { job, report_id } = await ledger.submit({ user_id: user, company_id: companies[0] });
    expect((await keyed({ idempotency_key: 'in flight' })).outcome).toBe('deduplicated');
    expect(await keyed({ idempotency_key: 'in flight' })).toMatchObject({ outcome: 'replayed', job: { id: job.id } });
    const { token } = await ledger.start(job.id);
    await ledger.finish(job.id, token, 'completed');
    expect((await keyed({ idempotency_key: 'fresh', force: false })).outcome).toBe('cached');
    // Although the request would be forced now, the key stands for what it came to the first time.
    expect(await keyed({ idempotency_key: 'fresh' })).toMatchObject({ outcome: 'cached', report_id });
  });

  it('is free again 24 hours after its job has ended', async () => {
    const { job } = await keyed();
    const { token } = await ledger.start(job.id);
    await ledger.finish(job.id, token, 'completed');
    await database.sql`update public.jobs set finished_at = now() - interval '25 hours' where id = ${job.id}`;
    const again = await keyed({ request_hash: 'other' });
    expect(again.outcome).toBe('accepted');
    expect(again.job.id).not.toBe(job.id);
  });

  it('is forgotten 24 hours after its job has ended, and no sooner', async () => {
    const { job } = await keyed();
    await keyed({ idempotency_key: 'running', company_id: companies[1] });
    const kept = async () => {
      await database.sql`select public.sweep_expired(100)`;
      const rows = await database.sql`select key from public.idempotency_keys where user_id = ${user} order by key`;
      return rows.map(({ key }) => key);
    };
    await database.sql`update public.idempotency_keys set created_at = now() - interval '3 days'`;
    expect(await kept()).toEqual(['key', 'running']);
    await ledger.cancel(job.id, user);
    expect(await kept()).toEqual(['key', 'running']);
    await database.sql`update public.jobs set finished_at = now() - interval '25 hours' where id = ${job.id}`;
    expect(await kept()).toEqual(['running']);
  });

  it('is not used up by a refused request', async () => {
    await expect(keyed({ monthly_limit: 0 })).rejects.toMatchObject({ code: 'OP429' });
    expect((await keyed({ request_hash: 'other' })).outcome).toBe('accepted');
  });
});

describe('the monthly quota', () => {
  it('lets exactly five of forty requests at once through a limit of five', async () => {
    const wanted = await ledger.createCompanies(40);
    const results = await many(40, (n) =>
      ledger.submit({ user_id: user, company_id: wanted[n], monthly_limit: 5, job_id_ms: n }),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(35);
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ code: 'OP429', message: 'quota_exceeded' });
      expect(JSON.parse(reason.detail)).toMatchObject({ used: 5, limit: 5, remaining: 0 });
    }
    expect(await countJobs(user)).toBe(5);
    expect(await ledger.quota(user, 5)).toMatchObject({ used: 5, remaining: 0 });
  });

  it("follows the profile's own limit where there is one", async () => {
    await database.sql`update public.profiles set research_limit = 1 where id = ${user}`;
    expect(await ledger.quota(user)).toMatchObject({ used: 0, limit: 1, remaining: 1 });
    await ledger.submit({ user_id: user, company_id: companies[0] });
    await expect(ledger.submit({ user_id: user, company_id: companies[1] })).rejects.toMatchObject({ code: 'OP429' });
  });

  it('is returned to the month it was taken from', async () => {
    const { job } = await ledger.submit({ user_id: user, company_id: companies[0] });
    await database.sql`update public.research_quotas set month = month - interval '1 month' where user_id = ${user}`;
    await database.sql`update public.jobs set quota_month = quota_month - interval '1 month' where id = ${job.id}`;
    await ledger.submit({ user_id: user, company_id: companies[1] });
    await ledger.cancel(job.id, user);
    const months = await database.sql`select used from public.research_quotas where user_id = ${user} order by month`;
    expect(months.map(({ used }) => used)).toEqual([0, 1]);
  });
});

describe('notices of the quota', () => {
  const notices = async (userId: string) => {
    const rows = await database.sql<{ title: string; body: { level: number } }[]>`
      select title, body from public.notifications where user_id = ${userId} and kind = 'quota' order by id`;
    return rows.map(({ title, body }) => [body.level, title]);
  };
  const use = (companyId: string, limit: number) =>
    ledger.submit({ user_id: user, company_id: companyId, monthly_limit: limit });

  it('come once at 90 % and once at 100 %, however many ask at once', async () => {
    const wanted = await ledger.createCompanies(60);
    await many(60, (n) => use(String(wanted[n]), 50));
    expect((await ledger.quota(user, 50)).used).toBe(50);
    expect(await notices(user)).toEqual([
      [90, '45 of 50 researches of this month are used'],
      [100, 'All researches of this month are used'],
    ]);
  });

  it('do not come again when a research was given back and is used again', async () => {
    const wanted = await ledger.createCompanies(3);
    await use(String(wanted[0]), 2);
    expect(await notices(user)).toEqual([]);
    const { job } = await use(String(wanted[1]), 2);
    await ledger.cancel(job.id, user);
    await use(String(wanted[2]), 2);
    expect(await notices(user)).toEqual([[100, 'All researches of this month are used']]);
  });

  it('come again in another month', async () => {
    const wanted = await ledger.createCompanies(2);
    await use(String(wanted[0]), 1);
    await database.sql`update public.research_quotas set month = month - interval '1 month' where user_id = ${user}`;
    await database.sql`update public.notifications
      set dedupe_key = 'quota:' || to_char(now() - interval '1 month', 'YYYY-MM') || ':100' where user_id = ${user}`;
    await use(String(wanted[1]), 1);
    expect((await notices(user)).map(([level]) => level)).toEqual([100, 100]);
  });
});

describe('a fresh report', () => {
  const finish = async (payload: Record<string, unknown>) => {
    const { job, report_id } = await ledger.submit({ user_id: user, company_id: companies[0], payload });
    await ledger.start(job.id);
    await ledger.finish(job.id, 1, 'completed');
    return report_id;
  };
  const ask = (payload: Record<string, unknown>) =>
    ledger.submit({ user_id: user, company_id: companies[0], payload, job_id_ms: 1_700_000_100_000 });

  it('answers a request without wishes, and one with the wishes it was written for', async () => {
    const report = await finish({ focus_areas: ['Hiring'], user_context: 'We sell jars.' });
    for (const payload of [
      {},
      { focus_areas: [], user_context: null },
      { focus_areas: ['Hiring'], user_context: 'We sell jars.' },
    ]) {
      expect(await ask(payload)).toMatchObject({ outcome: 'cached', report_id: report });
    }
  });

  it.each([{ focus_areas: ['Risk'] }, { user_context: 'We sell lids.' }])(
    'does not answer other wishes: %j',
    async (payload) => {
      await finish({ focus_areas: ['Hiring'] });
      expect((await ask(payload)).outcome).toBe('accepted');
    },
  );
});
