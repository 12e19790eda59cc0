import { resolve } from 'node:path';
import { z } from 'zod';
import { faultsSchema } from './faults';
import { startSandbox } from './start-sandbox';

/**
 * Starts the sandbox from the environment: PORT (a free one by default), SANDBOX_RECORDINGS (folders separated by `:`),
 * SANDBOX_FAULTS (JSON), SANDBOX_RATE_LIMIT, SANDBOX_RATE_WINDOW_SECONDS, SANDBOX_LOG_LIMIT. Prints one JSON line when it is ready.
 */
const environment = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    SANDBOX_RECORDINGS: z.string().default(''),
    SANDBOX_FAULTS: z.string().default('[]'),
    SANDBOX_RATE_LIMIT: z.coerce.number().int().min(1).optional(),
    SANDBOX_RATE_WINDOW_SECONDS: z.coerce.number().min(0.1).optional(),
    SANDBOX_LOG_LIMIT: z.coerce.number().int().min(0).max(1_000_000).optional(),
  })
  .parse(Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')));

const sandbox = await startSandbox({
  port: environment.PORT,
  recordings: environment.SANDBOX_RECORDINGS.split(':')
    .filter(Boolean)
    .map((folder) => resolve(folder)),
  faults: faultsSchema.parse(JSON.parse(environment.SANDBOX_FAULTS)),
  rateLimit: environment.SANDBOX_RATE_LIMIT,
  rateWindowSeconds: environment.SANDBOX_RATE_WINDOW_SECONDS,
  logLimit: environment.SANDBOX_LOG_LIMIT,
  // Nobody has to wait for a demonstration: the pause that GDELT asks for is kept in the tests.
  rates: { gdelt: { limit: 1_000, windowSeconds: 1 } },
});
process.stdout.write(`${JSON.stringify({ ready: true, url: sandbox.url, port: sandbox.port, pid: process.pid })}\n`);

let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  void sandbox.close().then(() => process.exit(0));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
