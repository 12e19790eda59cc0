import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readJob } from '@/lib/queue/job-ledger';
import { closeQueues } from '@/lib/queue/queue-manager';
import { addResearchJob } from '@/lib/queue/queues/research-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { checkReport } from '@/lib/research/groundedness';
import { reportDocumentSchema, SECTION_IDS } from '@/lib/research/schema';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { type BundledWorker, bundleWorker } from '../../support/bundle-worker';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';
import { startWorkerChild, type WorkerChild } from '../../support/worker-child';

const WAIT = { timeout: 40_000, interval: 50 };
/** Sections that are finished and saved when the worker is killed. */
const FINISHED = 6;

let stack: QueueStack;
let sandbox: TestSandbox;
let bundle: BundledWorker;
const workers: WorkerChild[] = [];

beforeAll(async () => {
  sandbox = await openTestSandbox({
    logLimit: 10_000,
    // Researches follow each other here faster than this provider allows.
    rates: { gdelt: { limit: 100, windowSeconds: 1 } },
  });
  const settings = {
    COMPANIES_HOUSE_BASE_URL: `${sandbox.url}/companies-house`,
    COMPANIES_HOUSE_API_KEY: 'sandbox',
    LLM_BASE_URL: `${sandbox.url}/llm`,
    LLM_API_KEY: 'sandbox',
    JOB_LEASE_MS: '2000',
  };
  [stack, bundle] = await Promise.all([startQueueStack(settings), bundleWorker('workers/start-workers.ts')]);
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_llm`, { method: 'DELETE' });
  await fetch(`${sandbox.url}/_llm`, { method: 'POST', body: JSON.stringify({ restates: true, count: 999 }) });
  await sandbox.reset();
  await clearLog();
  await forget();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.end('SIGKILL')));
  await serviceClient().from('jobs').delete().neq('id', '');
  await producerRedis().flushall();
});
afterAll(async () => {
  await closeQueues();
  await Promise.all([stack.stop(), sandbox.close()]);
  bundle.remove();
});

/** Nothing is kept of what providers answered. */
async function forget(): Promise<void> {
  unwrap(await serviceClient().from('source_cache').delete().neq('key', ''));
  unwrap(await serviceClient().from('contract_spans').delete().neq('provider', ''));
}

async function startWorker(): Promise<WorkerChild> {
  const worker = await startWorkerChild(bundle.file, stack.environment, ['--queues', 'research']);
  workers.push(worker);
  return worker;
}

async function submit(force: boolean): Promise<{ jobId: string; reportId: string }> {
  const { id: user_id } = await createTestUser();
  const { id: jobId } = await addResearchJob({
    user_id,
    company_id: 'DM000001',
    company_name: 'Sample',
    force_refresh: force,
  });
  if (jobId === null) throw new Error('no job was recorded');
  const reportId = (await readJob(jobId))?.report_id;
  if (!reportId) throw new Error('the job has no report');
  return { jobId, reportId };
}

async function sectionsOf(reportId: string) {
  return unwrap(await serviceClient().from('report_sections').select('section_id').eq('report_id', reportId));
}

const stateOf = async (jobId: string) => (await readJob(jobId))?.state;

async function documentOf(reportId: string) {
  const { data } = await serviceClient().from('research_reports').select('document').eq('id', reportId).single();
  return reportDocumentSchema.parse(data?.document);
}

/** How often each address was asked since the last reset, of all providers, the model apart. */
async function requests(): Promise<{ addresses: string[]; model: number }> {
  const log: { provider: string; path: string }[] = await (await fetch(`${sandbox.url}/_log`)).json();
  const addresses = log.filter(({ provider }) => provider !== 'llm').map(({ provider, path }) => `${provider}${path}`);
  return { addresses, model: log.length - addresses.length };
}

/** Sections that the model was asked to word, in order. */
async function asked(): Promise<string[]> {
  const { requests }: { requests: { messages: { content: string }[] }[] } = await (
    await fetch(`${sandbox.url}/_llm`)
  ).json();
  return requests.map(({ messages }) => JSON.parse(messages[1]?.content ?? '{}').section.id);
}

async function clearLog(): Promise<void> {
  await fetch(`${sandbox.url}/_log`, { method: 'DELETE' });
}

/** Kills the worker while it waits for the model in the section after the finished ones. */
async function killInLateSection(reportId: string): Promise<void> {
  await expect.poll(async () => (await requests()).model, WAIT).toBe(FINISHED + 1);
  await workers[0]?.end('SIGKILL');
  // What a model was paid for is saved before it is asked for more.
  expect(await sectionsOf(reportId)).toHaveLength(FINISHED);
}

describe.each([
  ['an ordinary', false],
  ['a forced', true],
])('%s research whose worker is killed in a late section', (_, force) => {
  it('goes on with that section, and asks no provider and no model again', async () => {
    await sandbox.disturb(
      { provider: 'llm', kind: 'slow', delay_ms: 1, count: FINISHED },
      { provider: 'llm', kind: 'hang', count: 1 },
    );
    await startWorker();
    const { jobId, reportId } = await submit(force);
    await killInLateSection(reportId);
    expect((await requests()).addresses.length).toBeGreaterThan(20);
    await clearLog();

    await startWorker();
    await expect.poll(() => stateOf(jobId), WAIT).toBe('completed');

    const after = await requests();
    expect(after.addresses).toEqual([]);
    // The section that was under way when the worker died, and those after it.
    const worded = await asked();
    expect([...new Set(worded.slice(FINISHED))]).toEqual(SECTION_IDS.slice(FINISHED));
    expect(worded.slice(0, FINISHED)).toEqual(SECTION_IDS.slice(0, FINISHED));
    expect(after.model).toBe(worded.length - FINISHED);

    const job = await serviceClient().from('jobs').select('attempt, crash_count').eq('id', jobId).single();
    expect(job.data).toEqual({ attempt: 1, crash_count: 1 });
    const document = await documentOf(reportId);
    expect(document.report).toMatchObject({ status: 'complete', written_by: 'mixed', sections_complete: 8 });
    expect(checkReport(document)).toEqual([]);
  }, 90_000);
});
