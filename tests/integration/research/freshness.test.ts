import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renewSignals } from '@/lib/http/jobs/renew-signals';
import { closeQueues } from '@/lib/queue/queue-manager';
import { researchQueue } from '@/lib/queue/queues/research-queue';
import { signalsQueue } from '@/lib/queue/queues/signals-queue';
import { runInline } from '@/lib/queue/run-inline';
import { recordJob } from '@/lib/queue/submit-job';
import { getReport } from '@/lib/research/report-repository';
import { reportDocumentSchema } from '@/lib/research/schema';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { userClient } from '@/lib/supabase/user-client';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser, type TestUser } from '../../support/users';

const COMPANY = 'DM000001';
const HOUR = 3_600_000;
const SECRET = 'We sell glass jars and lost the tender at Example Kettle';

let stack: QueueStack;
let sandbox: TestSandbox;
let user: TestUser;

beforeAll(async () => {
  // Researches follow each other here faster than this provider allows.
  sandbox = await openTestSandbox({ logLimit: 10_000, rates: { gdelt: { limit: 100, windowSeconds: 1 } } });
  stack = await startQueueStack({
    COMPANIES_HOUSE_BASE_URL: `${sandbox.url}/companies-house`,
    COMPANIES_HOUSE_API_KEY: 'sandbox',
  });
});
beforeEach(async () => {
  user = await createTestUser();
  await fetch(`${sandbox.url}/_log`, { method: 'DELETE' });
});
afterAll(async () => {
  await closeQueues();
  await Promise.all([stack.stop(), sandbox.close()]);
});

const request = (who: TestUser, wishes: { force_refresh?: boolean; user_context?: string } = {}) =>
  recordJob(researchQueue, { user_id: who.id, company_id: COMPANY, ...wishes });

async function research(who: TestUser, wishes: Parameters<typeof request>[1] = {}) {
  const { job } = await request(who, wishes);
  if (!job) throw new Error('no job was recorded');
  const { state, report_id: reportId } = await runInline(researchQueue, job);
  expect(state).toBe('completed');
  const { data } = await serviceClient()
    .from('research_reports')
    .select('document')
    .eq('id', String(reportId))
    .single();
  return { reportId: String(reportId), document: reportDocumentSchema.parse(data?.document) };
}

/** Addresses asked since the test began, in order of the alphabet. */
async function asked(): Promise<string[]> {
  const log: { provider: string; path: string }[] = await (await fetch(`${sandbox.url}/_log`)).json();
  return log.map(({ provider, path }) => `${provider}${path}`).sort();
}

async function age(reportId: string, hours: number): Promise<void> {
  const generated_at = new Date(Date.now() - hours * HOUR).toISOString();
  unwrap(await serviceClient().from('research_reports').update({ generated_at }).eq('id', reportId));
}

describe('force_refresh', () => {
  it('asks every provider again, though all that they said is still kept', async () => {
    await research(user);
    await fetch(`${sandbox.url}/_log`, { method: 'DELETE' });
    const before = Date.now();
    const { document } = await research(user, { force_refresh: true });
    const again = await asked();
    // Read for everybody at once, and what sites ask of programs: both on their own clocks.
    const ownClock = /^(contracts-finder|find-a-tender)|robots\.txt$/;
    const renewed = document.sources.filter(({ url }) => !/contractsfinder|find-tender/.test(url));
    expect(renewed.filter(({ retrieved_at }) => Date.parse(retrieved_at) < before)).toEqual([]);
    expect(again.filter((address) => !ownClock.test(address)).length).toBeGreaterThan(20);
    expect(again).toContain(`companies-house/company/${COMPANY}/filing-history`);
    expect(again.filter((address) => address.endsWith('/filing-history'))).toHaveLength(1);
  });
});

describe('a request for a company on which the user has a report', () => {
  it('gets that report without a job for seven days, then a new one', async () => {
    const { reportId } = await research(user);
    await age(reportId, 7 * 24 - 1);
    expect(await request(user)).toMatchObject({ outcome: 'cached', job: null, reportId });
    await age(reportId, 7 * 24 + 1);
    expect(await request(user)).toMatchObject({ outcome: 'accepted' });
  });

  it('has its signals looked for again after six hours, once', async () => {
    const { reportId } = await research(user);
    const wanted = { userId: user.id, companyId: COMPANY, reportId };
    expect(await renewSignals(wanted)).toBeNull();
    await age(reportId, 7);
    const jobId = await renewSignals(wanted);
    expect(jobId).toMatch(/^buying-signals:/);
    const { job } = await recordJob(signalsQueue, { company_id: COMPANY, user_id: user.id });
    expect(job?.id).toBe(jobId);
    if (job) await runInline(signalsQueue, job);
    expect(await renewSignals(wanted)).toBeNull();
  });
});

describe("another user's request", () => {
  it('is answered from what is kept of the providers, without asking one', async () => {
    await research(user);
    const other = await createTestUser();
    await fetch(`${sandbox.url}/_log`, { method: 'DELETE' });
    const { document } = await research(other);
    expect(await asked()).toEqual([]);
    expect(document.report.status).toBe('complete');
  });

  it('never gets the report or the context of the first', async () => {
    const first = await research(user, { user_context: SECRET, force_refresh: true });
    const other = await createTestUser();
    const outcome = await request(other);
    expect(outcome).toMatchObject({ outcome: 'accepted' });
    expect(outcome.reportId).not.toBe(first.reportId);
    if (outcome.job) await runInline(researchQueue, outcome.job);
    const theirs = userClient(other.accessToken);
    const own = await getReport(theirs, String(outcome.reportId));
    expect(own?.status).toBe('complete');
    expect(JSON.stringify(own)).not.toContain('glass jars');
    expect(await getReport(theirs, first.reportId)).toBeNull();
  });

  it('finds nothing of anybody in what is kept', async () => {
    await research(user, { user_context: SECRET, force_refresh: true });
    const kept = JSON.stringify(unwrap(await serviceClient().from('source_cache').select('*')));
    expect(kept).toContain(COMPANY);
    expect(kept).not.toContain('glass jars');
    expect(kept).not.toContain(user.id);
    expect(kept).not.toContain(user.email);
  });
});
