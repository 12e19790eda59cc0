import type { Queue } from 'bull';
import { z } from 'zod';
import { jobOptions } from './bull-options';
import type { LedgerJob } from './job-ledger';
import { producerQueue } from './queue-manager';
import { producerRedis, withRedis } from './redis-client';

/** `known`: Redis already has this run; `busy`: the previous run is just ending, so try again in a moment. */
export type EnqueueOutcome = 'added' | 'known' | 'busy';

/** Scanning the line for lost entries is allowed up to this length; a longer line is trusted until it is shorter. */
const SCAN_LIMIT = 5_000;

/**
 * Gives a recorded job to Bull under its ledger id. Adding twice is harmless; an ended run of the same id, which would
 * make Bull drop the new one silently, is removed first.
 * @throws AppError `redis_unavailable`
 */
export async function enqueue(job: LedgerJob): Promise<EnqueueOutcome> {
  const queue = producerQueue(job.queue);
  return withRedis(async () => {
    const { waiting, entry } = await lookUp(queue, job.id);
    if (entry) {
      const outcome = await makeWay(queue, job, entry, waiting);
      if (outcome) return outcome;
    }
    const { data, opts } = toBullJob(job, waiting);
    await queue.add(data, opts);
    return 'added';
  }, 1_500);
}

/** @param waiting how many jobs wait in its queue. */
export function toBullJob(job: LedgerJob, waiting: number) {
  const delayMs = job.state === 'delayed' && job.run_at ? Math.max(0, Date.parse(job.run_at) - Date.now()) : 0;
  return {
    // The name is for people who look at the queue; workers read the ledger's payload.
    data: { ...toObject(job.payload), company_name: job.company_name, run_id: job.run_id },
    opts: jobOptions(job.id, { delayMs, waiting, priority: job.priority, batch: job.batch_id !== null }),
  };
}

type BullEntry = { runId: number; locked: boolean; ended: boolean; delayed: boolean };

async function lookUp(queue: Queue, jobId: string): Promise<{ waiting: number; entry: BullEntry | null }> {
  const [waiting, exists, data, locked, completed, failed, delayed] = await pipelined([
    ['llen', queue.toKey('wait')],
    ['exists', queue.toKey(jobId)],
    ['hget', queue.toKey(jobId), 'data'],
    ['exists', `${queue.toKey(jobId)}:lock`],
    ['zscore', queue.toKey('completed'), jobId],
    ['zscore', queue.toKey('failed'), jobId],
    ['zscore', queue.toKey('delayed'), jobId],
  ]);
  // A lock without an entry: Redis was wiped while a worker runs the job.
  if (exists !== 1 && locked !== 1) return { waiting: Number(waiting), entry: null };
  return {
    waiting: Number(waiting),
    entry: {
      runId: runIdOf(data),
      locked: locked === 1,
      ended: (completed ?? failed) !== null,
      delayed: delayed !== null,
    },
  };
}

/** @returns null when the way is free now. */
async function makeWay(
  queue: Queue,
  job: LedgerJob,
  entry: BullEntry,
  waiting: number,
): Promise<EnqueueOutcome | null> {
  if (entry.locked) return 'busy';
  const current = !entry.ended && entry.runId === job.run_id;
  if (current && (entry.delayed || waiting > SCAN_LIMIT || (await isInLine(queue, job.id)))) return 'known';
  await (await queue.getJob(job.id))?.remove();
  return null;
}

/** An emptied queue can leave a job's data behind without its place in the line: such a job would never run. */
async function isInLine(queue: Queue, jobId: string): Promise<boolean> {
  const places = await pipelined(['wait', 'paused', 'active'].map((list) => ['lpos', queue.toKey(list), jobId]));
  return places.some((place) => place !== null);
}

async function pipelined(commands: string[][]): Promise<unknown[]> {
  const replies = (await producerRedis().pipeline(commands).exec()) ?? [];
  return replies.map(([error, value]) => {
    if (error) throw error;
    return value;
  });
}

const runSchema = z.object({ run_id: z.number() });

/** 0 for data that is not ours or lost. */
function runIdOf(data: unknown): number {
  return typeof data === 'string' ? (runSchema.safeParse(JSON.parse(data)).data?.run_id ?? 0) : 0;
}

function toObject(payload: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).safeParse(payload).data ?? {};
}
