import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { QueueEvent } from '@/lib/queue/job-events';
import { readJob } from '@/lib/queue/job-ledger';
import { startWorker } from '@/lib/queue/process/start-worker';
import { startWatchdog } from '@/lib/queue/process/watchdog';
import { stopWorkers } from '@/lib/queue/process/worker-process';
import { closeQueues, openBullQueue } from '@/lib/queue/queue-manager';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { closeRedis, openRedis } from '@/lib/queue/redis-client';
import { runnerFor } from '@/lib/queue/runner';
import { submitAndEnqueue } from '@/lib/queue/submit-job';
import { onQueueEvent } from '@/lib/queue/telemetry';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { type SilentProxy, startSilentProxy } from '../../support/silent-proxy';
import { createTestUser } from '../../support/users';

const WAIT = { timeout: 25_000, interval: 50 };
/** What is promised for every way in which a connection can break. */
const PROMISED_MS = 15_000;
const sample = sampleOf(scoringQueue);
const events: QueueEvent[] = [];

let stack: QueueStack;
let proxy: SilentProxy;
/** Past the proxy. */
let direct: Redis;
let company = 0;
let userId: string;

const runner = runnerFor(scoringQueue, async () => ({
  result: { overall: 50, coverage: 1, components: [], verdict: 'Done.' },
  effects: {},
}));

beforeAll(async () => {
  stack = await startQueueStack();
  proxy = await startSilentProxy(stack.redis.port);
  process.env.REDIS_URL = `redis://127.0.0.1:${proxy.port}`;
  direct = new Redis(stack.redis.url, { retryStrategy: () => 100, maxRetriesPerRequest: null });
  // Redis is killed here on purpose.
  direct.on('error', () => undefined);
  onQueueEvent((event) => events.push(event));
  userId = (await createTestUser()).id;
  startWorker(runner, 2);
  await secondsUntilDone(await submit());
});
afterAll(async () => {
  await stopWorkers(3_000);
  await closeQueues();
  direct.disconnect();
  await proxy.close();
  await stack.stop();
});

async function submit(): Promise<string> {
  company = (company % 9) + 1;
  const subject = { companyId: `DM00000${company}`, companyName: 'Sample', userId };
  const { job } = await submitAndEnqueue(scoringQueue, sample.payload(subject));
  if (!job) throw new Error('no job was recorded');
  return job.id;
}

const stateOf = async (jobId: string) => (await readJob(jobId))?.state;

async function secondsUntilDone(jobId: string): Promise<number> {
  const startedAt = Date.now();
  await vi.waitFor(async () => expect(await stateOf(jobId)).toBe('completed'), WAIT);
  const seconds = (Date.now() - startedAt) / 1_000;
  if (process.env.TEST_FIGURES) process.stdout.write(`${expect.getState().currentTestName}: ${seconds} s\n`);
  return seconds;
}

async function expectSoonDone(jobId: string): Promise<void> {
  expect(await secondsUntilDone(jobId)).toBeLessThan(PROMISED_MS / 1_000);
}

describe('a worker goes on by itself', () => {
  it('after Redis has cut all its connections', async () => {
    await direct.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await direct.client('KILL', 'TYPE', 'pubsub', 'SKIPME', 'yes');
    await expectSoonDone(await submit());
  });

  it('after its connections went silent without being closed', async () => {
    const before = proxy.opened();
    proxy.swallow();
    await expectSoonDone(await submit());
    expect(proxy.opened()).toBeGreaterThan(before);
  });

  it('after Redis hung for longer than any connection may be silent', async () => {
    stack.redis.pause();
    const pausedAt = Date.now();
    const jobId = await submit();
    const pauseMs = Number(process.env.TEST_PAUSE_MS ?? 8_000);
    await expect.poll(() => Date.now() - pausedAt, { timeout: pauseMs + 5_000 }).toBeGreaterThan(pauseMs);
    stack.redis.resume();
    await expectSoonDone(jobId);
  }, 120_000);

  it('after Redis was killed and started again', async () => {
    await stack.redis.kill();
    const jobId = await submit();
    await stack.redis.start();
    await expectSoonDone(jobId);
  });
});

describe('a Redis that turns out to throw jobs away', () => {
  it('gets no job done until it is corrected, and then without a restart', async () => {
    await direct.config('SET', 'maxmemory-policy', 'allkeys-lru');
    // As after a failover: the worker looks when it has connected again.
    await direct.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await expect.poll(() => events.map(({ name }) => name), WAIT).toContain('redis.unsafe');
    expect(JSON.stringify(events)).toContain('config set maxmemory-policy noeviction');
    const jobId = await submit();
    const submittedAt = Date.now();
    await expect.poll(() => Date.now() - submittedAt, WAIT).toBeGreaterThan(2_500);
    expect(await stateOf(jobId)).toBe('queued');
    await direct.config('SET', 'maxmemory-policy', 'noeviction');
    await expectSoonDone(jobId);
    expect(events.map(({ name }) => name)).toContain('redis.safe');
  });
});

describe('a connection that calls itself ready on a dead socket', () => {
  it('is opened anew', async () => {
    const client = openRedis('blocking', 'test');
    onTestFinished(() => closeRedis(client));
    await client.ping();
    // What ioredis 5.11 does when Redis dies during the handshake: nobody hears the end of the socket.
    client.stream.removeAllListeners('close');
    client.stream.destroy();
    expect(client.status).toBe('ready');
    await expect.poll(() => client.stream.destroyed, WAIT).toBe(false);
    expect(await client.ping()).toBe('PONG');
  });
});

describe('the watchdog', () => {
  it('renews the connections of a worker that takes nothing, and then ends it', async () => {
    const name = 'neglected';
    const connections: Redis[] = [];
    const queue = openBullQueue(name, (type) => {
      const client = openRedis('blocking', `neglected:${type}`);
      connections.push(client);
      return client;
    });
    await queue.add({});
    const worker = { id: 'test', queues: new Map([[name, { queue, concurrency: 1 }]]), held: new Map() };
    let stuck = 0;
    const seen = events.length;
    const stop = startWatchdog(
      worker,
      () => {
        stuck += 1;
      },
      1_500,
    );
    onTestFinished(async () => {
      stop();
      await queue.close(true);
      await Promise.all(connections.map(closeRedis));
    });
    await expect.poll(() => stuck, WAIT).toBe(1);
    const told = events.slice(seen).map((event) => event.name);
    expect(told.indexOf('worker.reconnecting')).toBeGreaterThan(-1);
    expect(told.indexOf('worker.stuck')).toBeGreaterThan(told.indexOf('worker.reconnecting'));
  });

  it('leaves a paused queue and one whose jobs are taken alone', async () => {
    const seen = events.length;
    for (let round = 0; round < 3; round += 1) await secondsUntilDone(await submit());
    expect(events.slice(seen).map(({ name }) => name)).not.toContain('worker.reconnecting');
  });
});
