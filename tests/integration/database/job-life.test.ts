import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';
import { type Ledger, ledgerOf } from './ledger';

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
