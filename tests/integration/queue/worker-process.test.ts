import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readJob } from '@/lib/queue/job-ledger';
import { listWorkers } from '@/lib/queue/process/worker-registry';
import { closeQueues } from '@/lib/queue/queue-manager';
import { addScoringJob } from '@/lib/queue/queues/scoring-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { serviceClient } from '@/lib/supabase/service-client';
import { type BundledWorker, bundleWorker } from '../../support/bundle-worker';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { startTestRedis } from '../../support/redis';
import { runCommand } from '../../support/run-command';
import { createTestUser } from '../../support/users';
import { startWorkerChild, type WorkerChild } from '../../support/worker-child';

const WAIT = { timeout: 25_000, interval: 100 };

let stack: QueueStack;
let slow: BundledWorker;
let product: BundledWorker;
let userId: string;
const children: WorkerChild[] = [];

beforeAll(async () => {
  [stack, slow, product] = await Promise.all([
    startQueueStack({ SHUTDOWN_TIMEOUT_MS: '6000', SCORING_WORKER_TIMEOUT_MS: '60000' }),
    bundleWorker('tests/support/slow-worker.ts'),
    bundleWorker('workers/start-workers.ts'),
  ]);
});
beforeEach(async () => {
  userId = (await createTestUser()).id;
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.end('SIGKILL')));
  // A killed worker's job would be taken up by the next test's worker.
  await serviceClient().from('jobs').delete().neq('id', '');
  await producerRedis().flushall();
});
afterAll(async () => {
  await closeQueues();
  await stack.stop();
  slow.remove();
  product.remove();
});

async function startChild(variables: Record<string, string> = {}, { file } = slow, args: string[] = []) {
  const child = await startWorkerChild(file, { ...stack.environment, ...variables }, args);
  children.push(child);
  return child;
}

async function addSlowJob(): Promise<string> {
  const { id } = await addScoringJob({ company_id: 'DM000001', company_name: 'Sample', user_id: userId });
  if (!id) throw new Error('no job was recorded');
  return id;
}

const stateOf = async (jobId: string) => (await readJobStatus(jobId))?.state;

async function servedQueues(): Promise<string[]> {
  const workers = await listWorkers(producerRedis());
  return workers.flatMap(({ queues }) => queues.map(({ name, concurrency }) => `${name} x${concurrency}`)).sort();
}

describe('a worker process', () => {
  it('finishes what it runs when it is told to stop, and exits with 0', async () => {
    const worker = await startChild({ SLOW_MS: '1500' });
    const jobId = await addSlowJob();
    await expect.poll(() => stateOf(jobId), WAIT).toBe('active');
    // A process group delivers one Ctrl-C twice.
    worker.process.kill('SIGTERM');
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(await readJob(jobId)).toMatchObject({ state: 'completed', attempt: 1 });
    expect(worker.events.at(-1)).toBe('worker.stopped');
    expect(await listWorkers(producerRedis())).toEqual([]);
  });

  it('hands back what it cannot finish in time, without using up an attempt', async () => {
    const worker = await startChild();
    const jobId = await addSlowJob();
    await expect.poll(() => stateOf(jobId), WAIT).toBe('active');
    const startedAt = Date.now();
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(8_000);
    expect(await readJob(jobId)).toMatchObject({ state: 'queued', attempt: 0 });
    await startChild({ SLOW_MS: '1' });
    await expect.poll(() => stateOf(jobId), WAIT).toBe('completed');
    expect(await readJob(jobId)).toMatchObject({ attempt: 1 });
  });

  it('exits at once when it is told a second time', async () => {
    const worker = await startChild();
    const jobId = await addSlowJob();
    await expect.poll(() => stateOf(jobId), WAIT).toBe('active');
    worker.process.kill('SIGTERM');
    await expect.poll(() => worker.events, WAIT).toContain('worker.stopping');
    // The first half second counts as the same signal.
    await expect
      .poll(() => {
        worker.process.kill('SIGTERM');
        return worker.process.exitCode;
      }, WAIT)
      .toBe(1);
    expect(worker.events).not.toContain('worker.stopped');
  });

  it('shows which queues it serves and what it runs', async () => {
    const worker = await startChild();
    const jobId = await addSlowJob();
    await expect.poll(() => stateOf(jobId), WAIT).toBe('active');
    await expect
      .poll(() => listWorkers(producerRedis()), WAIT)
      .toMatchObject([{ pid: worker.process.pid, active: 1, queues: [{ name: 'scoring', concurrency: 10 }] }]);
    const status = await readJobStatus(jobId);
    expect(Date.now() - Date.parse(status?.heartbeat_at ?? '')).toBeLessThan(5_000);
  });
});

describe('start-workers', () => {
  it('takes the queues it is given, by name or alias', async () => {
    await startChild({}, product, ['--queues', 'signals,scoring']);
    await expect.poll(servedQueues, WAIT).toEqual(['buying-signals x5', 'scoring x10']);
  });

  it('leaves out queues that are switched off', async () => {
    const off = { ENABLE_RESEARCH_WORKER: 'false', SCORING_WORKER_CONCURRENCY: '3' };
    const worker = await startChild(off, product);
    await expect.poll(servedQueues, WAIT).toEqual(['buying-signals x5', 'enrichment x5', 'scoring x3']);
    expect(await worker.end('SIGINT')).toBe(0);
  });

  it('refuses a Redis that may throw jobs away, and says how to correct it', async () => {
    const evicting = await startTestRedis(['--maxmemory-policy', 'allkeys-lru']);
    const { code, stderr } = await runCommand(product.file, [], { ...stack.environment, REDIS_URL: evicting.url });
    await evicting.stop();
    expect(code).toBe(3);
    expect(stderr).toContain('maxmemory-policy noeviction');
  });

  it('refuses a queue that does not exist, naming those that do', async () => {
    const { code, stderr } = await runCommand(product.file, ['--queues', 'reserch'], stack.environment);
    expect(code).toBe(3);
    expect(stderr).toContain('There is no queue "reserch"');
    expect(stderr).toContain('buying-signals');
  });

  it('explains itself without any configuration', async () => {
    const { code, stdout } = await runCommand(product.file, ['--help'], {});
    expect(code).toBe(0);
    expect(stdout).toContain('--queues');
  });
});
