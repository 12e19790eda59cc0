import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { closeQueues } from '@/lib/queue/queue-manager';
import { QUEUES, type RegisteredQueue } from '@/lib/queue/queues';
import { enrichmentQueue } from '@/lib/queue/queues/enrichment-queue';
import { researchQueue } from '@/lib/queue/queues/research-queue';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { signalsQueue } from '@/lib/queue/queues/signals-queue';
import { runInline } from '@/lib/queue/run-inline';
import { recordJob } from '@/lib/queue/submit-job';
import { reportDocumentSchema } from '@/lib/research/schema';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import type { JobStatus } from '@/types/jobs';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';

const COMPANY = 'DM000001';

let stack: QueueStack;
let sandbox: TestSandbox;
let userId: string;

beforeAll(async () => {
  sandbox = await openTestSandbox();
  stack = await startQueueStack({
    COMPANIES_HOUSE_BASE_URL: `${sandbox.url}/companies-house`,
    COMPANIES_HOUSE_API_KEY: 'sandbox',
  });
});
beforeEach(async () => {
  userId = (await createTestUser()).id;
});
afterAll(async () => {
  await closeQueues();
  await Promise.all([stack.stop(), sandbox.close()]);
});

/** The real processors, run as the synchronous mode runs them. */
async function run(queue: RegisteredQueue): Promise<JobStatus> {
  const subject = { companyId: COMPANY, companyName: 'Sample', userId };
  const { job } = await recordJob(queue, sampleOf(queue).payload(subject));
  if (!job) throw new Error('no job was recorded');
  return runInline(queue, job);
}

it.each(QUEUES)('the $name processor completes on the register of a demo company', async (queue) => {
  const status = await run(queue);
  expect(status).toMatchObject({ state: 'completed', progress: 100, error: null });
  expect(queue.resultSchema.safeParse(status.result).success).toBe(true);
});

it('research delivers a whole report', async () => {
  const status = await run(researchQueue);
  const table = serviceClient().from('research_reports');
  const { data: reports } = await table.select('document').eq('id', String(status.report_id));
  const document = reportDocumentSchema.parse(reports?.[0]?.document);
  expect(document.sections).toHaveLength(8);
  expect(document.report.is_demo).toBe(true);
});

it('enrichment writes facts that say where they come from', async () => {
  await run(enrichmentQueue);
  const facts = unwrap(await serviceClient().from('company_facts').select('field, source').eq('company_id', COMPANY));
  expect(facts.length).toBeGreaterThan(0);
});

it('scoring keeps the score with its rules', async () => {
  await run(scoringQueue);
  const scores = unwrap(await serviceClient().from('lead_scores').select('document').eq('company_id', COMPANY));
  expect(scores.length).toBeGreaterThan(0);
});

it('signals are stored once, however often they are looked for', async () => {
  await run(signalsQueue);
  const count = async () =>
    unwrap(await serviceClient().from('buying_signals').select('dedupe_key').eq('company_id', COMPANY)).length;
  const before = await count();
  await run(signalsQueue);
  expect(await count()).toBe(before);
});

it.each([scoringQueue, signalsQueue])('the $name processor does not present an outage as a result', async (queue) => {
  await sandbox.disturb({ path: '/company/DM000002*', kind: 'status', status: 503 });
  const subject = { companyId: 'DM000002', companyName: 'Sample', userId };
  const { job } = await recordJob(queue, sampleOf(queue).payload(subject));
  const status = job && (await runInline(queue, job));
  expect(status).toMatchObject({ state: 'failed', error: { code: 'provider_unavailable' }, attempt: 3 });
  await sandbox.reset();
});
