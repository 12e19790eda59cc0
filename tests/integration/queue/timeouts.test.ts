import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobRunner, QueueDefinition } from '@/lib/queue/define-queue';
import { executeJob } from '@/lib/queue/execute-job';
import type { JobContext } from '@/lib/queue/job-context';
import { readJob } from '@/lib/queue/job-ledger';
import { startWorker } from '@/lib/queue/process/start-worker';
import { stopWorkers } from '@/lib/queue/process/worker-process';
import { closeQueues } from '@/lib/queue/queue-manager';
import { researchQueue } from '@/lib/queue/queues/research-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { runnerFor } from '@/lib/queue/runner';
import { recordJob, submitAndEnqueue } from '@/lib/queue/submit-job';
import { onQueueEvent } from '@/lib/queue/telemetry';
import { researchRunner } from '@/lib/queue/workers/research-worker';
import { forgetSingleton } from '@/lib/singleton';
import { SOURCE_IDS } from '@/lib/sources/registry';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { type ProviderServer, startProviderServer } from '../../support/provider-server';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';

const TIMEOUT_MS = 800;
/** Nothing may leave for a provider later than this after the abort. */
const LAST_REQUEST_MS = 1_000;
const WAIT = { timeout: 20_000, interval: 50 };
const COMPANY = 'DM000001';

const sample = sampleOf(researchQueue);
// Seen as any queue, so that the sample's result fits.
const definition: QueueDefinition = researchQueue;

let stack: QueueStack;
let provider: ProviderServer;
let userId: string;

beforeAll(async () => {
  provider = await startProviderServer();
  stack = await startQueueStack({
    RESEARCH_WORKER_TIMEOUT_MS: String(TIMEOUT_MS),
    COMPANIES_HOUSE_BASE_URL: provider.url,
    COMPANIES_HOUSE_API_KEY: 'key',
    // Scarce, so that requests also wait for the budget.
    COMPANIES_HOUSE_RATE_LIMIT: '40',
  });
});
beforeEach(async () => {
  userId = (await createTestUser()).id;
});
afterEach(async () => {
  await stopWorkers(4_000);
  await serviceClient().from('jobs').delete().neq('id', '');
  await producerRedis().flushall();
  forgetSingleton('budget:companies_house');
});
afterAll(async () => {
  await closeQueues();
  await Promise.all([stack.stop(), provider.close()]);
});

const payload = () => ({ user_id: userId, company_id: COMPANY, force_refresh: true });

async function recorded(): Promise<string> {
  const { job } = await recordJob(researchQueue, payload());
  if (!job) throw new Error('no job was recorded');
  return job.id;
}

function researchWith(process: (ctx: JobContext) => Promise<void>): JobRunner {
  return runnerFor(definition, async (ctx) => {
    await process(ctx);
    return { result: sample.result(ctx.reportId), effects: sample.effects(ctx.reportId) };
  });
}

/** A processor that listens to nothing: it goes on asking its sources and saving sections for as long as it lives. */
async function goOnRegardless(ctx: JobContext): Promise<void> {
  for (let round = 1; round <= 60; round += 1) {
    await Promise.allSettled(SOURCE_IDS.map((id) => ctx.sources.read(id, { companyNumber: ctx.companyId })));
    await saveSection(ctx, `round ${round}`, 1).catch(() => undefined);
    await delay(50);
  }
}

function saveSection(ctx: JobContext, id: string, position: number): Promise<void> {
  const section = { id, position, document: { id } };
  return ctx.progress({ step: { name: id, label: id, index: 1, total: 8 }, progress: 10, section });
}

async function sectionsOf(jobId: string): Promise<string[]> {
  const reportId = (await readJob(jobId))?.report_id ?? '';
  const query = serviceClient().from('report_sections').select('section_id').eq('report_id', reportId);
  return unwrap(await query).map(({ section_id }) => section_id);
}

const ANSWERS: [string, RequestListener][] = [
  ['never answers', () => undefined],
  ['answers slowly', (_, response) => void setTimeout(() => response.writeHead(404).end(), 400)],
  ['fails at once', (_, response) => response.writeHead(500).end()],
  ['asks for a pause', (_, response) => response.writeHead(503, { 'retry-after': '1' }).end()],
  [
    'limits requests',
    (_, response) => response.writeHead(429, { 'x-ratelimit-reset': String(Math.floor(Date.now() / 1_000) + 1) }).end(),
  ],
];

describe('after an attempt has been aborted at its time limit', () => {
  it.each(ANSWERS)('nothing leaves for a provider that %s', async (_, listener) => {
    provider.answerWith(listener);
    const jobId = await recorded();
    const startedAt = Date.now();
    const first = await executeJob(researchWith(goOnRegardless), jobId, { worker: 'first' });
    expect(first).toMatchObject({ outcome: expect.stringMatching(/^(retry|failed)$/) });
    expect(provider.requests.length).toBeGreaterThan(0);
    // What was left behind goes on meanwhile.
    await expect.poll(() => Date.now() - startedAt, WAIT).toBeGreaterThan(TIMEOUT_MS + LAST_REQUEST_MS + 500);
    const last = Math.max(...provider.requests.map(({ at }) => at));
    expect(last - startedAt).toBeLessThan(TIMEOUT_MS + LAST_REQUEST_MS);
  });

  it('the research processor asks nothing more either', async () => {
    provider.answerWith((_, response) => void setTimeout(() => response.writeHead(500).end(), 150));
    const jobId = await recorded();
    const startedAt = Date.now();
    const first = await executeJob(researchRunner, jobId, { worker: 'first' });
    const endedAt = Date.now();
    expect(first).toMatchObject({ outcome: 'retry', error: { code: 'timed_out' } });
    expect(endedAt - startedAt).toBeLessThan(TIMEOUT_MS + 700);
    await expect.poll(() => Date.now() - endedAt, WAIT).toBeGreaterThan(LAST_REQUEST_MS);
    expect(Math.max(...provider.requests.map(({ at }) => at))).toBeLessThanOrEqual(endedAt);
  });
});

describe('the next attempt', () => {
  it('starts after the previous one has ended or was given up, and finds its sections', async () => {
    provider.answerWith((_, response) => response.writeHead(404).end());
    const life: { name: string; attempt: number; at: number }[] = [];
    const stop = onQueueEvent((event) => {
      if ('attempt' in event) life.push({ name: event.name, attempt: event.attempt, at: Date.now() });
    });
    let found: readonly unknown[] = [];
    let leftBehind: Promise<void> = Promise.resolve();
    startWorker(
      researchWith(async (ctx) => {
        found = ctx.savedSections;
        if (ctx.attempt > 1) return;
        await saveSection(ctx, 'first', 0);
        leftBehind = stayDeaf(ctx);
        await leftBehind;
      }),
      2,
    );
    const { job } = await submitAndEnqueue(researchQueue, payload());
    const jobId = job?.id ?? '';
    await expect.poll(async () => (await readJob(jobId))?.state, WAIT).toBe('completed');
    stop();
    expect(life.map(({ name, attempt }) => `${name} ${attempt}`)).toEqual([
      'job.started 1',
      'job.retrying 1',
      'job.started 2',
      'job.succeeded 2',
    ]);
    const [first, retrying, second] = life.map(({ at }) => at);
    expect(Number(retrying) - Number(first)).toBeGreaterThanOrEqual(TIMEOUT_MS);
    expect(Number(retrying) - Number(first)).toBeLessThan(TIMEOUT_MS + 2_000);
    expect(Number(second)).toBeGreaterThanOrEqual(Number(retrying));
    expect(found).toEqual([{ id: 'first' }]);
    await leftBehind;
    expect(await sectionsOf(jobId)).not.toContain('late');
    expect(await readJob(jobId)).toMatchObject({ state: 'completed', attempt: 2 });
  });
});

/** Hears no signal for four seconds, and tries to save all the while. */
async function stayDeaf(ctx: JobContext): Promise<void> {
  const until = Date.now() + 4_000;
  await delay(TIMEOUT_MS + 100);
  while (Date.now() < until) {
    await saveSection(ctx, 'late', 1).catch(() => undefined);
    await delay(100);
  }
}
