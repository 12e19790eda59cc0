import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';
import { type Ledger, ledgerOf, REPORT } from './ledger';

let database: ScratchDatabase;
let ledger: Ledger;
let user: string;
let company: string;
let jobId: string;

beforeAll(async () => {
  database = await createScratchDatabase();
  ledger = ledgerOf(database.sql);
});
afterAll(() => database.close());
beforeEach(async () => {
  user = await ledger.createUser();
  [company = ''] = await ledger.createCompanies(1);
  jobId = (await ledger.submit({ user_id: user, company_id: company })).job.id;
});

describe('what a completed job writes', () => {
  const SIGNAL = {
    type: 'funding',
    title: 'Shares allotted',
    event_date: '2026-10-01',
    strength: 'medium',
    confidence: 0.55,
    evidence: [{ locator: '$.items[0]' }],
    why_it_matters: 'Money to spend',
    expires_on: '2027-03-30',
    dedupe_key: 'funding:1',
    source: 'companies_house.filing_history',
  };
  const FACT = { field: 'name', source: 'companies_house.profile', evidence: {}, confidence: 0.98 };

  const complete = async (effects: Record<string, unknown>) => {
    const { job } = await ledger.submit({
      user_id: user,
      company_id: company,
      queue: 'enrichment',
      creates_report: false,
    });
    const { token } = await ledger.start(job.id);
    return ledger.finish(job.id, token, 'completed', { effects });
  };

  it('stores the same signal, notification and fact once', async () => {
    const note = { kind: 'signal', title: 'New', body: {}, dedupe_key: 'n1' };
    const signal = { ...SIGNAL, dedupe_key: `once:${company}` };
    for (let n = 0; n < 2; n += 1) {
      const fact = { ...FACT, value: n, observed_at: '2026-11-01T00:00:00Z' };
      await complete({ signals: [signal, signal], notifications: [note], facts: [fact] });
    }
    const [counts] = await database.sql`select
      (select count(*)::int from public.buying_signals where company_id = ${company}) as signals,
      (select count(*)::int from public.notifications where user_id = ${user}) as notifications,
      (select value from public.company_facts where company_id = ${company}) as fact`;
    expect(counts).toEqual({ signals: 1, notifications: 1, fact: 1 });
  });

  it('keeps what makes an event surer, and not what makes it less sure', async () => {
    const signal = { ...SIGNAL, dedupe_key: `surer:${company}` };
    await complete({ signals: [{ ...signal, confidence: 0.55 }] });
    await complete({ signals: [{ ...signal, confidence: 0.95, why_it_matters: 'The news reports it as well.' }] });
    await complete({ signals: [{ ...signal, confidence: 0.55 }] });
    const rows = await database.sql`select confidence, why_it_matters from public.buying_signals
      where company_id = ${company}`;
    expect(rows).toMatchObject([{ confidence: 0.95, why_it_matters: 'The news reports it as well.' }]);
  });

  it('does not let an older observation replace a newer one', async () => {
    await complete({ facts: [{ ...FACT, value: 'new', observed_at: '2026-11-02T00:00:00Z' }] });
    await complete({ facts: [{ ...FACT, value: 'old', observed_at: '2026-11-01T00:00:00Z' }] });
    const [fact] = await database.sql`select value from public.company_facts where company_id = ${company}`;
    expect(fact?.value).toBe('new');
  });

  it('sets the named columns of the company and no others', async () => {
    await complete({ company: { jurisdiction: 'wales', sic_codes: ['62012'], completeness: 0.5, status: null } });
    const [row] = await database.sql`select * from public.companies where id = ${company}`;
    expect(row).toMatchObject({
      jurisdiction: 'wales',
      sic_codes: ['62012'],
      name: 'TEST COMPANY 1',
      completeness: '0.5',
    });
  });

  it('keeps every score', async () => {
    await complete({ score: { overall: 70, coverage: 0.6, document: { a: 1 } } });
    await complete({ score: { overall: null, coverage: 0.2, document: { a: 2 } } });
    const scores = await database.sql`select overall from public.lead_scores where company_id = ${company} order by id`;
    expect(scores.map(({ overall }) => overall)).toEqual([70, null]);
  });

  it('rejects one item that cannot be stored and commits its neighbours', async () => {
    const group = await ledger.createCompanies(3);
    const items = await Promise.all(
      group.map(async (company_id, n) => {
        const { job } = await ledger.submit({ user_id: user, company_id, queue: 'signals', creates_report: false });
        const { token } = await ledger.start(job.id);
        const effects = n === 1 ? { company: { is_demo: true } } : { company: { status: 'active' } };
        return { job_id: job.id, token, outcome: 'completed', effects, version: 0 };
      }),
    );
    const results = await ledger.finishAll(items);
    expect(results.map(({ outcome }) => outcome)).toEqual(['committed', 'rejected', 'committed']);
    expect(results[1]?.error).toMatchObject({ code: '22023' });
    expect((await ledger.job(items[1]?.job_id ?? '')).state).toBe('active');
  });

  it('rejects a research that delivers no report', async () => {
    await ledger.start(jobId);
    expect(await ledger.finish(jobId, 1, 'completed', { effects: {} })).toMatchObject({ outcome: 'rejected' });
    expect(await ledger.finish(jobId, 1, 'completed', { effects: { report: REPORT } })).toMatchObject({
      outcome: 'committed',
    });
  });

  it('finishes overlapping groups from several workers without waiting for each other for ever', async () => {
    const group = await ledger.createCompanies(20);
    const items = await Promise.all(
      group.map(async (company_id) => {
        const { job } = await ledger.submit({ user_id: user, company_id, queue: 'mass' });
        const { token } = await ledger.start(job.id);
        return { job_id: job.id, token, outcome: 'failed', error: { code: 'internal' }, version: 0 };
      }),
    );
    const answers = await Promise.all([
      ledger.finishAll(items),
      ledger.finishAll([...items].reverse()),
      ledger.finishAll(items.slice(5, 15)),
    ]);
    expect(answers.flat().filter(({ outcome }) => outcome === 'committed')).toHaveLength(20);
    expect((await ledger.quota(user)).used).toBe(1);
  });
});
