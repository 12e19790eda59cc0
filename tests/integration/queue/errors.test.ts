import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { RETRIES_PER_SECOND } from '@/lib/queue/attempt/retry-pace';
import type { QueueDefinition } from '@/lib/queue/define-queue';
import { executeJob } from '@/lib/queue/execute-job';
import { readJob } from '@/lib/queue/job-ledger';
import { startWorker } from '@/lib/queue/process/start-worker';
import { stopWorkers } from '@/lib/queue/process/worker-process';
import { closeQueues, producerQueue } from '@/lib/queue/queue-manager';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { runInline } from '@/lib/queue/run-inline';
import { runnerFor } from '@/lib/queue/runner';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { untilStatusWritten } from '@/lib/queue/status/status-writer';
import { recordJob, submitAndEnqueue } from '@/lib/queue/submit-job';
import { runnerOf } from '@/lib/queue/workers';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { type ProviderServer, startProviderServer } from '../../support/provider-server';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';

const WAIT = { timeout: 20_000, interval: 50 };
const JOBS = 1_000;
/** Attempts that run at once in this test: a crowd, and not more than the database takes. */
const LANES = 20;

const sample = sampleOf(scoringQueue);
// Seen as any queue, so that the sample's result fits.
const definition: QueueDefinition = scoringQueue;

let stack: QueueStack;
let provider: ProviderServer;
let userId: string;

beforeAll(async () => {
  provider = await startProviderServer();
  stack = await startQueueStack({ COMPANIES_HOUSE_BASE_URL: provider.url, COMPANIES_HOUSE_API_KEY: 'key' });
});
beforeEach(async () => {
  userId = (await createTestUser()).id;
});
afterEach(async () => {
  await stopWorkers(3_000);
  await serviceClient().from('jobs').delete().neq('id', '');
  await producerRedis().flushall();
});
afterAll(async () => {
  await closeQueues();
  await Promise.all([stack.stop(), provider.close()]);
});

const payload = () => sample.payload({ companyId: 'DM000001', companyName: 'Sample', userId });

async function recorded(): Promise<string> {
  const { job } = await recordJob(scoringQueue, payload());
  if (!job) throw new Error('no job was recorded');
  return job.id;
}

const failingWith = (error: () => Error) =>
  runnerFor(definition, async () => {
    throw error();
  });

/** Jobs of nobody, recorded in one call. */
async function recordMany(count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, n) => ({
    id: `scoring:DM000001:${n + 1}`,
    queue: 'scoring',
    company_id: 'DM000001',
    company_name: 'Sample',
    payload: { company_id: 'DM000001' },
    max_attempts: 3,
  }));
  await serviceClient({ timeoutMs: 20_000 }).from('jobs').insert(rows);
  return rows.map(({ id }) => id);
}

describe('a thousand jobs that fail together', () => {
  it('come back spread out: no second holds one in twenty of them', { timeout: 60_000 }, async ({ annotate }) => {
    const jobIds = await recordMany(JOBS);
    const runner = failingWith(() => new AppError('provider_unavailable'));
    const remaining = jobIds.values();
    const lane = async () => {
      for (const jobId of remaining) await executeJob(runner, jobId, { worker: 'test' });
    };
    const startedAt = Date.now();
    await Promise.all(Array.from({ length: LANES }, lane));
    const failedForMs = Date.now() - startedAt;

    const perSecond = new Map<number, number>();
    const query = serviceClient().from('jobs').select('run_at').eq('state', 'delayed').limit(JOBS);
    const delayed = unwrap(await query);
    for (const { run_at } of delayed) {
      const second = Math.floor(Date.parse(String(run_at)) / 1_000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    const busiest = Math.max(...perSecond.values());
    await annotate(
      `${JOBS} jobs failed within ${failedForMs} ms and come back in ${perSecond.size} seconds; the busiest holds ${busiest}`,
    );
    expect(delayed).toHaveLength(JOBS);
    expect(busiest).toBeLessThan(JOBS / 20);
    // A retry's own time is taken when it is decided, and written a moment later.
    expect(busiest).toBeLessThanOrEqual(RETRIES_PER_SECOND * 1.5);
  });
});

describe('a job that fails', () => {
  it.each([
    ['never succeeds', 'provider_rejected', 'failed', 1],
    ['has met a bug in the last attempt', 'internal', 'failed', 3],
  ] as const)('once it %s, has ended and tells a person why and what to do', async (_, code, state, attempt) => {
    const runner = failingWith(() => (code === 'internal' ? new TypeError('x is not a function') : new AppError(code)));
    const jobId = await recorded();
    let verdict = await executeJob(runner, jobId, { worker: 'test' });
    while (verdict.outcome === 'retry') verdict = await executeJob(runner, jobId, { worker: 'test' });
    const job = await readJob(jobId);
    expect(job).toMatchObject({ state, attempt, error: { code } });
    expect(job?.error?.message).toMatch(/^[A-Z].+\. We .+\. .*(retry|report)/i);
    await untilStatusWritten();
    expect(await readJobStatus(jobId)).toMatchObject({ state, error: job?.error });
  });

  it('at a source that names a time, waits for it and uses up no attempt', async () => {
    provider.answerWith((_, response) => response.writeHead(503, { 'retry-after': '120' }).end());
    const jobId = await recorded();
    for (const round of [1, 2, 3, 4]) {
      await executeJob(runnerOf('scoring'), jobId, { worker: `round ${round}` });
      const job = await readJob(jobId);
      expect(job).toMatchObject({
        state: 'delayed',
        attempt: 0,
        error: { code: 'provider_unavailable', retryable: true },
      });
      const waitMs = Date.parse(String(job?.run_at)) - Date.now();
      expect(waitMs).toBeGreaterThan(115_000);
      expect(waitMs).toBeLessThan(130_000);
      expect(job?.error?.message).toContain('Companies House did not answer (503)');
    }
    provider.answerWith((_, response) => response.writeHead(404).end());
    await executeJob(runnerOf('scoring'), jobId, { worker: 'at last' });
    expect(await readJob(jobId)).toMatchObject({ state: 'completed', attempt: 1 });
  });

  it.each([
    [401, 'provider_rejected', 'refused our key'],
    [402, 'provider_credits', 'wants to be paid'],
  ])('at a source that answers %d says so in the end', async (status, code, words) => {
    provider.answerWith((_, response) => response.writeHead(status).end());
    const { job } = await recordJob(scoringQueue, { ...Object(payload()), force_recalculate: true });
    const ended = job && (await runInline(scoringQueue, job));
    expect(ended).toMatchObject({ state: 'failed', attempt: 1, error: { code, retryable: false } });
    expect(ended?.error?.message).toContain(words);
  });

  it('leaves no secret of its failure in Redis', async () => {
    startWorker(
      failingWith(() => new Error('connect ECONNREFUSED redis://user:hunter2@10.0.0.7:6379')),
      1,
    );
    const { job } = await submitAndEnqueue(scoringQueue, payload());
    const jobId = job?.id ?? '';
    await expect.poll(async () => (await readJob(jobId))?.state, WAIT).toBe('delayed');
    const key = producerQueue('scoring').toKey(jobId);
    await expect.poll(() => producerRedis().hget(key, 'failedReason'), WAIT).toContain('internal');
    const entry = JSON.stringify(await producerRedis().hgetall(key));
    expect(entry).not.toContain('hunter2');
    // Where it failed is still told.
    expect(entry).toContain('errors.test.ts');
  });
});
