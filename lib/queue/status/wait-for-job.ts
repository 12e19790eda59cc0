import { isTerminal, type JobStatus } from '@/types/jobs';
import { readJobStatus } from './job-status';
import { subscribeJob } from './job-stream';

/** A change that is announced while Redis is away is seen at the next look. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Waits until a job has ended.
 * @param limitMs the longest wait.
 * @returns the last status read, ended or not; null when there is no such job.
 */
export async function waitForJob(jobId: string, limitMs: number): Promise<JobStatus | null> {
  const deadline = Date.now() + limitMs;
  let wake: () => void = () => undefined;
  const unsubscribe = await subscribeJob(jobId, () => wake());
  try {
    let status = await readJobStatus(jobId);
    while (status && !isTerminal(status.state) && Date.now() < deadline) {
      await Promise.race([
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
        pause(Math.min(LOOK_AGAIN_MS, deadline - Date.now())),
      ]);
      status = await readJobStatus(jobId);
    }
    return status;
  } finally {
    unsubscribe();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
