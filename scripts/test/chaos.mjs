import { parseArgs } from 'node:util';
import { buildWhenNeeded } from '../bootstrap/build.mjs';
import { installPackages } from '../bootstrap/install-packages.mjs';
import { installRedis } from '../bootstrap/install-redis.mjs';
import { enableTypeScript } from '../bootstrap/load-typescript.mjs';
import { createProgress } from '../bootstrap/progress.mjs';
import { UserError } from '../bootstrap/user-error.mjs';

const USAGE = `Usage: npm run chaos [-- options]

Starts oppSpot in a folder of its own, submits jobs of all queues as several users do, and meanwhile kills, stops and
restarts its processes, Redis and the database, and disturbs the provider. Then it checks that every accepted job has
ended, once, with its effects and its quota, and prints what it found. docs/chaos.md explains the table.

Options
  --seconds <n>     how long jobs are submitted and faults happen (default 240)
  --jobs <n>        how many jobs are submitted in that time (default 600)
  --seed <n>        repeats the schedule of an earlier run; printed first (default: a new one)
  --faults <names>  only these, separated by commas (default: all; an unknown name lists them)
  --engine <name>   ours, or plain: the same with plain Bull and its defaults, for comparison
  --report <file>   also write the table into the generated section of this document
  --help            print this

Exit code 0: every promise was kept. 1: something was lost, done twice, miscounted or stuck; the timelines say what.
`;

/**
 * `npm run chaos`: on a fresh clone everything needed, then the run.
 * @param {string[]} argv
 */
export async function chaos(argv) {
  const { help, ...options } = parseOptions(argv);
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const progress = createProgress();
  await installRedis(progress);
  await installPackages(progress);
  await buildWhenNeeded(progress);
  await enableTypeScript();
  const { chaos: run } = await import('../../tests/chaos/main.ts');
  process.exitCode = await run(options, (line) => process.stdout.write(`${line}\n`));
}

/** @param {string[]} argv */
function parseOptions(argv) {
  const text = /** @type {const} */ ({ type: 'string' });
  const options = { seconds: text, jobs: text, seed: text, faults: text, engine: text, report: text };
  try {
    return parseArgs({ args: argv, options: { ...options, help: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
