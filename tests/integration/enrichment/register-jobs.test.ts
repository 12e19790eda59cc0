import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCompany, listCompanyFacts } from '@/lib/companies/company-repository';
import { closeQueues } from '@/lib/queue/queue-manager';
import { enrichmentQueue } from '@/lib/queue/queues/enrichment-queue';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { signalsQueue } from '@/lib/queue/queues/signals-queue';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { closeJobStream } from '@/lib/queue/status/job-stream';
import { submitAndEnqueue } from '@/lib/queue/submit-job';
import { latestScore, listScores } from '@/lib/scoring/score-repository';
import { listCompanySignals, listSignalFeed } from '@/lib/signals/signal-repository';
import { serviceClient } from '@/lib/supabase/service-client';
import { userClient } from '@/lib/supabase/user-client';
import { createTestUser, type TestUser } from '../../support/users';

const COMPANY = { company_id: 'DM000009', company_name: 'DEMO COMPASS ROBOTICS LTD' };
const PATIENT = { timeout: 25_000, interval: 100 };

let user: TestUser;

beforeAll(async () => {
  user = await createTestUser();
});
afterAll(() => Promise.all([closeQueues(), closeJobStream()]));

type Submission = Awaited<ReturnType<typeof submitAndEnqueue>>;

async function completed({ job }: Submission): Promise<unknown> {
  const id = job?.id ?? '';
  await expect.poll(async () => (await readJobStatus(id))?.state, PATIENT).toBe('completed');
  return (await readJobStatus(id))?.result;
}

describe('the jobs that read the register', () => {
  it('enrich a demo company: columns, facts with their evidence, completeness', async () => {
    const payload = { business_id: COMPANY.company_id, business_name: COMPANY.company_name, user_id: user.id };
    const result = await completed(await submitAndEnqueue(enrichmentQueue, payload));
    expect(result).toMatchObject({ sources: expect.arrayContaining([expect.objectContaining({ outcome: 'ok' })]) });
    const company = await getCompany(userClient(user.accessToken), COMPANY.company_id);
    expect(company).toMatchObject({ status: 'active', is_demo: true, charges_total: expect.any(Number) });
    expect(company?.completeness).toBeGreaterThan(0.75);
    const facts = await listCompanyFacts(userClient(user.accessToken), COMPANY.company_id);
    expect(facts.find(({ field }) => field === 'officers_active')).toMatchObject({
      source: 'companies_house.officers',
      evidence: { locator: '$.items', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('find its signals once, however often they look, each with the day of the event', async () => {
    const payload = { ...COMPANY, user_id: user.id, lookback_days: 3_650 };
    await completed(await submitAndEnqueue(signalsQueue, payload));
    const first = await listCompanySignals(serviceClient(), COMPANY.company_id);
    await completed(await submitAndEnqueue(signalsQueue, payload));
    const second = await listCompanySignals(serviceClient(), COMPANY.company_id);
    expect(second).toEqual(first);
    expect(first.map(({ title }) => title)).toContain('Mrs Winifred Truenorth joined as a director on 20 June 2022');
    const feed = await listSignalFeed(userClient(user.accessToken), { types: ['executive_change'], limit: 1 });
    expect(feed.items).toMatchObject([{ type: 'executive_change', company_name: expect.any(String) }]);
  });

  it('score it with every rule kept, for the user who asked', async () => {
    const result = await completed(await submitAndEnqueue(scoringQueue, { ...COMPANY, user_id: user.id }));
    const score = await latestScore(userClient(user.accessToken), COMPANY.company_id);
    expect(score).toMatchObject({ coverage: 0.55, document: { verdict: expect.any(String) } });
    expect(result).toMatchObject({ overall: score?.overall });
    expect(await listScores(userClient(user.accessToken), COMPANY.company_id)).toHaveLength(1);
    const stranger = await createTestUser();
    expect(await latestScore(userClient(stranger.accessToken), COMPANY.company_id)).toBeNull();
  });
});
