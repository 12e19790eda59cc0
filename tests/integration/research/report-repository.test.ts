import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { checkReport } from '@/lib/research/groundedness';
import { getReport, latestReport, listReports } from '@/lib/research/report-repository';
import { reportDocumentSchema, SECTION_IDS } from '@/lib/research/schema';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { type UserClient, userClient } from '@/lib/supabase/user-client';
import { callApi, untilEnded } from '../../support/api-client';
import { createTestUser } from '../../support/users';

let token: string;
let mine: UserClient;
let others: UserClient;

beforeAll(async () => {
  const [user, other] = await Promise.all([createTestUser(), createTestUser()]);
  token = user.accessToken;
  mine = userClient(user.accessToken);
  others = userClient(other.accessToken);
});

afterEach(async () => {
  await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'DELETE' });
});

async function startResearch(companyId: string): Promise<{ jobId: string; reportId: string }> {
  const { body } = await callApi('POST', `/api/research/${companyId}?force_refresh=true`, { token });
  return { jobId: String(body.job_id), reportId: String(body.report_id) };
}

describe('a finished report', () => {
  test('is read whole, and every sentence of it is still supported', async () => {
    const { jobId, reportId } = await startResearch('DM000002');
    await untilEnded(jobId, token);
    const report = await getReport(mine, reportId);
    expect(report).toMatchObject({ id: reportId, status: 'complete', company_id: 'DM000002', sections_complete: 8 });
    expect(report && checkReport(report.document)).toEqual([]);
    expect(report?.document.report).toMatchObject({ id: reportId, is_demo: true, status: 'complete' });
  });

  test('is the latest of its company and leads the list', async () => {
    const { jobId, reportId } = await startResearch('DM000002');
    await untilEnded(jobId, token);
    expect((await latestReport(mine, 'DM000002'))?.id).toBe(reportId);
    const list = await listReports(mine, { limit: 10, companyId: 'DM000002' });
    expect(list[0]).toMatchObject({ id: reportId, status: 'complete' });
    expect(await listReports(mine, { limit: 1 })).toHaveLength(1);
  });

  test('is there for its owner only', async () => {
    const { jobId, reportId } = await startResearch('DM000003');
    await untilEnded(jobId, token);
    expect(await getReport(others, reportId)).toBeNull();
    expect(await latestReport(others, 'DM000003')).toBeNull();
    expect(await listReports(others, { limit: 10 })).toEqual([]);
    expect(await getReport(mine, 'no report')).toBeNull();
  });
});

describe('a report in the making', () => {
  test('shows finished sections while it runs, and keeps them when it is cancelled', async () => {
    const faults = JSON.stringify([{ path: '/company/DM000008/officers', kind: 'hang' }]);
    await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'POST', body: faults });
    const { jobId, reportId } = await startResearch('DM000008');
    const finished = async () => (await getReport(mine, reportId))?.document.report.sections_complete;
    await expect.poll(finished, { timeout: 20_000 }).toBe(3);

    const running = await getReport(mine, reportId);
    expect(running?.status).toBe('running');
    const document = reportDocumentSchema.parse(running?.document);
    expect(document.report).toMatchObject({ status: 'partial', is_demo: true });
    expect(document.sections.map(({ id }) => id)).toEqual(SECTION_IDS);
    expect(document.sections[0]?.sentences.length).toBeGreaterThan(0);
    expect(document.sections[3]).toMatchObject({ coverage: 0, sentences: [] });
    expect(document.gaps.at(-1)?.detail).toBe('Still being researched.');

    await callApi('DELETE', `/api/jobs/${jobId}`, { token });
    await expect.poll(async () => (await getReport(mine, reportId))?.status, { timeout: 10_000 }).toBe('cancelled');
    expect(await finished()).toBe(3);
  });

  test('goes on with what it has when a source keeps failing', async () => {
    const faults = JSON.stringify([{ path: '/company/DM000011/charges', kind: 'wrong_shape' }]);
    await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'POST', body: faults });
    // An earlier answer would be used instead, marked as stale.
    unwrap(await serviceClient().from('source_cache').delete().like('key', '%DM000011%'));
    const { jobId, reportId } = await startResearch('DM000011');
    await untilEnded(jobId, token);
    const report = await getReport(mine, reportId);
    expect(report).toMatchObject({ status: 'partial', sections_complete: 7 });
    const gap = report?.document.gaps.find(({ field }) => field === 'charges_outstanding');
    expect(gap).toMatchObject({ reason: 'source_failed', tried: ['companies_house.charges'] });
  });
});
