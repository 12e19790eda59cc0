import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeQueues } from '@/lib/queue/queue-manager';
import { openRedis } from '@/lib/queue/redis-client';
import { redisKeys } from '@/lib/queue/redis-keys';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { projectRoot } from '../../../scripts/bootstrap/project.mjs';
import { readStackRecord } from '../../../scripts/stack/stack-record';
import { callApi, expectProblem, untilEnded } from '../../support/api-client';
import { type EventReader, idsOf, readEvents } from '../../support/event-reader';
import { demoToken } from '../../support/sign-in';
import { submitScoring } from '../../support/steered-job';
import { startTestStack, type TestStack } from '../../support/test-stack';
import { startWorkerChild, type WorkerChild } from '../../support/worker-child';

const SHARED = { ...process.env };
const WAIT = { timeout: 30_000, interval: 50 };
const WORKER = path.join(projectRoot, 'tests/support/counting-worker.ts');
/** What the start command gives a web process before it ends it by force. */
const TIME_TO_END_MS = 5_000;

let stack: TestStack;
let token: string;
const workers: WorkerChild[] = [];

beforeAll(async () => {
  stack = await startTestStack({ OPPSPOT_WORKERS: '0', RATE_LIMIT_PER_MINUTE: '1000000', QUEUE_LIMIT: '2' });
  Object.assign(process.env, stack.environment);
  token = await demoToken(stack);
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
  await closeQueues();
  await stack?.stop();
  Object.assign(process.env, SHARED);
});

async function startWorker(countMs: number): Promise<WorkerChild> {
  const worker = await startWorkerChild(WORKER, { ...stack.environment, COUNT_MS: String(countMs) });
  workers.push(worker);
  return worker;
}

describe('a queued job', () => {
  it('says its place in the line, that no worker is running, and when a full queue has room', async () => {
    const jobIds: string[] = [];
    for (const company of ['DM000001', 'DM000002']) jobIds.push(await submitScoring(token, company));
    const [first, second] = jobIds;
    const before = await callApi('GET', `/api/jobs/${second}`, { token });
    expect(before.body).toMatchObject({ job: { status: 'queued' }, position: 2 });
    expect(before.body.reason).toContain('No worker is running');
    const refused = await callApi('POST', '/api/scoring/DM000003', { token });
    expectProblem(refused, 503, 'queue_full');
    // Nothing has ended yet that a rate could be learned from.
    expect(refused.headers.get('retry-after')).toBe('60');
    const worker = await startWorker(300);
    const ends = await Promise.all([first, second].map((id) => untilEnded(String(id), token)));
    expect(ends.map(({ body }) => body.progress)).toEqual([100, 100]);
    await worker.end('SIGTERM');
  });
});

describe('progress', { timeout: 60_000 }, () => {
  it('never goes back, though the worker is killed and Redis loses everything', async () => {
    const worker = await startWorker(8_000);
    const jobId = await submitScoring(token, 'DM000005');
    const stream = await readEvents(jobId, token);
    const seen: number[][] = [[], [], []];
    let done = false;
    const polling = seen.map(async (progress) => {
      while (!done) {
        const { body } = await callApi('GET', `/api/jobs/${jobId}`, { token });
        progress.push(Number(body.progress));
      }
    });
    const reached = (progress: number) => expect.poll(() => Math.max(...seen.flat()), WAIT).toBeGreaterThan(progress);
    await reached(15);
    await flushRedis();
    await reached(30);
    await worker.end('SIGKILL');
    const next = await startWorker(4_000);
    await reached(45);
    await flushRedis();
    const ended = await untilEnded(jobId, token);
    done = true;
    await Promise.all(polling);
    expect(ended.body).toMatchObject({ job: { status: 'completed' }, progress: 100 });
    for (const progress of seen) expect(progress).toEqual([...progress].sort((a, b) => a - b));
    await expect.poll(() => stream.isClosed(), WAIT).toBe(true);
    const told = stream.events.filter(({ event }) => event === 'status').map(({ data }) => Number(data.progress));
    expect(told).toEqual([...told].sort((a, b) => a - b));
    const ids = idsOf(stream).filter((id) => !Number.isNaN(id));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    await next.end('SIGTERM');
  });
});

describe('a web process that is told to stop', { timeout: 60_000 }, () => {
  it('closes its streams at once, ends in time, and the next one goes on where they were', async () => {
    const worker = await startWorker(20_000);
    const jobId = await submitScoring(token, 'DM000006');
    const readers = await Promise.all(Array.from({ length: 20 }, () => readEvents(jobId, token)));
    const [first] = readers;
    await expect.poll(() => Number(first?.events.at(-1)?.data.progress), WAIT).toBeGreaterThan(5);
    expect(first?.events.at(-1)?.data.estimated_completion).toBeNull();
    await rememberRuns(5, 60_000);
    const headers = { prefer: 'wait=20', 'idempotency-key': 'waits-for-the-end' };
    const waiting = callApi('POST', '/api/scoring/DM000006', { token, headers });
    // Recorded: from now on it waits.
    await expect.poll(keysInUse, WAIT).toBe(1);
    const startedAt = performance.now();
    const pid = webPid();
    process.kill(pid, 'SIGTERM');
    await expect.poll(() => readers.every((reader) => reader.isClosed()), WAIT).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    for (const reader of readers) expect(reader.text()).toMatch(/retry: \d+\n\n$/);
    expect(await waiting).toMatchObject({ status: 202, body: { job_id: jobId, deduplicated: true } });
    await expect.poll(() => isAlive(pid), WAIT).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(TIME_TO_END_MS);
    await nextWeb();

    const last = Math.max(...idsOf(first as EventReader));
    const again = await readEvents(jobId, token, { 'last-event-id': String(last) });
    await expect.poll(() => again.events.length, WAIT).toBeGreaterThan(1);
    expect(Math.min(...idsOf(again))).toBeGreaterThan(last);
    const told = again.events.map(({ data }) => Number(data.progress));
    expect(told).toEqual([...told].sort((a, b) => a - b));
    // Five runs are enough to say when it probably ends; what is past is not estimated.
    await expect.poll(() => again.events.at(-1)?.data, WAIT).not.toHaveProperty('replayed');
    const { started_at: start, estimated_completion: end } = again.events.at(-1)?.data ?? {};
    expect(Date.parse(String(end)) - Date.parse(String(start))).toBe(60_000);
    again.leave();
    await worker.end('SIGKILL');
  });
});

/** As if so many jobs had run for so long, and no others. */
async function rememberRuns(runs: number, ms: number): Promise<void> {
  const redis = openRedis('failFast', 'test');
  await redis.del(redisKeys.runTimes('scoring'));
  await redis.lpush(redisKeys.runTimes('scoring'), ...Array.from({ length: runs }, () => ms));
  redis.disconnect();
}

async function keysInUse(): Promise<number> {
  return unwrap(await serviceClient().from('idempotency_keys').select('key').eq('key', 'waits-for-the-end')).length;
}

async function flushRedis(): Promise<void> {
  const redis = openRedis('failFast', 'test');
  await redis.flushall();
  redis.disconnect();
}

function webPid(): number {
  const web = readStackRecord(stack.folder)?.processes.find(({ name }) => name === 'web');
  if (!web) throw new Error('the stack has no web process');
  return web.pid;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Until the start command has brought up the next web process. */
async function nextWeb(): Promise<void> {
  const answers = async () => (await fetch(`${process.env.APP_URL}/api/health`).catch(() => null))?.status ?? 0;
  await expect.poll(answers, WAIT).toBeGreaterThan(0);
}
