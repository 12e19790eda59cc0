import { SingleBar } from 'cli-progress';
import { z } from 'zod';
import type { Api } from './api-client';
import { CommandError, EXIT } from './command-error';

const startedSchema = z.union([
  z.object({ cached: z.literal(true), report_id: z.string() }),
  z.looseObject({
    job_id: z.string(),
    report_id: z.string().nullish(),
    quota: z.looseObject({ researches_remaining: z.number() }).optional(),
  }),
  // Without queue processing the request itself does the work.
  z.looseObject({ job: z.looseObject({ id: z.string() }), report_id: z.string().nullish() }),
]);
const statusSchema = z.looseObject({
  job: z.looseObject({ status: z.enum(['queued', 'delayed', 'active', 'completed', 'failed', 'cancelled']) }),
  progress: z.number(),
  step: z.looseObject({ label: z.string() }).nullish(),
  report_id: z.string().nullish(),
  position: z.number().nullish(),
  reason: z.string().optional(),
  poll_interval_ms: z.number().optional(),
  error: z.looseObject({ message: z.string() }).nullish(),
});
type Status = z.infer<typeof statusSchema>;

export type Followed = { reportId: string; cached: boolean };

/**
 * Starts research on a company and follows it to its end, with a progress bar on the error stream.
 * @param stop when aborted, the job is cancelled before this throws.
 * @throws CommandError when the job fails, or was cancelled (exit 130).
 */
export async function followResearch(
  api: Api,
  companyId: string,
  force: boolean,
  stop: AbortSignal,
): Promise<Followed> {
  const path = `/api/research/${companyId}${force ? '?force_refresh=true' : ''}`;
  const started = await api.request('POST', path, startedSchema);
  if (started === null) throw new CommandError('The company is not in the workspace.', EXIT.unclear);
  if ('cached' in started) return { reportId: String(started.report_id), cached: true };
  const jobId = z.string().parse('job_id' in started ? started.job_id : started.job.id);
  const show = progressDisplay();
  try {
    return { reportId: await untilDone(api, jobId, show.update, stop), cached: false };
  } finally {
    show.end();
  }
}

async function untilDone(api: Api, jobId: string, show: (status: Status) => void, stop: AbortSignal): Promise<string> {
  let cancelling = false;
  for (;;) {
    if (stop.aborted && !cancelling) {
      cancelling = true;
      await api.request('DELETE', `/api/jobs/${jobId}`, z.unknown());
    }
    const status = await api.request('GET', `/api/jobs/${jobId}`, statusSchema);
    if (status === null)
      throw new CommandError('The job is gone: it belongs to somebody else, or its stack was reset.');
    show(status);
    if (status.job.status === 'completed' && status.report_id) return status.report_id;
    if (status.job.status === 'failed') throw new CommandError(status.error?.message ?? 'The research failed.');
    if (status.job.status === 'cancelled')
      throw new CommandError('Cancelled. What was finished stays readable in oppSpot.', EXIT.stopped);
    await pause(Math.min(status.poll_interval_ms ?? 1_000, 1_000), cancelling ? undefined : stop);
  }
}

/** A bar where there is a terminal, a line per step where there is none. */
function progressDisplay(): { update(status: Status): void; end(): void } {
  let last = '';
  if (!process.stderr.isTTY) {
    const update = (status: Status) => {
      const line = `${status.progress}% ${waitText(status)}`;
      if (line !== last) console.error(line);
      last = line;
    };
    return { update, end: () => undefined };
  }
  const bar = new SingleBar({
    stream: process.stderr,
    format: '[{bar}] {percentage}%  {step}',
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(100, 0, { step: 'Starting' });
  return { update: (status) => bar.update(status.progress, { step: waitText(status) }), end: () => bar.stop() };
}

function waitText({ job, step, position, reason }: Status): string {
  if (job.status === 'queued') return position ? `Waiting, number ${position} in line` : 'Waiting for a worker';
  if (job.status === 'delayed') return reason ?? 'Waiting for the next attempt';
  return step?.label ?? 'Working';
}

/** Waits, or ends at once when the person asks to stop. */
function pause(ms: number, stop: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stop?.addEventListener('abort', end, { once: true });
  });
}
