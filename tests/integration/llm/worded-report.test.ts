import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readModelUse } from '@/lib/llm/model-ledger';
import { closeQueues } from '@/lib/queue/queue-manager';
import { researchQueue } from '@/lib/queue/queues/research-queue';
import { runInline } from '@/lib/queue/run-inline';
import { recordJob } from '@/lib/queue/submit-job';
import { checkReport } from '@/lib/research/groundedness';
import { reportDocumentSchema } from '@/lib/research/schema';
import { forgetSingleton } from '@/lib/singleton';
import { serviceClient } from '@/lib/supabase/service-client';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';

let stack: QueueStack;
let sandbox: TestSandbox;
let userId: string;

beforeAll(async () => {
  sandbox = await openTestSandbox();
  stack = await startQueueStack({
    COMPANIES_HOUSE_BASE_URL: `${sandbox.url}/companies-house`,
    COMPANIES_HOUSE_API_KEY: 'sandbox',
    LLM_BASE_URL: `${sandbox.url}/llm`,
    LLM_API_KEY: 'sandbox',
  });
  forgetSingleton('budget:llm');
});
beforeEach(async () => {
  userId = (await createTestUser()).id;
  await fetch(`${sandbox.url}/_llm`, { method: 'DELETE' });
  await sandbox.reset();
});
afterAll(async () => {
  await closeQueues();
  await Promise.all([stack.stop(), sandbox.close()]);
  forgetSingleton('budget:llm');
});

/** The real processor, run as the synchronous mode runs it. */
async function research() {
  const subject = { companyId: 'DM000001', companyName: 'Sample', userId };
  const { job } = await recordJob(researchQueue, sampleOf(researchQueue).payload(subject));
  if (!job) throw new Error('no job was recorded');
  const status = await runInline(researchQueue, job);
  const reportId = String(status.report_id);
  const { data } = await serviceClient().from('research_reports').select('document').eq('id', reportId);
  const document = reportDocumentSchema.parse(data?.[0]?.document);
  return { state: status.state, document, use: await readModelUse(serviceClient(), reportId) };
}

it('a report is worded by the configured model, and says so and what it cost', async () => {
  await fetch(`${sandbox.url}/_llm`, { method: 'POST', body: JSON.stringify({ restates: true, count: 99 }) });
  const { state, document, use } = await research();
  expect(state).toBe('completed');
  expect(checkReport(document)).toEqual([]);
  expect(use.calls).toBeGreaterThanOrEqual(8);
  expect(document.report).toMatchObject({ written_by: 'mixed', model: use.models.join(', '), cost_usd: use.costUsd });
});

it('a report is complete without credits, after one request', async () => {
  await sandbox.disturb({ provider: 'llm', kind: 'status', status: 402 });
  const { state, document } = await research();
  expect(state).toBe('completed');
  expect(document.report).toMatchObject({ status: 'complete', written_by: 'template', model: null, cost_usd: 0 });
  expect((await sandbox.stats('llm')).total).toBe(1);
});
