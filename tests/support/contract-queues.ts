import type { Redis } from 'ioredis';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import type { QueueDefinition } from '@/lib/queue/define-queue';
import type { JobContext } from '@/lib/queue/job-context';
import { startWorker } from '@/lib/queue/process/start-worker';
import { QUEUES } from '@/lib/queue/queues';
import { openRedis } from '@/lib/queue/redis-client';
import { redisKeys } from '@/lib/queue/redis-keys';
import { runnerFor } from '@/lib/queue/runner';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { type JobChange, parseJobChange } from '@/lib/queue/status/status-record';
import { type SubmitOptions, submitAndEnqueue } from '@/lib/queue/submit-job';
import { callRpc, unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { fifthQueue, fifthSample } from './fifth-queue';
import { type Sample, sampleOf } from './queue-samples';
import { createTestUser } from './users';

type Behaviour = (ctx: JobContext) => Promise<void>;
type Contract = { definition: QueueDefinition; sample: Sample<QueueDefinition> };

/** Every registered queue, and one that only the tests know: a further queue is held to the contract as it comes. */
export const CONTRACTS: Contract[] = [
  ...QUEUES.map((queue) => ({ definition: queue, sample: sampleOf(queue) })),
  { definition: fifthQueue, sample: fifthSample },
];

/** What payloads the processors were given, by job. */
export const received = new Map<string, unknown>();
const behaviours = new Map<string, Behaviour>();

export const atOnce: Behaviour = async () => undefined;

/** A well-behaved endless processor. */
export const untilStopped: Behaviour = async ({ signal }) => {
  await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
};

/** Starts a worker for every queue in this process; what its processor does can be changed while it runs. */
export function startAll(): void {
  for (const { definition, sample } of CONTRACTS) {
    const runner = runnerFor(definition, async (ctx, payload) => {
      received.set(ctx.jobId, payload);
      await (behaviours.get(definition.name) ?? atOnce)(ctx);
      const notification = { kind: 'test', title: 'Done', body: {}, dedupe_key: ctx.jobId };
      const effects = { ...sample.effects(ctx.reportId), notifications: [notification] };
      return { result: sample.result(ctx.reportId), effects };
    });
    startWorker(runner, 2);
  }
}

/** What a person does with a queue. `newUser` begins anew, as somebody else. */
export function personAt({ definition, sample }: Contract) {
  let userId = '';
  const behave = (behaviour: Behaviour) => void behaviours.set(definition.name, behaviour);
  const payloadFor = (companyId: string) => sample.payload({ companyId, companyName: 'Sample', userId });
  const submit = (companyId = 'DM000001', options: SubmitOptions = {}) =>
    submitAndEnqueue(definition, payloadFor(companyId), options);
  return {
    behave,
    payloadFor,
    submit,
    owner: () => ({ id: userId, isAdmin: false }),
    newUser: async () => {
      behave(atOnce);
      userId = (await createTestUser()).id;
    },
    submitted: async (): Promise<string> => {
      const { job } = await submit();
      if (!job) throw new Error('no job was recorded');
      return job.id;
    },
  };
}

/** `expect.poll` belongs to the one test that runs; here the queues are tested side by side. */
export const until = <T>(check: () => T | Promise<T>, timeout = 20_000) => vi.waitFor(check, { timeout, interval: 50 });

export const untilIt = (jobId: string, state: string, timeout?: number) =>
  until(async () => expect((await readJobStatus(jobId))?.state).toBe(state), timeout);

/** Opens an attempt as a worker would that is never heard of again. */
export function startElsewhere(jobId: string) {
  const args = { p_job_id: jobId, p_worker: 'lost' };
  return callRpc(serviceClient(), 'start_attempt', args, z.looseObject({ outcome: z.string(), attempt: z.int() }));
}

/** The events of a job, without its steps. */
export async function timelineOf(jobId: string): Promise<string[]> {
  const query = serviceClient().from('job_events').select('type').eq('job_id', jobId).neq('type', 'step').order('id');
  return unwrap(await query).map(({ type }) => type);
}

/** Hears every change of every job, one after the other. @returns the connection; disconnect it. */
export async function listenToChanges(hear: (change: JobChange) => Promise<void>): Promise<Redis> {
  const subscriber = openRedis('blocking', 'test:changes');
  let hearing = Promise.resolve();
  subscriber.on('message', (_channel, message) => {
    const change = parseJobChange(message);
    if (change) hearing = hearing.then(() => hear(change));
  });
  await subscriber.subscribe(redisKeys.changes());
  return subscriber;
}
