import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelJob } from '@/lib/queue/cancel-job';
import type { JobContext } from '@/lib/queue/job-context';
import { readJob } from '@/lib/queue/job-ledger';
import { dispatchOnce } from '@/lib/queue/process/dispatcher';
import { startWorker } from '@/lib/queue/process/start-worker';
import { stopWorkers } from '@/lib/queue/process/worker-process';
import { closeQueues, producerQueue, queueCounts } from '@/lib/queue/queue-manager';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { redisKeys } from '@/lib/queue/redis-keys';
import { runnerFor } from '@/lib/queue/runner';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { type Submission, submitAndEnqueue } from '@/lib/queue/submit-job';
import { serviceClient } from '@/lib/supabase/service-client';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';

const WAIT = { timeout: 25_000, interval: 100 };
const COMPANIES = ['DM000001', 'DM000002', 'DM000003', 'DM000004', 'DM000005', 'DM000006'];
const sample = sampleOf(scoringQueue);

let stack: QueueStack;
let userId: string;
let gate: Promise<void> = Promise.resolve();
let runs = new Map<string, number>();

const runner = runnerFor(scoringQueue, async (ctx: JobContext) => {
  runs.set(ctx.jobId, (runs.get(ctx.jobId) ?? 0) + 1);
  await gate;
  return { result: { overall: 50, coverage: 1, components: [], verdict: 'Done.' }, effects: {} };
});

beforeAll(async () => {
  stack = await startQueueStack();
});
beforeEach(async () => {
  userId = (await createTestUser()).id;
  runs = new Map();
  gate = Promise.resolve();
});
afterEach(async () => {
  await stopWorkers(3_000);
  await serviceClient().from('jobs').delete().neq('id', '');
  await producerRedis().flushall();
});
afterAll(async () => {
  await closeQueues();
  await stack.stop();
});

function submit(companyId = 'DM000001'): Promise<Submission> {
  return submitAndEnqueue(scoringQueue, sample.payload({ companyId, companyName: 'Sample', userId }));
}

async function submitAll(): Promise<string[]> {
  const submissions = await Promise.all(COMPANIES.map(submit));
  return submissions.map(({ job }) => job?.id ?? '');
}

async function statesOf(jobIds: readonly string[]): Promise<string[]> {
  const jobs = await Promise.all(jobIds.map(readJob));
  return jobs.map((job) => job?.state ?? 'missing');
}

const all = (state: string) => COMPANIES.map(() => state);

describe('while Redis hangs', () => {
  it('a job is recorded, and its status and a cancel answered, within a second each', async () => {
    await producerRedis().ping();
    stack.redis.pause();
    try {
      const { value: submission, ms } = await timed(() => submit());
      const jobId = submission.job?.id ?? '';
      expect(submission).toMatchObject({ outcome: 'accepted', enqueued: false });
      expect(ms).toBeLessThan(1_000);
      const status = await timed(() => readJobStatus(jobId));
      expect(status.value).toMatchObject({ state: 'queued', owner: userId });
      expect(status.ms).toBeLessThan(1_000);
      const cancelled = await timed(() => cancelJob(jobId, { id: userId, isAdmin: false }));
      expect(cancelled.value.outcome).toBe('cancelled');
      expect(cancelled.ms).toBeLessThan(1_000);
    } finally {
      stack.redis.resume();
    }
  });
});

describe('a Redis that was away', () => {
  it('is given the jobs that were submitted meanwhile', async () => {
    await stack.redis.kill();
    const { job, enqueued } = await submit();
    expect(enqueued).toBe(false);
    await stack.redis.start();
    startWorker(runner, 2);
    await expect.poll(() => statesOf([job?.id ?? '']), WAIT).toEqual(['completed']);
  });
});

describe('a Redis that forgot everything', () => {
  it('is given every waiting job again, once', async () => {
    const jobIds = await submitAll();
    await producerRedis().flushall();
    startWorker(runner, 2);
    await expect.poll(() => statesOf(jobIds), WAIT).toEqual(all('completed'));
    expect([...runs.values()]).toEqual(COMPANIES.map(() => 1));
  });

  it('does not stop a job that runs, nor start it a second time', async () => {
    let open: () => void = () => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    startWorker(runner, 2);
    const { job } = await submit();
    const jobId = job?.id ?? '';
    await expect.poll(() => runs.get(jobId), WAIT).toBe(1);
    await producerRedis().flushall();
    // The dispatcher notes that it has looked through everything.
    await expect.poll(() => producerRedis().hexists(redisKeys.loaded(), 'complete'), WAIT).toBe(1);
    open();
    await expect.poll(() => statesOf([jobId]), WAIT).toEqual(['completed']);
    expect(runs.get(jobId)).toBe(1);
    expect(await readJobStatus(jobId)).toMatchObject({ state: 'completed', attempt: 1 });
  });
});

describe('the dispatcher', () => {
  it('heals a queue that was emptied behind its back', async () => {
    const jobIds = await submitAll();
    await producerQueue('scoring').empty();
    await producerRedis().del(redisKeys.loaded());
    startWorker(runner, 2);
    await expect.poll(() => statesOf(jobIds), WAIT).toEqual(all('completed'));
  });

  it('gives Redis nothing that it knows already', async () => {
    await submitAll();
    await dispatchOnce();
    const before = await queueCounts('scoring');
    expect(await dispatchOnce()).toBe(0);
    expect(await queueCounts('scoring')).toEqual(before);
    expect(before.waiting).toBe(COMPANIES.length);
  });
});

describe('the place in the line', () => {
  it('counts down as jobs before it start, and is read without looking at the line', async () => {
    const jobIds = await submitAll();
    const positions = await Promise.all(jobIds.map(async (id) => (await readJobStatus(id))?.position));
    expect(positions.sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
}
