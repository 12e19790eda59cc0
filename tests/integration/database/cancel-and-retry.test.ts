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
    let delivered = 0;
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
      // Who asked in time has cancelled, who came too late is told so: never both, never neither.
      expect(['cancelling', 'terminal']).toContain(cancelled.outcome);
      const state = cancelled.outcome === 'cancelling' ? 'cancelled' : how;
      expect(finished).toMatchObject({ outcome: 'committed', state });
      const isDelivered = state === 'completed';
      expect(await ledger.job(job.id)).toMatchObject({
        state,
        quota_state: isDelivered ? 'kept' : 'returned',
        result: isDelivered ? { ok: true } : null,
      });
      expect(await ledger.reportStatus(job.id)).toBe(isDelivered ? 'complete' : state);
      delivered += Number(isDelivered);
    }
    // And the job of this test's beginning.
    expect((await ledger.quota(user)).used).toBe(delivered + 1);
  });

  it.each(['completed', 'failed'])('wins over an end as %s that is recorded after it', async (how) => {
    await ledger.start(jobId);
    await ledger.save(jobId, 1, 20, { id: 'identity', position: 0 });
    await ledger.cancel(jobId, user);
    expect(await ledger.finish(jobId, 1, how)).toMatchObject({ outcome: 'committed', state: 'cancelled' });
    expect(await ledger.job(jobId)).toMatchObject({ state: 'cancelled', result: null, error: null });
    expect((await ledger.quota(user)).used).toBe(0);
    expect(await ledger.reportStatus(jobId)).toBe('cancelled');
    const sections = await database.sql`select section_id from public.report_sections s
      join public.jobs j on j.report_id = s.report_id where j.id = ${jobId}`;
    expect(sections.map(({ section_id }) => section_id)).toEqual(['identity']);
  });

  it('comes too late for a job that has ended', async () => {
    await ledger.start(jobId);
    await ledger.finish(jobId, 1, 'completed');
    expect(await ledger.cancel(jobId, user)).toMatchObject({ outcome: 'terminal', job: { state: 'completed' } });
    expect((await ledger.quota(user)).used).toBe(1);
  });

  describe('a running job whose worker does not answer', () => {
    const endOverdue = async () => {
      const rows = await database.sql<{ id: string }[]>`
        select job ->> 'id' as id from public.end_overdue_cancels(10000, 10) job`;
      return rows.map(({ id }) => id);
    };
    const askedAgo = (seconds: number) => database.sql`
      update public.jobs set cancel_requested_at = now() - make_interval(secs => ${seconds}) where id = ${jobId}`;

    beforeEach(async () => {
      await ledger.start(jobId);
      await ledger.cancel(jobId, user);
    });

    it('is ended ten seconds after it was asked to stop, and its attempt can write nothing more', async () => {
      await askedAgo(9);
      expect(await endOverdue()).not.toContain(jobId);
      await askedAgo(11);
      expect(await endOverdue()).toContain(jobId);
      expect(await ledger.job(jobId)).toMatchObject({ state: 'cancelled', quota_state: 'returned' });
      expect(await ledger.finish(jobId, 1, 'completed')).toMatchObject({ outcome: 'lease_lost' });
      await expect(ledger.save(jobId, 1, 50)).rejects.toMatchObject({ message: 'lease_lost' });
      expect(await ledger.start(jobId)).toMatchObject({ outcome: 'terminal' });
      expect((await ledger.quota(user)).used).toBe(0);
    });

    it('is ended by whoever asks again', async () => {
      expect(await ledger.cancel(jobId, user)).toMatchObject({ outcome: 'cancelling' });
      await askedAgo(11);
      expect(await ledger.cancel(jobId, user)).toMatchObject({ outcome: 'cancelled', job: { state: 'cancelled' } });
    });

    it('is told by the ledger to whoever runs it', async () => {
      const other = await ledger.submit({ user_id: user, company_id: company, queue: 'scoring' });
      await ledger.start(other.job.id);
      const [row] = await database.sql<{ ids: string[] }[]>`
        select public.cancels_of(array[${jobId}, ${other.job.id}]) as ids`;
      expect(row?.ids).toEqual([jobId]);
    });
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
