import { parseArgs } from 'node:util';
import { assertConfig } from '@/lib/config';
import { toAppError } from '@/lib/errors';
import { selectQueues } from '@/lib/queue/process/select-queues';
import { serveQueues } from '@/lib/queue/process/serve-queues';
import { QUEUES } from '@/lib/queue/queues';
import { runnerOf } from '@/lib/queue/workers';

const HELP = `Runs background jobs until it is stopped.

Usage: start-workers [--queues <names>]

  --queues   comma-separated, of: ${QUEUES.map(({ name }) => name).join(', ')}
             (also: ${QUEUES.flatMap(({ aliases }) => aliases).join(', ')}); every enabled queue without it
  --help     this text

SIGTERM or SIGINT: takes no more jobs, gives running ones SHUTDOWN_TIMEOUT_MS, hands the rest back. Again: ends at once.
Exit codes: 0 stopped, 1 failed, 3 misconfigured.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { queues: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  assertConfig(QUEUES);
  await serveQueues(selectQueues(values.queues).map(({ name }) => runnerOf(name)));
}

main().catch((error: unknown) => {
  const { code, detail, cause } = toAppError(error);
  const isArgument = error instanceof TypeError && 'code' in error;
  const reason = isArgument ? `${error.message}\n\n${HELP}` : code === 'internal' ? String(cause) : detail;
  process.stderr.write(`The workers did not start: ${reason}\n`);
  process.exit(code === 'misconfigured' || isArgument ? 3 : 1);
});
