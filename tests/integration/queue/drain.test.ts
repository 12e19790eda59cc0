import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeQueues } from '@/lib/queue/queue-manager';
import { QUEUES, type RegisteredQueue } from '@/lib/queue/queues';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { submitAndEnqueue } from '@/lib/queue/submit-job';
import { serviceClient } from '@/lib/supabase/service-client';
import { type BundledWorker, bundleWorker } from '../../support/bundle-worker';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';
import { startWorkerChild, type WorkerChild } from '../../support/worker-child';

const WAIT = { timeout: 30_000, interval: 50 };
const SHUTDOWN_MS = 5_000;

let stack: QueueStack;
let sandbox: TestSandbox;
let product: BundledWorker;
let slow: BundledWorker;
let userId: string;
const children: WorkerChild[] = [];

beforeAll(async () => {
  sandbox = await openTestSandbox();
  [stack, product, slow] = await Promise.all([
    startQueueStack({
      SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_MS),
      COMPANIES_HOUSE_BASE_URL: `${sandbox.url}/companies-house`,
      COMPANIES_HOUSE_API_KEY: 'sandbox',
    }),
    bundleWorker('workers/start-workers.ts'),
    bundleWorker('tests/support/slow-worker.ts'),
  ]);
  userId = (await createTestUser()).id;
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.end('SIGKILL')));
  await serviceClient().from('jobs').delete().neq('id', '');
  await producerRedis().flushall();
  await sandbox.reset();
});
afterAll(async () => {
  await closeQueues();
  await Promise.all([stack.stop(), sandbox.close()]);
  product.remove();
  slow.remove();
});

async function startWorker({ file }: BundledWorker, variables: Record<string, string> = {}): Promise<WorkerChild> {
  const child = await startWorkerChild(file, { ...stack.environment, ...variables });
  children.push(child);
  return child;
}

async function submit(queue: RegisteredQueue, companyId: string, owner: string | null = userId): Promise<string> {
  const payload = sampleOf(queue).payload({ companyId, companyName: 'Sample', userId });
  const { job } = await submitAndEnqueue(queue, payload, { userId: owner });
  if (!job) throw new Error('no job was recorded');
  return job.id;
}

async function jobsOf(ids: readonly string[]) {
  const { data } = await serviceClient()
    .from('jobs')
    .select('*')
    .in('id', [...ids])
    .order('id');
  return data ?? [];
}

async function savedSections(): Promise<number> {
  const { count } = await serviceClient().from('report_sections').select('*', { count: 'exact', head: true });
  return count ?? 0;
}

async function workerConnections(): Promise<string[]> {
  const list = String(await producerRedis().client('LIST'));
  return list.split('\n').filter((line) => line.includes('name=oppspot:worker'));
}

describe('the bundled worker with all its queues busy', () => {
  it('hands everything back unchanged when it is told to stop, and leaves nothing open', async () => {
    // Research gets to its later sections; everything else hangs at its first request.
    await sandbox.disturb(
      { path: '/company/DM000001/charges*', kind: 'hang' },
      { path: '/company/DM000002*', kind: 'hang' },
    );
    const worker = await startWorker(product);
    const jobIds = await Promise.all(
      QUEUES.map((queue) => submit(queue, queue.name === 'research' ? 'DM000001' : 'DM000002')),
    );
    await expect.poll(savedSections, WAIT).toBeGreaterThan(0);
    await expect
      .poll(async () => (await jobsOf(jobIds)).map(({ state }) => state), WAIT)
      .toEqual(QUEUES.map(() => 'active'));
    const sections = await savedSections();
    expect((await workerConnections()).length).toBeGreaterThan(4);

    const stoppedAt = Date.now();
    worker.process.kill('SIGTERM');
    await expect.poll(() => worker.events, WAIT).toContain('worker.stopping');
    const late = await submit(scoringQueue, 'DM000003');
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(Date.now() - stoppedAt).toBeLessThan(SHUTDOWN_MS + 1_000);

    expect(worker.events.at(-1)).toBe('worker.stopped');
    expect(await workerConnections()).toEqual([]);
    for (const job of await jobsOf(jobIds)) {
      expect(job).toMatchObject({ state: 'queued', attempt: 0, crash_count: 0, error: null });
    }
    expect(await jobsOf([late])).toMatchObject([{ state: 'queued', attempt: 0, started_at: null }]);
    expect(await savedSections()).toBeGreaterThanOrEqual(sections);

    await sandbox.reset();
    await startWorker(product);
    const all = [...jobIds, late];
    await expect
      .poll(async () => (await jobsOf(all)).map(({ state }) => state), WAIT)
      .toEqual(all.map(() => 'completed'));
    for (const job of await jobsOf(all)) expect(job).toMatchObject({ attempt: 1, crash_count: 0 });
  }, 60_000);
});

describe('replacing two workers one after the other under load', () => {
  it('loses no job, runs none twice, and lets none wait for more than five seconds', async () => {
    const workers = await Promise.all([startWorker(slow, { SLOW_MS: '50' }), startWorker(slow, { SLOW_MS: '50' })]);
    const submitted: string[] = [];
    let isLoading = true;
    const load = (async () => {
      while (isLoading) submitted.push(await submit(scoringQueue, 'DM000001', null));
    })();
    await expect.poll(() => submitted.length, WAIT).toBeGreaterThan(10);
    for (const old of workers) {
      const before = submitted.length;
      await startWorker(slow, { SLOW_MS: '50' });
      expect(await old.end('SIGTERM')).toBe(0);
      await expect.poll(() => submitted.length, WAIT).toBeGreaterThan(before + 10);
    }
    isLoading = false;
    await load;
    const states = async () => new Set((await jobsOf(submitted)).map(({ state }) => state));
    await expect.poll(states, WAIT).toEqual(new Set(['completed']));
    const jobs = await jobsOf(submitted);
    expect(jobs).toHaveLength(submitted.length);
    const waits = jobs.map((job) => Date.parse(job.started_at ?? '') - Date.parse(job.created_at));
    const longest = Math.max(...waits);
    if (process.env.TEST_FIGURES) process.stdout.write(`${jobs.length} jobs, longest wait ${longest} ms\n`);
    expect(longest).toBeLessThan(5_000);
    expect(jobs.filter(({ attempt, crash_count }) => attempt !== 1 || crash_count !== 0)).toEqual([]);
  }, 90_000);
});
