import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callApi, expectProblem } from '../../support/api-client';
import { createTestUser, type TestUser } from '../../support/users';

const WAIT = { timeout: 20_000, interval: 100 };
let user: TestUser;

beforeEach(async () => {
  user = await createTestUser();
});
afterEach(async () => {
  await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'DELETE' });
});

/** The register holds back what a later section needs, so that a research runs until it is stopped. */
async function holdBack(path: string): Promise<void> {
  const fault = { path, kind: 'slow', delay_ms: 60_000 };
  await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'POST', body: JSON.stringify([fault]) });
}

const call = (method: string, path: string) => callApi(method, path, { token: user.accessToken });
const quotaUsed = async () => (await call('GET', '/api/quota')).body.researches_used;
const statusOf = async (jobId: string) => Object(Object(await call('GET', `/api/jobs/${jobId}`)).body.job).status;

async function startResearch(companyId: string): Promise<{ jobId: string; reportId: string }> {
  const { status, body } = await call('POST', `/api/research/${companyId}?force_refresh=true`);
  expect(status).toBe(202);
  return { jobId: String(body.job_id), reportId: String(body.report_id) };
}

describe('DELETE /api/jobs/{jobId}', () => {
  it('stops a running research within two seconds, keeps its sections readable and gives the quota back', async () => {
    await holdBack('/company/DM000009/filing-history*');
    const { jobId, reportId } = await startResearch('DM000009');
    const sections = async (): Promise<unknown[]> => {
      const { body } = await call('GET', `/api/reports/${reportId}`);
      return Array.from(Object(body.document).sections ?? []);
    };
    await expect.poll(async () => (await sections()).length, WAIT).toBeGreaterThan(0);
    expect(await quotaUsed()).toBe(1);

    const askedAt = performance.now();
    const asked = await call('DELETE', `/api/jobs/${jobId}`);
    expect(asked).toMatchObject({ status: 202, body: { job_id: jobId, status: 'cancelling' } });
    await expect.poll(() => statusOf(jobId), { timeout: 4_000, interval: 50 }).toBe('cancelled');
    expect(performance.now() - askedAt).toBeLessThan(2_500);

    expectProblem(await call('DELETE', `/api/jobs/${jobId}`), 409, 'job_already_finished');
    expect(await quotaUsed()).toBe(0);
    expect((await sections()).length).toBeGreaterThan(0);
    expect((await call('GET', `/api/reports/${reportId}`)).body.status).toBe('cancelled');
  });

  it('lets one of a cancel and the end win, and says which', async () => {
    for (const companyId of ['DM000001', 'DM000002', 'DM000003', 'DM000004', 'DM000005', 'DM000006']) {
      const { body } = await call('POST', `/api/scoring/${companyId}`);
      const jobId = String(body.job_id);
      const answers = await Promise.all([1, 2].map(() => call('DELETE', `/api/jobs/${jobId}`)));
      const statuses = answers.map(({ status }) => status).sort();
      expect(['200 409', '202 202', '202 409', '409 409']).toContain(statuses.join(' '));
      const isTooLate = statuses.every((status) => status === 409);
      await expect.poll(() => statusOf(jobId), WAIT).toBe(isTooLate ? 'completed' : 'cancelled');
    }
  });
});
