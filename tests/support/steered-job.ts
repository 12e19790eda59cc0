import type { Verdict } from '@/lib/queue/attempt/end-attempt';
import { executeJob } from '@/lib/queue/execute-job';
import type { JobContext } from '@/lib/queue/job-context';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { runnerFor } from '@/lib/queue/runner';
import { muteQueueLog } from '@/lib/queue/telemetry';
import { callApi } from './api-client';

export type SteeredJob = {
  /** Reports progress, and returns once it is recorded. */
  step(name: string, progress: number): Promise<void>;
  finish(): Promise<Verdict>;
  fail(error: Error): Promise<Verdict>;
};

/** Submits a scoring job over HTTP; with the queue paused no worker takes it. */
export async function submitScoring(token: string, companyId = 'DM000001'): Promise<string> {
  const answer = await callApi('POST', `/api/scoring/${companyId}`, { token });
  if (answer.status !== 202) throw new Error(`submitting answered ${answer.status}`);
  return String(answer.body.job_id);
}

/** Runs a recorded scoring job in this process, step by step as the test says, through the real ledger and Redis. */
export async function steerJob(jobId: string): Promise<SteeredJob> {
  muteQueueLog();
  let context: (ctx: JobContext) => void = () => undefined;
  const begun = new Promise<JobContext>((resolve) => {
    context = resolve;
  });
  let end: (error: Error | null) => void = () => undefined;
  const ended = new Promise<Error | null>((resolve) => {
    end = resolve;
  });
  const runner = runnerFor(scoringQueue, async (ctx) => {
    context(ctx);
    const error = await ended;
    if (error) throw error;
    return { result: { overall: 50, coverage: 1, components: [], verdict: 'Steered.' }, effects: {} };
  });
  const verdict = executeJob(runner, jobId, { worker: 'inline:test' });
  const ctx = await Promise.race([begun, verdict.then(({ outcome }) => Promise.reject(new Error(outcome)))]);
  let index = 0;
  return {
    async step(name, progress) {
      index += 1;
      await ctx.progress({ step: { name, label: `Doing ${name}`, index, total: 8 }, progress });
    },
    finish() {
      end(null);
      return verdict;
    },
    fail(error) {
      end(error);
      return verdict;
    },
  };
}
