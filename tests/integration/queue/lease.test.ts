import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '@/lib/errors';
import { activeAttempts } from '@/lib/queue/attempt/active-attempts';
import { leaseTimes } from '@/lib/queue/lease-times';
import { beat } from '@/lib/queue/process/heartbeat';
import { createRedisPulse } from '@/lib/queue/process/redis-pulse';
import { closeQueues, producerQueue } from '@/lib/queue/queue-manager';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { redisKeys } from '@/lib/queue/redis-keys';
import { submitAndEnqueue } from '@/lib/queue/submit-job';
import { serviceClient } from '@/lib/supabase/service-client';
import { type BundledWorker, bundleWorker } from '../../support/bundle-worker';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { startWorkerChild, type WorkerChild } from '../../support/worker-child';

const WAIT = { timeout: 25_000, interval: 50 };
/** Everything about leases follows from it, so that what holds for three seconds holds for the default of six. */
const SHORT_LEASE_MS = 3_000;
const DEFAULT_LEASE_MS = 6_000;
const sample = sampleOf(scoringQueue);

let stack: QueueStack;
let bundle: BundledWorker;
const children: WorkerChild[] = [];

beforeAll(async () => {
  const settings = { SCORING_WORKER_TIMEOUT_MS: '60000', SCORING_WORKER_CONCURRENCY: '30' };
  [stack, bundle] = await Promise.all([startQueueStack(settings), bundleWorker('tests/support/slow-worker.ts')]);
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.end('SIGKILL')));
  await serviceClient().from('jobs').delete().neq('id', '');
  await producerRedis().flushall();
});
afterAll(async () => {
  await closeQueues();
  await stack.stop();
  bundle.remove();
});

async function startWorker(slowMs: number, leaseMs = SHORT_LEASE_MS): Promise<WorkerChild> {
  const variables = { ...stack.environment, SLOW_MS: String(slowMs), JOB_LEASE_MS: String(leaseMs) };
  const child = await startWorkerChild(bundle.file, variables);
  children.push(child);
  return child;
}

/** A job of nobody, so that any number may be in flight for one company. */
async function submit(companyName = 'Sample'): Promise<string> {
  const payload = sample.payload({ companyId: 'DM000001', companyName, userId: null as unknown as string });
  const { job } = await submitAndEnqueue(scoringQueue, payload, { userId: null });
  if (!job) throw new Error('no job was recorded');
  return job.id;
}

async function jobOf(id: string) {
  const { data } = await serviceClient().from('jobs').select('*').eq('id', id).single();
  if (!data) throw new Error(`${id} is not recorded`);
  return data;
}

async function eventsOf(jobId: string) {
  const { data } = await serviceClient().from('job_events').select('*').eq('job_id', jobId).order('id');
  return data ?? [];
}

const typesOf = async (jobId: string) => (await eventsOf(jobId)).map(({ type }) => type);
const stateOf = async (jobId: string) => (await jobOf(jobId)).state;
const isRunning = (child: WorkerChild, jobId: string) =>
  child.lines.some(({ msg, job_id }) => msg === 'job.started' && job_id === jobId);

describe('a worker that is killed', () => {
  it('is replaced within ten seconds for every job it ran, and none loses an attempt', async () => {
    const delays: number[] = [];
    let victim = await startWorker(60_000, DEFAULT_LEASE_MS);
    for (let round = 0; round < 2; round += 1) {
      const jobIds = await Promise.all(Array.from({ length: 6 }, () => submit()));
      await expect.poll(() => jobIds.filter((id) => isRunning(victim, id)).length, WAIT).toBe(6);
      const heir = await startWorker(60_000, DEFAULT_LEASE_MS);
      const killedAt = Date.now();
      await victim.end('SIGKILL');
      await expect.poll(() => jobIds.filter((id) => isRunning(heir, id)).length, WAIT).toBe(6);
      for (const { msg, job_id, readAt } of heir.lines) {
        if (msg === 'job.started' && jobIds.includes(String(job_id))) delays.push(readAt - killedAt);
      }
      for (const id of jobIds) expect(await jobOf(id)).toMatchObject({ attempt: 1, crash_count: 1 });
      victim = heir;
    }
    const p95 = delays.sort((a, b) => a - b)[Math.ceil(delays.length * 0.95) - 1] ?? Number.NaN;
    if (process.env.TEST_FIGURES) process.stdout.write(`recovery ms: ${delays.join(' ')}\n`);
    expect(delays).toHaveLength(12);
    expect(p95).toBeLessThan(10_000);
  }, 90_000);

  it('by the same job three times sets it aside with its last words, without secrets', async () => {
    const jobId = await submit('KILL');
    for (let crash = 0; crash < 3; crash += 1) {
      const worker = await startWorker(60_000);
      if (worker.process.exitCode === null && worker.process.signalCode === null) await once(worker.process, 'close');
    }
    await startWorker(1);
    await expect.poll(() => stateOf(jobId), WAIT).toBe('failed');
    expect((await jobOf(jobId)).error).toMatchObject({ code: 'worker_crashed' });
    await expect.poll(() => typesOf(jobId), WAIT).toContain('quarantined');
    const [quarantined] = (await eventsOf(jobId)).filter(({ type }) => type === 'quarantined');
    expect(JSON.stringify(quarantined?.detail)).toContain('job.recovered attempt=1');
    expect(JSON.stringify(quarantined?.detail)).toContain('Doing what KILL asks for');
    expect((await producerQueue('scoring').getJobLogs(jobId)).logs.join()).toContain('job.recovered');
  }, 60_000);
});

describe('a worker that stands still for longer than its lease', () => {
  it('loses its job to another, stops working on it when it wakes up, and writes nothing', async () => {
    const sleeper = await startWorker(60_000);
    const jobId = await submit();
    await expect.poll(() => isRunning(sleeper, jobId), WAIT).toBe(true);
    const heir = await startWorker(1);
    sleeper.process.kill('SIGSTOP');
    await expect.poll(() => stateOf(jobId), WAIT).toBe('completed');
    sleeper.process.kill('SIGCONT');
    const wokenAt = Date.now();
    await expect.poll(() => sleeper.events, WAIT).toContain('job.lease_lost');
    expect(Date.now() - wokenAt).toBeLessThan(4_000);
    expect(await jobOf(jobId)).toMatchObject({
      attempt: 1,
      crash_count: 1,
      result: { verdict: `Slow ${heir.process.pid}.` },
    });
    expect(await typesOf(jobId)).toEqual(['submitted', 'started', 'step', 'recovered', 'started', 'completed']);
  });

  it('keeps it when nobody else has taken it, and does not begin it again', async () => {
    const worker = await startWorker(7_000);
    const jobId = await submit();
    await expect.poll(() => isRunning(worker, jobId), WAIT).toBe(true);
    worker.process.kill('SIGSTOP');
    await expect.poll(() => producerRedis().exists(lockOf(jobId)), WAIT).toBe(0);
    worker.process.kill('SIGCONT');
    await expect.poll(() => stateOf(jobId), WAIT).toBe('completed');
    expect(await jobOf(jobId)).toMatchObject({ attempt: 1, crash_count: 0 });
  });
});

describe('a lease that could not be renewed', () => {
  it('is given up by a worker that took it again before it was told that another had ended the job', async () => {
    const jobId = 'scoring:DM000001:1';
    const [record, lockKey] = [redisKeys.job(jobId), lockOf(jobId)];
    const redis = producerRedis();
    const reasons: string[] = [];
    const abort = ({ code }: AppError) => void reasons.push(code);
    activeAttempts().set(jobId, { jobId, queue: 'scoring', version: 2_000, abort });
    const job = { jobId, lockKey, stalledKey: producerQueue('scoring').toKey('stalled'), lockToken: 'ours' };
    const pulse = createRedisPulse(leaseTimes(SHORT_LEASE_MS));
    // The other's lock is gone, the news of its end not there yet.
    await redis.hset(record, { state: 'active', version: 3_000 });
    await beat(redis, pulse, [job]);
    expect([await redis.get(lockKey), reasons]).toEqual(['ours', []]);
    await redis.hset(record, { state: 'completed', version: 4_000 });
    await beat(redis, pulse, [job]);
    expect([await redis.get(lockKey), reasons]).toEqual([null, ['lease_lost']]);
    activeAttempts().delete(jobId);
  });

  it('is taken again by the worker that runs the job, also after Bull has given up renewing it', async () => {
    const worker = await startWorker(60_000);
    const jobId = await submit();
    await expect.poll(() => isRunning(worker, jobId), WAIT).toBe(true);
    const other = await startWorker(60_000);
    const token = await producerRedis().get(lockOf(jobId));
    // Bull renews every 0.75 s, once in vain and then never again; its lock would be gone 3 s later.
    const until = Date.now() + 6_000;
    await expect
      .poll(async () => {
        if (Date.now() < until - 4_500) await producerRedis().del(lockOf(jobId));
        return Date.now() > until;
      }, WAIT)
      .toBe(true);
    expect(await producerRedis().get(lockOf(jobId))).toBe(token);
    expect(isRunning(other, jobId)).toBe(false);
    expect(await jobOf(jobId)).toMatchObject({ state: 'active', crash_count: 0 });
  });

  it('is no reason to begin again when it was Redis that stood still, for whatever time', async () => {
    const worker = await startWorker(60_000);
    const jobIds = await Promise.all([submit(), submit(), submit()]);
    await expect.poll(() => jobIds.filter((id) => isRunning(worker, id)).length, WAIT).toBe(3);
    const other = await startWorker(60_000);
    stack.redis.pause();
    const pausedAt = Date.now();
    await expect.poll(() => Date.now() - pausedAt, WAIT).toBeGreaterThan(4_500);
    stack.redis.resume();
    // Several checks for lost jobs later each still has its worker.
    const resumedAt = Date.now();
    await expect.poll(() => Date.now() - resumedAt, WAIT).toBeGreaterThan(4_000);
    expect(jobIds.filter((id) => isRunning(other, id))).toEqual([]);
    for (const id of jobIds) expect(await jobOf(id)).toMatchObject({ state: 'active', crash_count: 0 });
  }, 40_000);
});

describe('an error that nobody caught', () => {
  it('ends the worker with 1, counts against its job alone, and hands back the others', async () => {
    const worker = await startWorker(60_000);
    const innocent = await submit();
    await expect.poll(() => isRunning(worker, innocent), WAIT).toBe(true);
    const culprit = await submit('THROW');
    if (worker.process.exitCode === null) await once(worker.process, 'close');
    expect(worker.process.exitCode).toBe(1);
    expect(worker.lines.find(({ msg }) => msg === 'worker.crashed')).toMatchObject({ job_id: culprit });
    expect(await jobOf(innocent)).toMatchObject({ state: 'queued', attempt: 0, crash_count: 0 });
    const { logs } = await producerQueue('scoring').getJobLogs(culprit);
    expect(logs.join()).toContain('nobody catches this');
    expect(logs.join()).not.toContain('hunter2');
    await startWorker(1);
    await expect.poll(() => stateOf(innocent), WAIT).toBe('completed');
    await expect.poll(async () => (await jobOf(culprit)).crash_count, WAIT).toBe(1);
    expect(await jobOf(innocent)).toMatchObject({ attempt: 1, crash_count: 0 });
  });
});

const lockOf = (jobId: string) => `${producerQueue('scoring').toKey(jobId)}:lock`;
