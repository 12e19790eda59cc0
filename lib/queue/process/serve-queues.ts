import { config } from '@/lib/config';
import type { JobRunner } from '../define-queue';
import { emit } from '../telemetry';
import { assertSafeRedis } from './redis-policy';
import { startWorker } from './start-worker';
import { stopWorkers, workerProcess } from './worker-process';

/** One Ctrl-C can reach a process twice: from the terminal, and from the process that started it. */
const SAME_SIGNAL_MS = 500;

/**
 * Makes this process a worker for the given queues until it is told to stop: the first SIGTERM or SIGINT drains and
 * exits with 0, a second one exits at once with 1.
 * @throws AppError `misconfigured` when Redis may throw jobs away.
 */
export async function serveQueues(runners: readonly JobRunner[]): Promise<void> {
  stopOnSignals();
  const worker = workerProcess();
  await assertSafeRedis(worker.client);
  for (const runner of runners) startWorker(runner);
  emit({ name: 'worker.started', worker: worker.id, queues: runners.map(({ definition }) => definition.name) });
}

function stopOnSignals(): void {
  let stoppingSince: number | null = null;
  const stop = async (signal: NodeJS.Signals) => {
    if (stoppingSince === null) {
      stoppingSince = Date.now();
      await stopWorkers(config().queue.shutdownTimeoutMs, signal);
      process.exit(0);
    }
    if (Date.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
