import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildWhenNeeded } from './build.mjs';
import { lockDataFolder } from './data-lock.mjs';
import { loadEnvFile } from './env-file.mjs';
import { installPackages } from './install-packages.mjs';
import { installRedis } from './install-redis.mjs';
import { enableTypeScript } from './load-typescript.mjs';
import { createProgress } from './progress.mjs';
import { dataFolder, projectRoot } from './project.mjs';
import { resetDataFolder } from './reset.mjs';
import { onStopRequest } from './stop-request.mjs';
import { UserError } from './user-error.mjs';

const USAGE = `Usage: npm start [-- options]

Starts oppSpot: the web application, the worker, and an embedded stand-in for everything that is not configured
(Redis, Supabase, data providers). Ctrl-C stops everything.

Options
  --reset         remove the data folder first, after asking on a terminal
  --yes           do not ask
  --workers <n>   worker processes (default 1; 0: none, they run elsewhere)
  --webs <n>      web processes, each on a port of its own (default 1)
  --dev           development servers that follow the sources (npm run dev)
  --no-env-file   do not read .env
  --with-parent   stop when the process that started this one has ended
  --help          print this

Environment
  PORT               port of the web application (default 3000, or the next free one; 0: any free one)
  HOST               address to listen on (default 127.0.0.1)
  OPPSPOT_DATA_DIR   data folder (default .oppspot)
  OPPSPOT_WORKERS, OPPSPOT_WEBS   as --workers and --webs
  REDIS_URL, SUPABASE_URL, COMPANIES_HOUSE_API_KEY, ...   see .env.example
`;

/**
 * `npm start`: from a fresh clone to a running system, until it is asked to stop.
 * @param {string[]} argv
 */
export async function start(argv) {
  const options = parseOptions(argv);
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  if (!options['no-env-file']) loadEnvFile(path.join(projectRoot, '.env'), process.env);
  if (options.workers !== undefined) process.env.OPPSPOT_WORKERS = options.workers;
  if (options.webs !== undefined) process.env.OPPSPOT_WEBS = options.webs;
  const folder = dataFolder(process.env);
  const unlock = lockDataFolder(folder);
  const stopRequest = onStopRequest({ withParent: options['with-parent'] });
  try {
    if (options.reset) await resetDataFolder(folder, { ask: !options.yes });
    await run(folder, options.dev, stopRequest);
  } catch (error) {
    // What was interrupted fails, which is no news to the person who interrupted it.
    if (!stopRequest.signal.aborted) throw error;
    process.stdout.write('Stopped.\n');
  } finally {
    unlock();
    stopRequest.dismiss();
  }
}

/** @param {string} folder @param {boolean} dev @param {import('./stop-request.mjs').StopRequest} stopRequest */
async function run(folder, dev, stopRequest) {
  const progress = createProgress();
  // First, because it is quick to find out that there is no way to get one.
  const redis = process.env.REDIS_URL ? null : await installRedis(progress);
  await installPackages(progress);
  if (!dev) await buildWhenNeeded(progress);
  if (stopRequest.signal.aborted) return;

  // From here on packages are there: TypeScript can be loaded.
  await enableTypeScript();
  const { startStack } = await import('../stack/start-stack.ts');
  const stack = startStack({ folder, env: process.env, redis, dev, progress });
  stopRequest.onSecond(stack.kill);
  const failed = stack.ready.then(
    ({ url, signIn }) => {
      const account = signIn ? ` (demo sign-in: ${signIn.email} / ${signIn.password})` : '';
      progress.say(`oppSpot is ready at ${url}${account}`);
      return null;
    },
    (error) => ({ error }),
  );
  const failure = await Promise.race([
    stopRequest.requested,
    failed.then((outcome) => outcome ?? stopRequest.requested),
  ]);
  if (!failure) progress.say('Stopping ...');
  await stack.stop();
  if (failure) throw failure.error;
  progress.say('Stopped.');
}

/** @param {string[]} argv */
function parseOptions(argv) {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const number = /** @type {const} */ ({ type: 'string' });
  const flags = { reset: flag, yes: flag, dev: flag, 'no-env-file': flag, 'with-parent': flag, help: flag };
  const options = { ...flags, workers: number, webs: number };
  try {
    return parseArgs({ args: argv, options }).values;
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
