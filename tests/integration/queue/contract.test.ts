import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { cancelJob } from '@/lib/queue/cancel-job';
import type { QueueDefinition } from '@/lib/queue/define-queue';
import type { JobContext } from '@/lib/queue/job-context';
import { readJob } from '@/lib/queue/job-ledger';
import { startWorker } from '@/lib/queue/process/start-worker';
import { stopWorkers } from '@/lib/queue/process/worker-process';
import { closeQueues, pauseQueue, producerQueue, resumeQueue } from '@/lib/queue/queue-manager';
import { QUEUES, type RegisteredQueue } from '@/lib/queue/queues';
import { retryJob } from '@/lib/queue/retry-job';
import { runnerFor } from '@/lib/queue/runner';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { closeJobStream } from '@/lib/queue/status/job-stream';
import { submitAndEnqueue } from '@/lib/queue/submit-job';
import { onQueueEvent } from '@/lib/queue/telemetry';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser } from '../../support/users';

const TIMEOUT_MS = 800;
const QUICK = { timeout: 15_000, interval: 50 };

type Behaviour = (ctx: JobContext) => Promise<void>;
const atOnce: Behaviour = async () => undefined;

let stack: QueueStack;
let userId: string;
let behaviour: Behaviour = atOnce;

beforeAll(async () => {
  const limits = QUEUES.map(({ envName }) => [`${envName}_WORKER_TIMEOUT_MS`, String(TIMEOUT_MS)]);
  stack = await startQueueStack(Object.fromEntries(limits));
  for (const queue of QUEUES) {
    const sample = sampleOf(queue);
    // Seen as any queue: a loop over all of them cannot know the payload of each.
    const definition: QueueDefinition = queue;
    const runner = runnerFor(definition, async (ctx) => {
      await behaviour(ctx);
      return { result: sample.result(ctx.reportId), effects: sample.effects(ctx.reportId) };
    });
    startWorker(runner, 2);
  }
});

beforeEach(async () => {
  behaviour = atOnce;
  userId = (await createTestUser()).id;
});

afterAll(async () => {
  await stopWorkers(5_000);
  await Promise.all([closeQueues(), closeJobStream()]);
  await stack.stop();
});

function submit(queue: RegisteredQueue, companyId = 'DM000001') {
  return submitAndEnqueue(queue, sampleOf(queue).payload({ companyId, companyName: 'Sample', userId }));
}

async function submitted(queue: RegisteredQueue): Promise<string> {
  const { job } = await submit(queue);
  if (!job) throw new Error('no job was recorded');
  return job.id;
}

const stateOf = async (jobId: string) => (await readJobStatus(jobId))?.state;

describe.each(QUEUES)('the $name queue', (queue) => {
  it('runs a submitted job and keeps what it came to', async () => {
    const jobId = await submitted(queue);
    await expect.poll(() => stateOf(jobId), QUICK).toBe('completed');
    const status = await readJobStatus(jobId);
    expect(status).toMatchObject({
      id: jobId,
      queue: queue.name,
      owner: userId,
      progress: 100,
      attempt: 1,
      error: null,
    });
    expect(queue.resultSchema.safeParse(status?.result).success).toBe(true);
    expect((await readJob(jobId))?.state).toBe('completed');
    await expect.poll(async () => (await producerQueue(queue.name).getJob(jobId))?.getState(), QUICK).toBe('completed');
    expect((await producerQueue(queue.name).getJob(jobId))?.progress()).toBe(100);
  });

  it('tells the life of a job in events with fixed names', async () => {
    const told: string[] = [];
    const stop = onQueueEvent((event) => void ('jobId' in event && told.push(event.name)));
    const jobId = await submitted(queue);
    await expect.poll(() => told, QUICK).toContain('job.succeeded');
    stop();
    expect(told.sort()).toEqual(['job.enqueued', 'job.started', 'job.succeeded']);
    expect(await stateOf(jobId)).toBe('completed');
  });

  it('refuses a malformed payload before anything is recorded', async () => {
    await expect(submitAndEnqueue(queue, { user_id: userId })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('refuses a company it does not know', async () => {
    await expect(submit(queue, 'ZZ999999')).rejects.toMatchObject({ code: 'company_not_found' });
  });

  it('answers a second request for the same company with the job in flight', async () => {
    behaviour = untilStopped;
    const first = await submitted(queue);
    expect(await submit(queue)).toMatchObject({ outcome: 'deduplicated', job: { id: first } });
    await cancelJob(first, { id: userId, isAdmin: false });
    await expect.poll(() => stateOf(first), QUICK).toBe('cancelled');
  });

  it('stops at its time limit and never runs twice at once', async () => {
    let running = 0;
    let most = 0;
    behaviour = async (ctx) => {
      running += 1;
      most = Math.max(most, running);
      if (ctx.attempt === 1)
        await untilStopped(ctx).finally(() => {
          running -= 1;
        });
      else running -= 1;
    };
    const jobId = await submitted(queue);
    await expect.poll(() => stateOf(jobId), QUICK).toBe('completed');
    expect(await readJobStatus(jobId)).toMatchObject({ attempt: 2 });
    expect(most).toBe(1);
  });

  it('does not repeat a job that can never succeed', async () => {
    let runs = 0;
    behaviour = async () => {
      runs += 1;
      throw new AppError('provider_rejected');
    };
    const jobId = await submitted(queue);
    await expect.poll(() => stateOf(jobId), QUICK).toBe('failed');
    expect(await readJobStatus(jobId)).toMatchObject({
      attempt: 1,
      error: { code: 'provider_rejected', retryable: false },
    });
    expect(runs).toBe(1);
  });

  it('waits before it repeats a job that may succeed, and says when', async () => {
    behaviour = async ({ attempt }) => {
      if (attempt === 1) throw new AppError('provider_unavailable', { retryAt: new Date(Date.now() + 1_000) });
    };
    const jobId = await submitted(queue);
    await expect.poll(() => stateOf(jobId), QUICK).toBe('delayed');
    const waiting = await readJobStatus(jobId);
    expect(Date.parse(waiting?.run_at ?? '')).toBeGreaterThan(Date.now());
    expect(waiting).toMatchObject({ error: { code: 'provider_unavailable', retryable: true } });
    await expect.poll(() => stateOf(jobId), QUICK).toBe('completed');
    expect(await readJobStatus(jobId)).toMatchObject({ attempt: 2, error: null });
  });

  it('waits out a rate limit without using up an attempt', async () => {
    let limited = true;
    behaviour = async () => {
      if (!limited) return;
      limited = false;
      throw new AppError('provider_rate_limited', { retryAt: new Date(Date.now() + 500) });
    };
    const jobId = await submitted(queue);
    await expect.poll(() => stateOf(jobId), QUICK).toBe('completed');
    expect(await readJobStatus(jobId)).toMatchObject({ attempt: 1 });
  });

  it('stops a running job within two seconds of a cancel', async () => {
    behaviour = untilStopped;
    const jobId = await submitted(queue);
    await expect.poll(() => stateOf(jobId), QUICK).toBe('active');
    const askedAt = Date.now();
    expect(await cancelJob(jobId, { id: userId, isAdmin: false })).toMatchObject({ outcome: 'cancelling' });
    await expect.poll(() => stateOf(jobId), { ...QUICK, timeout: 2_000 }).toBe('cancelled');
    expect(Date.now() - askedAt).toBeLessThan(2_000);
  });

  it('takes a cancelled job out of the line before it ran', async () => {
    await pauseQueue(queue.name);
    const jobId = await submitted(queue);
    expect(await readJobStatus(jobId)).toMatchObject({ state: 'queued', position: 1 });
    expect(await cancelJob(jobId, { id: userId, isAdmin: false })).toMatchObject({ outcome: 'cancelled' });
    expect(await readJobStatus(jobId)).toMatchObject({ state: 'cancelled', position: null });
    expect(await producerQueue(queue.name).getJob(jobId)).toBeNull();
    await resumeQueue(queue.name);
  });

  it('does not let somebody else cancel or retry a job', async () => {
    const jobId = await submitted(queue);
    const stranger = { id: randomUUID(), isAdmin: false };
    expect(await cancelJob(jobId, stranger)).toMatchObject({ outcome: 'not_found', job: null });
    expect(await retryJob(jobId, stranger)).toMatchObject({ outcome: 'not_found' });
    await expect.poll(() => stateOf(jobId), QUICK).toBe('completed');
  });

  it('runs a failed job again under its own id', async () => {
    behaviour = async () => {
      throw new AppError('provider_rejected');
    };
    const jobId = await submitted(queue);
    await expect.poll(() => stateOf(jobId), QUICK).toBe('failed');
    behaviour = atOnce;
    expect(await retryJob(jobId, { id: userId, isAdmin: false })).toMatchObject({ outcome: 'queued' });
    await expect.poll(() => stateOf(jobId), QUICK).toBe('completed');
    expect(await readJobStatus(jobId)).toMatchObject({ attempt: 1, error: null });
  });
});

/** A well-behaved endless processor. */
async function untilStopped({ signal }: JobContext): Promise<void> {
  await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
