import type { Job } from 'bull';
import { queueConfig } from '@/lib/config';
import { toAppError } from '@/lib/errors';
import type { Verdict } from '../attempt/end-attempt';
import { mayRunAhead, runAhead } from '../attempt/uncommitted-ends';
import { BullVerdict } from '../bull-options';
import type { JobRunner } from '../define-queue';
import { executeJob } from '../execute-job';
import { clockLag } from '../shared-clock';
import { emit } from '../telemetry';
import { withJobLog } from './job-log';
import { createSlots, type Slots } from './slots';
import { passSlotOn, takeWithin } from './take-jobs';
import { openWorkerQueue, type WorkerProcess, workerProcess } from './worker-process';

/** While the ledger cannot be reached nothing can be decided about a job: Bull keeps it for so long. */
const NO_LEDGER_DELAY_MS = 2_000;
const ALREADY_HERE_DELAY_MS = 1_000;

/**
 * Starts taking jobs of one queue in this process. `stopWorkers` ends all of them.
 * @param concurrency jobs at a time; by default as configured.
 */
export function startWorker(runner: JobRunner, concurrency = queueConfig(runner.definition).concurrency): void {
  const worker = workerProcess();
  const { name } = runner.definition;
  const queue = openWorkerQueue(worker, name, concurrency);
  const slots = createSlots(concurrency);
  takeWithin(queue, slots);
  worker.stopTaking.push(slots.open);
  queue
    .process(slots.most, (job: Job) => runBullJob(worker, slots, runner, job))
    .catch((error: unknown) => emit({ name: 'queue.error', queue: name, error }));
}

/**
 * Runs a job that Bull has handed out. A completed one gives its slot free before its commit, so that a slot is not idle
 * while the ledger writes: until the commit this process holds the job's lease, and when it dies the ledger still says
 * that the job runs, so the dispatcher hands it out again.
 */
function runBullJob(worker: WorkerProcess, slots: Slots, runner: JobRunner, job: Job): Promise<unknown> {
  const jobId = String(job.id);
  passSlotOn(job, slots, () => worker.stopping);
  return new Promise((resolve, reject) => {
    // A process that stood still for longer than its lease finds the job that it still runs waiting in the queue.
    if (worker.held.has(jobId)) throw new BullVerdict('This process runs it already', ALREADY_HERE_DELAY_MS);
    worker.held.set(jobId, {
      jobId,
      lockKey: job.lockKey(),
      stalledKey: job.queue.toKey('stalled'),
      lockToken: lockTokenOf(job),
    });
    const onCompleted = (result: unknown) => {
      // An entry that Bull keeps shows it as done; one that it drops now has no readers.
      if (job.opts.removeOnComplete !== true) job.progress(100).catch(() => undefined);
      if (worker.stopping || !mayRunAhead()) return;
      runAhead(ended);
      resolve(result);
    };
    const ended = runHeldJob(worker, slots, runner, job, onCompleted);
    ended.then(resolve, reject);
  });
}

async function runHeldJob(
  worker: WorkerProcess,
  slots: Slots,
  runner: JobRunner,
  job: Job,
  onCompleted: (result: unknown) => void,
): Promise<unknown> {
  const jobId = String(job.id);
  const onProgress = (progress: number) => void job.progress(progress).catch(() => undefined);
  try {
    const mayWaitForDatabase = () => !worker.stopping;
    const { occupy } = slots;
    const options = { worker: worker.id, occupy, onProgress, onCompleted, mayWaitForDatabase };
    const verdict = await withJobLog(jobId, () => executeJob(runner, jobId, options));
    return obey(verdict);
  } catch (error) {
    if (error instanceof BullVerdict) throw error;
    emit({ name: 'job.uncommitted', queue: runner.definition.name, jobId, error });
    throw toBull(toAppError(error), NO_LEDGER_DELAY_MS * (1 + Math.random()));
  } finally {
    worker.held.delete(jobId);
  }
}

/** Translates the ledger's decision for Bull: a return value completes, a `BullVerdict` fails or delays. */
function obey(verdict: Verdict): unknown {
  switch (verdict.outcome) {
    case 'completed':
      return verdict.result;
    case 'failed':
    case 'cancelled':
      throw toBull(verdict.error, null);
    case 'retry':
      // Bull adds it to this process' own clock.
      throw toBull(verdict.error, Math.max(1, verdict.delayMs + clockLag()));
    case 'released':
      throw toBull(verdict.error, 0);
    case 'skipped':
    case 'lease_lost':
      return settle(verdict);
  }
}

/** Nothing ran or nothing was written here: Bull's entry follows what the ledger says of the job. */
function settle({ state }: { state: string | null }): null {
  if (state === 'completed') return null;
  if (state === 'failed' || state === 'cancelled') throw new BullVerdict(`The ledger says: ${state}`, null);
  if (state === null) throw new BullVerdict('The ledger does not know this job', null);
  throw new BullVerdict('Another attempt carries on', 1_000);
}

function toBull(error: Error, delayMs: number | null): BullVerdict {
  const verdict = new BullVerdict(error.message, delayMs, { cause: error });
  // What Bull keeps and its dashboard shows: where it failed, not where it was translated, and not what it said, because
  // texts of others hold addresses and keys.
  const origin = error.cause instanceof Error ? error.cause : error;
  const frames = (origin.stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
  verdict.stack = [origin.name, ...frames].join('\n');
  return verdict;
}

/** The token with which this queue object locks its jobs: `queue.token` of bull 4.16.5, missing from its types. */
function lockTokenOf(job: Job): string {
  const { token } = job.queue as typeof job.queue & { token: string };
  return token;
}
