import { config } from '@/lib/config';
import { activeAttempts } from '../attempt/active-attempts';
import type { JobRunner } from '../define-queue';
import { closeQueues } from '../queue-manager';
import { emit } from '../telemetry';
import { currentJobId, flushJobLogs } from './job-log';
import { assertSafeRedis } from './redis-policy';
import { startWorker } from './start-worker';
import { startWatchdog } from './watchdog';
import { type StopOptions, stopWorkers, workerProcess } from './worker-process';

/** One Ctrl-C can reach a process twice: from the terminal, and from the process that started it. */
const SAME_SIGNAL_MS = 500;
/** A process in an unknown state should not run jobs for longer than needed to hand them back. */
const CRASH_LIMIT_MS = 5_000;
const FLUSH_LIMIT_MS = 500;

/**
 * Makes this process a worker for the given queues until it is told to stop: the first SIGTERM or SIGINT drains and
 * exits with 0, a second one exits at once with 1. It exits with 1, after handing back what it can, when an error
 * reaches no one or when it can take no jobs any more; somebody else starts it again.
 * @throws AppError `misconfigured` when Redis may throw jobs away.
 */
export async function serveQueues(runners: readonly JobRunner[]): Promise<void> {
  const end = endOnce();
  stopOnSignals(end);
  process.on('uncaughtException', (error) => void crash(error, end));
  process.on('unhandledRejection', (error) => void crash(error, end));
  const worker = workerProcess();
  await assertSafeRedis(worker.client);
  for (const runner of runners) startWorker(runner);
  const onStuck = () => void end(1, config().queue.shutdownTimeoutMs, { signal: 'stuck' });
  worker.stopServices.push(startWatchdog(worker, onStuck));
  emit({ name: 'worker.started', worker: worker.id, queues: runners.map(({ definition }) => definition.name) });
}

type End = (code: number, limitMs: number, options: StopOptions) => Promise<void>;

/** The first reason to end decides how. */
function endOnce(): End {
  let ending: Promise<void> | null = null;
  return (code, limitMs, options) => {
    ending ??= stopWorkers(limitMs, options)
      .then(() => closeQueues())
      .finally(() => process.exit(code));
    return ending;
  };
}

function stopOnSignals(end: End): void {
  let stoppingSince: number | null = null;
  const stop = (signal: NodeJS.Signals) => {
    if (stoppingSince === null) {
      stoppingSince = Date.now();
      void end(0, config().queue.shutdownTimeoutMs, { signal });
    } else if (Date.now() - stoppingSince > SAME_SIGNAL_MS) {
      process.exit(1);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/**
 * An error that nobody caught. The job whose code it came from, or every running one when that cannot be told, is not
 * handed back: it counts as having stopped its worker, so that it cannot do so for ever.
 */
async function crash(error: unknown, end: End): Promise<void> {
  const jobId = currentJobId();
  emit({ name: 'worker.crashed', worker: workerProcess().id, jobId, error });
  await Promise.race([flushJobLogs(), new Promise((resolve) => setTimeout(resolve, FLUSH_LIMIT_MS))]);
  const running = new Set(activeAttempts().keys());
  await end(1, CRASH_LIMIT_MS, { signal: 'crash', isCulprit: (id) => (jobId ? id === jobId : running.has(id)) });
}
