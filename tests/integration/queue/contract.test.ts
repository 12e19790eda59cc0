import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { cancelJob } from '@/lib/queue/cancel-job';
import { readJob } from '@/lib/queue/job-ledger';
import { stopWorkers } from '@/lib/queue/process/worker-process';
import { closeQueues, pauseQueue, producerQueue, resumeQueue } from '@/lib/queue/queue-manager';
import { producerRedis } from '@/lib/queue/redis-client';
import { retryJob } from '@/lib/queue/retry-job';
import { readJobStatus, statusTag } from '@/lib/queue/status/job-status';
import { closeJobStream } from '@/lib/queue/status/job-stream';
import type { JobChange } from '@/lib/queue/status/status-record';
import { parsePayload, submitAndEnqueue } from '@/lib/queue/submit-job';
import { onQueueEvent } from '@/lib/queue/telemetry';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { jobStatusSchema } from '@/types/jobs';
import {
  atOnce,
  CONTRACTS,
  listenToChanges,
  personAt,
  received,
  startAll,
  startElsewhere,
  timelineOf,
  until,
  untilIt,
  untilStopped,
} from '../../support/contract-queues';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';

const TIMEOUT_MS = 800;

let stack: QueueStack;

beforeAll(async () => {
  const limits = CONTRACTS.map(({ definition }) => [`${definition.envName}_WORKER_TIMEOUT_MS`, String(TIMEOUT_MS)]);
  stack = await startQueueStack(Object.fromEntries(limits));
  startAll();
});
afterAll(async () => {
  await stopWorkers(5_000);
  await Promise.all([closeQueues(), closeJobStream()]);
  await stack.stop();
});

describe.concurrent.each(CONTRACTS)('the $definition.name queue', (contract) => {
  const { definition } = contract;
  const { name } = definition;
  const person = personAt(contract);

  describe.sequential('keeps the contract:', () => {
    beforeEach(() => person.newUser());

    it('gives the processor the payload as its schema reads it', async () => {
      const jobId = await person.submitted();
      await untilIt(jobId, 'completed');
      const parsed = parsePayload(definition, person.payloadFor('DM000001'));
      expect(received.get(jobId)).toEqual(parsed);
      expect((await readJob(jobId))?.payload).toEqual(parsed);
    });

    it('refuses a malformed payload before anything is recorded', async () => {
      const malformed = { ...Object(person.payloadFor('DM000001')) };
      for (const field of Object.keys(malformed)) malformed[field] = { not: 'this' };
      const refused = { code: 'invalid_request', extras: { errors: expect.arrayContaining([expect.anything()]) } };
      await expect(submitAndEnqueue(definition, malformed)).rejects.toMatchObject(refused);
      await expect(submitAndEnqueue(definition, {})).rejects.toMatchObject({ code: 'invalid_request' });
      const { count } = await serviceClient()
        .from('jobs')
        .select('id', { count: 'exact', head: true })
        .eq('user_id', String(person.owner().id));
      expect(count).toBe(0);
    });

    it('refuses a company it does not know', async () => {
      await expect(person.submit('ZZ999999')).rejects.toMatchObject({ code: 'company_not_found' });
    });

    it('sets a job aside whose recorded payload does not fit any more', async () => {
      await pauseQueue(name);
      const jobId = await person.submitted();
      await serviceClient()
        .from('jobs')
        .update({ payload: { of: 'another version' } })
        .eq('id', jobId);
      await resumeQueue(name);
      await untilIt(jobId, 'failed');
      expect(await readJob(jobId)).toMatchObject({ attempt: 1, error: { code: 'invalid_payload', retryable: false } });
    });

    it('runs a job once and keeps what it came to, with its effects', async () => {
      const jobId = await person.submitted();
      await untilIt(jobId, 'completed');
      const status = jobStatusSchema.parse(await readJobStatus(jobId));
      const done = { id: jobId, queue: name, owner: person.owner().id, progress: 100, attempt: 1, error: null };
      expect(status).toMatchObject({ ...done, started_at: expect.any(String), finished_at: expect.any(String) });
      expect(definition.resultSchema.safeParse(status.result).success).toBe(true);
      expect(await readJob(jobId)).toMatchObject({ state: 'completed', result: status.result });
      const query = serviceClient().from('notifications').select('dedupe_key').eq('user_id', String(person.owner().id));
      expect(unwrap(await query)).toEqual([{ dedupe_key: jobId }]);
      const entry = () => producerQueue(name).getJob(jobId);
      await until(async () => expect(await (await entry())?.getState()).toBe('completed'));
      expect((await entry())?.progress()).toBe(100);
    });

    it('gives Redis nothing but the payload, and no secret with it', async () => {
      await pauseQueue(name);
      const jobId = await person.submitted();
      const kept = JSON.stringify(await producerRedis().hgetall(producerQueue(name).toKey(jobId)));
      const data: unknown = (await producerQueue(name).getJob(jobId))?.data;
      const parsed = Object(parsePayload(definition, person.payloadFor('DM000001')));
      expect(data).toEqual({ ...parsed, company_name: expect.any(String), run_id: 1 });
      for (const variable of ['SUPABASE_SECRET_KEY', 'SUPABASE_JWT_SECRET', 'REDIS_URL']) {
        expect(kept).not.toContain(stack.environment[variable]);
      }
      await resumeQueue(name);
      await untilIt(jobId, 'completed');
    });

    it('tells the life of a job in events with fixed names', async () => {
      const told: string[] = [];
      const stop = onQueueEvent(
        (event) => void ('attempt' in event || 'enqueued' in event ? event.queue === name && told.push(event.name) : 0),
      );
      await person.submitted();
      await until(() => expect(told).toContain('job.succeeded'));
      stop();
      expect(told.sort()).toEqual(['job.enqueued', 'job.started', 'job.succeeded']);
    });

    it('tells every change once, under growing versions, and progress never goes back', async () => {
      person.behave(async (ctx) => {
        for (const progress of [30, 20, 60]) {
          await ctx.progress({ step: { name: `at ${progress}`, label: 'Working', index: 1, total: 1 }, progress });
        }
      });
      const changes: (JobChange & { tag: string })[] = [];
      const listener = await listenToChanges(async (change) => {
        const status = await readJobStatus(change.id);
        if (status) changes.push({ ...change, tag: statusTag(status) });
      });
      const jobId = await person.submitted();
      const own = () => changes.filter(({ id }) => id === jobId);
      await until(() => expect(own().at(-1)?.state).toBe('completed'));
      listener.disconnect();
      const versions = own().map(({ version }) => version);
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
      const progress = own().map((change) => change.progress ?? 0);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
      expect(own().map(({ state }) => state)).toEqual(expect.arrayContaining(['queued', 'active', 'completed']));
      expect(own().at(-1)?.tag).toBe(String(versions.at(-1)));
    });

    it('answers a second request for the same company with the job in flight', async () => {
      person.behave(untilStopped);
      const first = await person.submitted();
      expect(await person.submit()).toMatchObject({ outcome: 'deduplicated', job: { id: first } });
      await cancelJob(first, person.owner());
      await untilIt(first, 'cancelled');
    });

    it('answers the same idempotency key with the same job, also after its end, and refuses it for others', async () => {
      const key = { idempotencyKey: randomUUID() };
      const answers = await Promise.all([1, 2, 3].map(() => person.submit('DM000001', key)));
      const [jobId, ...others] = new Set(answers.map(({ job }) => job?.id ?? ''));
      expect(others).toEqual([]);
      await untilIt(String(jobId), 'completed');
      expect(await person.submit('DM000001', key)).toMatchObject({ outcome: 'replayed', job: { id: jobId } });
      await expect(person.submit('DM000002', key)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
      expect((await timelineOf(String(jobId))).filter((type) => type === 'started')).toHaveLength(1);
    });

    it('stops at its time limit and never runs twice at once', async () => {
      let running = 0;
      let most = 0;
      person.behave(async (ctx) => {
        running += 1;
        most = Math.max(most, running);
        await (ctx.attempt === 1 ? untilStopped(ctx) : atOnce(ctx)).finally(() => {
          running -= 1;
        });
      });
      const jobId = await person.submitted();
      await untilIt(jobId, 'completed');
      expect(await readJobStatus(jobId)).toMatchObject({ attempt: 2 });
      expect(most).toBe(1);
    });

    it('repeats a job that may succeed, and says when', async () => {
      person.behave(async ({ attempt }) => {
        if (attempt > 1) return;
        // Paused, so that the repetition cannot be over before it has been seen to be planned.
        await pauseQueue(name);
        throw new AppError('provider_unavailable');
      });
      const jobId = await person.submitted();
      await untilIt(jobId, 'delayed');
      expect(await readJobStatus(jobId)).toMatchObject({ attempt: 1, run_at: expect.any(String) });
      await resumeQueue(name);
      await untilIt(jobId, 'completed');
      expect(await readJobStatus(jobId)).toMatchObject({ attempt: 2, error: null, run_at: null });
      expect(await timelineOf(jobId)).toEqual(['submitted', 'started', 'retrying', 'started', 'completed']);
    });

    it('does not repeat a job that can never succeed, and says why', async () => {
      let runs = 0;
      person.behave(async () => {
        runs += 1;
        throw new AppError('provider_rejected');
      });
      const jobId = await person.submitted();
      await untilIt(jobId, 'failed');
      const error = {
        code: 'provider_rejected',
        retryable: false,
        message: expect.stringMatching(/^A source refused/),
      };
      expect(await readJobStatus(jobId)).toMatchObject({ attempt: 1, error });
      expect(runs).toBe(1);
    });

    it('waits out a rate limit without using up an attempt', async () => {
      let limited = true;
      person.behave(async () => {
        if (!limited) return;
        limited = false;
        throw new AppError('provider_rate_limited', { retryAt: new Date(Date.now() + 500) });
      });
      const jobId = await person.submitted();
      await untilIt(jobId, 'completed');
      expect(await readJobStatus(jobId)).toMatchObject({ attempt: 1 });
    });

    it('carries on after a crash, under the same attempt', async () => {
      await pauseQueue(name);
      const jobId = await person.submitted();
      expect(await startElsewhere(jobId)).toMatchObject({ outcome: 'started', attempt: 1 });
      await resumeQueue(name);
      await untilIt(jobId, 'completed');
      expect(await readJob(jobId)).toMatchObject({ attempt: 1 });
      expect(await timelineOf(jobId)).toEqual(['submitted', 'started', 'recovered', 'started', 'completed']);
    });

    it('sets a job aside that stops its worker three times', async () => {
      await pauseQueue(name);
      const jobId = await person.submitted();
      for (const _ of ['once', 'twice', 'three times']) await startElsewhere(jobId);
      await resumeQueue(name);
      await untilIt(jobId, 'failed');
      expect(await readJob(jobId)).toMatchObject({ attempt: 1, error: { code: 'worker_crashed', retryable: false } });
      expect(received.has(jobId)).toBe(false);
    });

    it('stops a running job within two seconds of a cancel', async () => {
      person.behave(untilStopped);
      const jobId = await person.submitted();
      await untilIt(jobId, 'active');
      expect(await cancelJob(jobId, person.owner())).toMatchObject({ outcome: 'cancelling' });
      await untilIt(jobId, 'cancelled', 2_000);
      expect(await cancelJob(jobId, person.owner())).toMatchObject({ outcome: 'terminal' });
    });

    it('takes a cancelled job out of the line before it ran', async () => {
      await pauseQueue(name);
      const jobId = await person.submitted();
      expect(await readJobStatus(jobId)).toMatchObject({ state: 'queued', position: 1 });
      expect(await cancelJob(jobId, person.owner())).toMatchObject({ outcome: 'cancelled' });
      expect(await readJobStatus(jobId)).toMatchObject({ state: 'cancelled', position: null });
      expect(await producerQueue(name).getJob(jobId)).toBeNull();
      await resumeQueue(name);
    });

    it('does not let somebody else cancel or retry a job', async () => {
      const jobId = await person.submitted();
      const stranger = { id: randomUUID(), isAdmin: false };
      expect(await cancelJob(jobId, stranger)).toMatchObject({ outcome: 'not_found', job: null });
      expect(await retryJob(jobId, stranger)).toMatchObject({ outcome: 'not_found' });
      await untilIt(jobId, 'completed');
    });

    it('runs a failed job again under its own id', async () => {
      person.behave(async () => {
        throw new AppError('provider_rejected');
      });
      const jobId = await person.submitted();
      await untilIt(jobId, 'failed');
      person.behave(atOnce);
      expect(await retryJob(jobId, person.owner())).toMatchObject({ outcome: 'queued' });
      await untilIt(jobId, 'completed');
      expect(await readJobStatus(jobId)).toMatchObject({ attempt: 1, error: null });
    });
  });
});
