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

const LEASE_LOST = { code: 'OP409', message: 'lease_lost' };

describe('the life of a job', () => {
  it('goes from submitted to completed, raising its version at every step', async () => {
    const started = await ledger.start(jobId);
    expect(started).toMatchObject({ outcome: 'started', token: 1, attempt: 1, version: 2, sections: [] });
    const saved = await ledger.save(jobId, 1, 40, { id: 'identity', position: 0 });
    expect(saved).toEqual({ version: 3, cancel_requested: false });
    expect(await ledger.reportStatus(jobId)).toBe('running');
    const finished = await ledger.finish(jobId, 1, 'completed', { version: 40 });
    expect(finished).toMatchObject({ outcome: 'committed', state: 'completed', version: 41 });
    expect(await ledger.job(jobId)).toMatchObject({ progress: 100, result: { ok: true }, quota_state: 'kept' });
    expect(await ledger.reportStatus(jobId)).toBe('complete');
    expect((await ledger.quota(user)).used).toBe(1);
    expect(await ledger.timeline(jobId)).toEqual(['submitted 0', 'started 1', 'step 1', 'completed 1']);
  });

  it('never shows progress going backwards', async () => {
    await ledger.start(jobId);
    await ledger.save(jobId, 1, 60);
    await ledger.save(jobId, 1, 20);
    expect((await ledger.job(jobId)).progress).toBe(60);
  });

  it('gives the next attempt the sections that were saved, in their order', async () => {
    await ledger.start(jobId);
    await ledger.save(jobId, 1, 20, { id: 'business', position: 1 });
    await ledger.save(jobId, 1, 30, { id: 'identity', position: 0 });
    await ledger.finish(jobId, 1, 'retry', { run_at: new Date().toISOString() });
    expect((await ledger.start(jobId)).sections).toEqual([{ id: 'identity' }, { id: 'business' }]);
  });

  it('keeps partial sections readable and gives the quota back when it fails', async () => {
    await ledger.start(jobId);
    await ledger.save(jobId, 1, 20, { id: 'identity', position: 0 });
    await ledger.finish(jobId, 1, 'failed', { error: { code: 'provider_rejected', message: 'x', retryable: false } });
    expect(await ledger.job(jobId)).toMatchObject({ state: 'failed', quota_state: 'returned' });
    expect(await ledger.reportStatus(jobId)).toBe('failed');
    expect((await ledger.quota(user)).used).toBe(0);
    const sections = await database.sql`select section_id from public.report_sections s
      join public.research_reports r on r.id = s.report_id where r.job_id = ${jobId}`;
    expect(sections).toHaveLength(1);
  });
});

describe('fencing', () => {
  it('lets an attempt that was taken over neither save nor finish', async () => {
    await ledger.start(jobId);
    await ledger.start(jobId);
    await expect(ledger.save(jobId, 1, 50, { id: 'identity', position: 0 })).rejects.toMatchObject(LEASE_LOST);
    expect(await ledger.finish(jobId, 1, 'completed')).toMatchObject({ outcome: 'lease_lost', state: 'active' });
    expect(await ledger.finish(jobId, 2, 'completed')).toMatchObject({ outcome: 'committed' });
  });

  it('commits one of ten finishes with the same token', async () => {
    await ledger.start(jobId);
    const results = await Promise.all(Array.from({ length: 10 }, () => ledger.finish(jobId, 1, 'completed')));
    expect(results.filter(({ outcome }) => outcome === 'committed')).toHaveLength(1);
    expect((await ledger.timeline(jobId)).filter((line) => line.startsWith('completed'))).toHaveLength(1);
  });

  it('lets nobody save into a job that has ended', async () => {
    await ledger.start(jobId);
    await ledger.finish(jobId, 1, 'completed');
    await expect(ledger.save(jobId, 1, 50)).rejects.toMatchObject(LEASE_LOST);
    expect(await ledger.start(jobId)).toMatchObject({ outcome: 'terminal' });
  });

  it('gives parallel starts different tokens', async () => {
    const starts = await Promise.all([ledger.start(jobId), ledger.start(jobId)]);
    expect(new Set(starts.map(({ token }) => token)).size).toBe(2);
  });
});

describe('attempts', () => {
  it('does not count crashes, and sets the job aside at the third', async () => {
    const outcomes = [];
    for (let n = 0; n < 4; n += 1) outcomes.push(await ledger.start(jobId));
    expect(outcomes.map(({ outcome, attempt }) => `${outcome} ${attempt}`)).toEqual([
      'started 1',
      'started 1',
      'started 1',
      'quarantined 1',
    ]);
    expect(await ledger.job(jobId)).toMatchObject({ state: 'failed', error: { code: 'worker_crashed' } });
    expect((await ledger.quota(user)).used).toBe(0);
    expect(await ledger.timeline(jobId)).toEqual([
      'submitted 0',
      'started 1',
      'recovered 1',
      'started 1',
      'recovered 1',
      'started 1',
      'recovered 1',
      'failed 1',
    ]);
  });

  it('counts a retry and keeps its reason and time', async () => {
    await ledger.start(jobId);
    const run_at = '2030-01-01T00:00:00.000Z';
    const error = { code: 'provider_unavailable', message: 'x', retryable: true };
    expect(await ledger.finish(jobId, 1, 'retry', { run_at, error })).toMatchObject({ state: 'delayed' });
    expect(await ledger.job(jobId)).toMatchObject({ attempt: 1, error: { code: 'provider_unavailable' } });
    expect(await ledger.start(jobId)).toMatchObject({ attempt: 2, token: 2 });
    expect(await ledger.job(jobId)).toMatchObject({ error: null, run_at: null, quota_state: 'reserved' });
  });

  it.each([
    ['a retry that only waited', 'retry', { counts_attempt: false, run_at: '2030-01-01T00:00:00.000Z' }, 'delayed'],
    ['a hand-over at shutdown', 'released', {}, 'queued'],
  ])('gives the attempt back after %s', async (_name, outcome, more, state) => {
    await ledger.start(jobId);
    expect(await ledger.finish(jobId, 1, outcome, more)).toMatchObject({ state });
    expect((await ledger.job(jobId)).attempt).toBe(0);
    expect(await ledger.start(jobId)).toMatchObject({ attempt: 1, token: 2 });
  });
});

describe('cancelling', () => {
  it('ends a waiting job at once and gives the quota back once', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => ledger.cancel(jobId, user)));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['cancelled', ...Array(4).fill('terminal')]);
    expect((await ledger.quota(user)).used).toBe(0);
    expect(await ledger.reportStatus(jobId)).toBe('cancelled');
    expect(await ledger.start(jobId)).toMatchObject({ outcome: 'terminal' });
  });

  it('asks a running job to stop, tells it when it saves, and ends it when it reports', async () => {
    await ledger.start(jobId);
    expect(await ledger.cancel(jobId, user)).toMatchObject({ outcome: 'cancelling', job: { state: 'active' } });
    expect((await ledger.save(jobId, 1, 10)).cancel_requested).toBe(true);
    expect(await ledger.finish(jobId, 1, 'cancelled')).toMatchObject({ state: 'cancelled' });
    expect((await ledger.quota(user)).used).toBe(0);
  });

  it.each(['retry', 'released'])('ends a job that reports %s after it was asked to stop', async (outcome) => {
    await ledger.start(jobId);
    await ledger.cancel(jobId, user);
    expect(await ledger.finish(jobId, 1, outcome)).toMatchObject({ outcome: 'committed', state: 'cancelled' });
    expect((await ledger.quota(user)).used).toBe(0);
  });

  it('ends a job whose worker crashed after it was asked to stop', async () => {
    await ledger.start(jobId);
    await ledger.cancel(jobId, user);
    expect(await ledger.start(jobId)).toMatchObject({ outcome: 'cancelled' });
    expect((await ledger.job(jobId)).state).toBe('cancelled');
  });

  it("knows nothing of somebody else's job unless an admin asks", async () => {
    const other = await ledger.createUser();
    expect(await ledger.cancel(jobId, other)).toMatchObject({ outcome: 'not_found' });
    expect(await ledger.cancel(jobId, null)).toMatchObject({ outcome: 'not_found' });
    expect(await ledger.cancel(jobId, other, true)).toMatchObject({ outcome: 'cancelled' });
  });

  it('leaves one outcome and exact quota when it races with the end', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { job } = await ledger.submit({
        user_id: user,
        company_id: company,
        queue: `race-${'x'.repeat(round)}`,
        force: true,
      });
      await ledger.start(job.id);
      const how = round % 2 === 0 ? 'completed' : 'failed';
      const [cancelled, finished] = await Promise.all([ledger.cancel(job.id, user), ledger.finish(job.id, 1, how)]);
      expect(['cancelling', 'terminal']).toContain(cancelled.outcome);
      expect(finished).toMatchObject({ outcome: 'committed', state: how });
      expect(await ledger.job(job.id)).toMatchObject({
        state: how,
        quota_state: how === 'completed' ? 'kept' : 'returned',
      });
    }
    // Ten delivered, and the job of this test's beginning.
    expect((await ledger.quota(user)).used).toBe(11);
  });

  it('leaves one outcome when it races with the start', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { job } = await ledger.submit({ user_id: user, company_id: company, queue: `start-${'x'.repeat(round)}` });
      const [cancelled, started] = await Promise.all([ledger.cancel(job.id, user), ledger.start(job.id)]);
      expect(`${cancelled.outcome} ${started.outcome}`).toMatch(/^(cancelled terminal|cancelling started)$/);
    }
  });
});

describe('retrying', () => {
  beforeEach(async () => {
    await ledger.start(jobId);
    await ledger.save(jobId, 1, 20, { id: 'identity', position: 0 });
    await ledger.finish(jobId, 1, 'failed', { error: { code: 'timed_out', message: 'x', retryable: true } });
  });

  it('puts the job back in line with all its attempts and new quota', async () => {
    const { outcome, job } = await ledger.retry(jobId, user);
    expect(outcome).toBe('queued');
    expect(job).toMatchObject({ id: jobId, state: 'queued', attempt: 0, run_id: 2, progress: 0, error: null });
    expect((await ledger.quota(user)).used).toBe(1);
    expect(await ledger.reportStatus(jobId)).toBe('pending');
    const { token, sections } = await ledger.start(jobId);
    expect(sections).toEqual([{ id: 'identity' }]);
    expect(await ledger.finish(jobId, token, 'completed')).toMatchObject({ state: 'completed' });
    expect((await ledger.quota(user)).used).toBe(1);
  });

  it('drops a checkpoint that is old', async () => {
    await database.sql`update public.report_sections set created_at = now() - interval '2 hours'`;
    await ledger.retry(jobId, user);
    expect((await ledger.start(jobId)).sections).toEqual([]);
  });

  it('is refused while another job for the company is in flight', async () => {
    const { job } = await ledger.submit({ user_id: user, company_id: company, job_id_ms: 5 });
    const refusal = await ledger.retry(jobId, user).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'OP409', message: 'job_not_retryable' });
    expect(JSON.parse(refusal.detail)).toEqual({ job_id: job.id });
    expect((await ledger.quota(user)).used).toBe(1);
  });

  it('is refused without quota, and leaves the job as it was', async () => {
    await expect(ledger.retry(jobId, user, 0)).rejects.toMatchObject({ code: 'OP429' });
    expect((await ledger.job(jobId)).state).toBe('failed');
  });

  it("refuses a job that is not over, and knows nothing of somebody else's", async () => {
    await ledger.retry(jobId, user);
    expect(await ledger.retry(jobId, user)).toMatchObject({ outcome: 'not_retryable' });
    expect(await ledger.retry(jobId, await ledger.createUser())).toMatchObject({ outcome: 'not_found' });
  });
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
