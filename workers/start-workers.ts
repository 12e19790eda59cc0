import { parseArgs } from 'node:util';
import { assertConfig, config } from '@/lib/config';
import { toAppError } from '@/lib/errors';
import { QUEUES } from '@/lib/queue/queues';
import { assertSafeRedis } from '@/lib/queue/redis-policy';
import { selectQueues } from '@/lib/queue/select-queues';
import { startWorker } from '@/lib/queue/start-worker';
import { emit } from '@/lib/queue/telemetry';
import { stopWorkers, workerProcess } from '@/lib/queue/worker-process';
import { runnerOf } from '@/lib/queue/workers';

const HELP = `Runs background jobs until it is stopped.

Usage: start-workers [--queues <names>]

  --queues   comma-separated, of: ${QUEUES.map(({ name }) => name).join(', ')}
             (also: ${QUEUES.flatMap(({ aliases }) => aliases).join(', ')}); every enabled queue without it
  --help     this text

SIGTERM or SIGINT: takes no more jobs, gives running ones SHUTDOWN_TIMEOUT_MS, hands the rest back. Again: ends at once.
Exit codes: 0 stopped, 1 failed, 3 misconfigured.
`;

/** One Ctrl-C can reach this process twice: from the terminal, and from the process that started it. */
const SAME_SIGNAL_MS = 500;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { queues: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  assertConfig(QUEUES);
  const queues = selectQueues(values.queues);
  stopOnSignals();
  const worker = workerProcess();
  await assertSafeRedis(worker.client);
  for (const { name } of queues) startWorker(runnerOf(name));
  emit({ name: 'worker.started', worker: worker.id, queues: queues.map(({ name }) => name) });
}

function stopOnSignals(): void {
  let stoppingSince: number | null = null;
  const stop = async (signal: NodeJS.Signals) => {
    if (stoppingSince !== null) {
      if (Date.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = Date.now();
    await stopWorkers(config().queue.shutdownTimeoutMs, signal);
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const { code, detail, cause } = toAppError(error);
  const isArgument = error instanceof TypeError && 'code' in error;
  const reason = isArgument ? `${error.message}\n\n${HELP}` : code === 'internal' ? String(cause) : detail;
  process.stderr.write(`The workers did not start: ${reason}\n`);
  process.exit(code === 'misconfigured' || isArgument ? 3 : 1);
});
