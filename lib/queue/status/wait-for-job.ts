import { isTerminal, type JobStatus } from '@/types/jobs';
import { readJobStatus } from './job-status';
import { watchJob } from './job-stream';

/**
 * Waits until a job has ended.
 * @param limitMs the longest wait.
 * @param stop ends the wait early.
 * @returns the last status, ended or not; null when there is no such job.
 */
export async function waitForJob(jobId: string, limitMs: number, stop?: AbortSignal): Promise<JobStatus | null> {
  let unwatch: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<JobStatus | null | undefined>((resolve) => {
    const giveUp = () => resolve(undefined);
    timer = setTimeout(giveUp, limitMs);
    if (stop?.aborted) giveUp();
    stop?.addEventListener('abort', giveUp, { once: true });
    const watcher = (status: JobStatus | null) => {
      if (status === null || isTerminal(status.state)) resolve(status);
    };
    watchJob(jobId, watcher).then((end) => {
      unwatch = end;
    }, giveUp);
  });
  const status = await ended;
  clearTimeout(timer);
  unwatch();
  return status === undefined ? readJobStatus(jobId) : status;
}
