import { AppError } from '@/lib/errors';
import type { JobStatus } from '@/types/jobs';
import { startCancelWatch } from './attempt/cancel-watch';
import type { Verdict } from './attempt/end-attempt';
import type { QueueDefinition } from './define-queue';
import { executeJob } from './execute-job';
import { type LedgerJob, readJob } from './job-ledger';
import { statusFromLedger } from './status/job-status';
import { runnerOf } from './workers';

/** A request waits this long for another attempt; then it gives up, because nobody else would carry on. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Runs a recorded job in this process until it has ended: the synchronous mode (`USE_QUEUE_PROCESSING=false`). The same
 * pipeline, processor and ledger as in a worker; only the waiting between attempts is done here.
 * @returns the job's final status.
 */
export async function runInline(definition: QueueDefinition, job: LedgerJob): Promise<JobStatus> {
  const runner = runnerOf(definition.name);
  const stopWatch = startCancelWatch();
  try {
    let verdict: Verdict;
    do verdict = await executeJob(runner, job.id, { worker: `inline:${process.pid}`, longestDelayMs: LONGEST_WAIT_MS });
    while (await waited(verdict));
  } finally {
    stopWatch();
  }
  const ended = await readJob(job.id);
  if (!ended) throw new AppError('job_not_found');
  return statusFromLedger(ended);
}

async function waited(verdict: Verdict): Promise<boolean> {
  if (verdict.outcome !== 'retry') return false;
  await new Promise((resolve) => setTimeout(resolve, verdict.delayMs));
  return true;
}
