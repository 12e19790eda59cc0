import { subMonths } from 'date-fns';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anonymiseOldReports } from '@/lib/privacy/anonymise-reports';
import { applyRemovals } from '@/lib/privacy/apply-removals';
import { decideRemoval, listRemovals, type Removal, removalFormSchema, requestRemoval } from '@/lib/privacy/removals';
import { closeQueues } from '@/lib/queue/queue-manager';
import { researchQueue } from '@/lib/queue/queues/research-queue';
import { runInline } from '@/lib/queue/run-inline';
import { recordJob } from '@/lib/queue/submit-job';
import { checkReport } from '@/lib/research/groundedness';
import { getReport, keepReportNames, type Report } from '@/lib/research/report-repository';
import { createShare, readSharedReport } from '@/lib/shares/report-shares';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { userClient } from '@/lib/supabase/user-client';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser, type TestUser } from '../../support/users';

const COMPANY = 'DM000001';
const NAME = /fictitious/i;
const MINUTE = 60_000;
const never = new AbortController().signal;

let stack: QueueStack;
let sandbox: TestSandbox;
let user: TestUser;
let admin: TestUser;

beforeAll(async () => {
  sandbox = await openTestSandbox({ rates: { gdelt: { limit: 100, windowSeconds: 1 } } });
  stack = await startQueueStack({
    COMPANIES_HOUSE_BASE_URL: `${sandbox.url}/companies-house`,
    COMPANIES_HOUSE_API_KEY: 'sandbox',
  });
});
beforeEach(async () => {
  [user, admin] = await Promise.all([createTestUser(), createTestUser({ admin: true })]);
  unwrap(await serviceClient().from('personal_data_removals').delete().neq('person_name', ''));
});
afterAll(async () => {
  await closeQueues();
  await Promise.all([stack.stop(), sandbox.close()]);
});

async function research(companyId = COMPANY): Promise<Report> {
  const { job } = await recordJob(researchQueue, { user_id: user.id, company_id: companyId, force_refresh: true });
  if (!job) throw new Error('no job was recorded');
  const { report_id: reportId } = await runInline(researchQueue, job);
  return readReport(String(reportId));
}

async function readReport(id: string): Promise<Report> {
  const report = await getReport(userClient(user.accessToken), id);
  if (!report) throw new Error('no report');
  return report;
}

async function ask(more: Record<string, string> = {}): Promise<Removal> {
  const form = { person_name: 'Ada Fictitious', email: 'ada@people.example', ...more };
  await requestRemoval(removalFormSchema.parse(form));
  return only('open');
}

async function only(status: 'open' | 'decided'): Promise<Removal> {
  const { items } = await listRemovals({ status, limit: 10, offset: 0 });
  expect(items).toHaveLength(1);
  return items[0] as Removal;
}

/** Everything in the database in which the person could be named, but what providers answered. */
async function writtenTexts(): Promise<string> {
  const db = serviceClient();
  const tables = ['research_reports', 'report_sections', 'buying_signals', 'company_facts', 'lead_scores'] as const;
  const rows = await Promise.all(tables.map(async (table) => unwrap(await db.from(table).select('*'))));
  return JSON.stringify(rows);
}

describe('a request for removal', () => {
  it('changes nothing until an admin accepts it, then leaves the name out of what exists and of what comes', async () => {
    const report = await research();
    const { token } = await createShare(report.id, user.id, 7, new Date());
    expect(JSON.stringify(report.document)).toMatch(NAME);
    const { id } = await ask();
    expect(await applyRemovals(new Date(), never)).toBe(0);
    expect(JSON.stringify(await readReport(report.id))).toMatch(NAME);

    await decideRemoval(id, true, admin);
    expect(await applyRemovals(new Date(), never)).toBeGreaterThan(0);
    const after = await readReport(report.id);
    expect(JSON.stringify(after)).not.toMatch(NAME);
    expect(JSON.stringify(await readSharedReport(token))).not.toMatch(NAME);
    expect(await writtenTexts()).not.toMatch(NAME);
    expect(checkReport(after.document)).toEqual([]);

    const next = await research();
    expect(next.status).toBe('complete');
    expect(JSON.stringify(next)).not.toMatch(NAME);
    expect(JSON.stringify(next)).toContain('(name removed)');
  });

  it('is applied at once, and again when no job can be at work any more that began before the decision', async () => {
    const { id } = await ask();
    await decideRemoval(id, true, admin);
    await applyRemovals(new Date(), never);
    expect((await only('decided')).applied_at).not.toBeNull();
    // A job that did not know of it writes its report.
    const report = await research();
    const named = JSON.parse(JSON.stringify(report.document).replaceAll('(name removed)', 'FICTITIOUS, Ada Marigold'));
    unwrap(await serviceClient().from('research_reports').update({ document: named }).eq('id', report.id));
    expect(await applyRemovals(new Date(Date.now() + MINUTE), never)).toBe(0);
    expect(await applyRemovals(new Date(Date.now() + 16 * MINUTE), never)).toBeGreaterThan(0);
    expect(JSON.stringify(await readReport(report.id))).not.toMatch(NAME);
    expect(await applyRemovals(new Date(Date.now() + 17 * MINUTE), never)).toBe(0);
  });

  it('for one company leaves the person named on others', async () => {
    const { id } = await ask({ company_number: 'DM000002' });
    await decideRemoval(id, true, admin);
    const report = await research();
    await applyRemovals(new Date(), never);
    expect(JSON.stringify(await readReport(report.id))).toMatch(NAME);
  });

  it('is noted once however often it is sent, and decisions are recorded without the name', async () => {
    await ask();
    const { id } = await ask();
    await decideRemoval(id, true, admin);
    await decideRemoval(id, true, admin);
    await decideRemoval(id, false, admin);
    const log = unwrap(
      await serviceClient().from('audit_log').select('action, actor_id, before, after').eq('target', id).order('id'),
    );
    expect(log).toEqual([
      { action: 'removal.accepted', actor_id: admin.id, before: { status: 'open' }, after: { status: 'accepted' } },
      { action: 'removal.declined', actor_id: admin.id, before: { status: 'accepted' }, after: { status: 'declined' } },
    ]);
    expect(JSON.stringify(await research())).toMatch(NAME);
  });
});

describe('a report older than six months', () => {
  const age = async (id: string) => {
    const generated_at = subMonths(new Date(), 6).toISOString();
    unwrap(await serviceClient().from('research_reports').update({ generated_at }).eq('id', id));
  };

  it('loses the names of people, and says when', async () => {
    const [old, young] = [await research(), await research()];
    await age(old.id);
    expect(await anonymiseOldReports(new Date(), never)).toBe(1);
    const after = await readReport(old.id);
    expect(JSON.stringify(after)).not.toMatch(NAME);
    expect(after.names_removed_at).not.toBeNull();
    expect(checkReport(after.document)).toEqual([]);
    expect(JSON.stringify(await readReport(young.id))).toMatch(NAME);
    expect(await anonymiseOldReports(new Date(), never)).toBe(0);
    await expect(keepReportNames(old.id, user.id, true)).rejects.toMatchObject({ code: 'names_removed' });
  });

  it('keeps them when its owner, and nobody else, decided so, and until that is taken back', async () => {
    const { id } = await research();
    const stranger = await createTestUser();
    await expect(keepReportNames(id, stranger.id, true)).rejects.toMatchObject({ code: 'not_found' });
    await keepReportNames(id, user.id, true);
    await age(id);
    expect(await anonymiseOldReports(new Date(), never)).toBe(0);
    expect(await readReport(id)).toMatchObject({ names_kept: true, names_removed_at: null });
    await keepReportNames(id, user.id, false);
    expect(await anonymiseOldReports(new Date(), never)).toBe(1);
  });

  it('with more than a group of them, all are done', async () => {
    const companies = Array.from({ length: 12 }, (_, index) => `DM0000${String(index + 1).padStart(2, '0')}`);
    for (const companyId of companies) await age((await research(companyId)).id);
    expect(await anonymiseOldReports(new Date(), never)).toBe(12);
  });

  it('whose request is long past no longer holds the address of who asked', async () => {
    const { id } = await ask();
    await decideRemoval(id, false, admin);
    await anonymiseOldReports(new Date(Date.now() + 91 * 24 * 60 * MINUTE), never);
    expect((await only('decided')).email).toBeNull();
  });
});
