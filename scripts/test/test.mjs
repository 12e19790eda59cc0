import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildWhenNeeded } from '../bootstrap/build.mjs';
import { installChromium } from '../bootstrap/install-chromium.mjs';
import { installPackages } from '../bootstrap/install-packages.mjs';
import { installRedis } from '../bootstrap/install-redis.mjs';
import { createProgress } from '../bootstrap/progress.mjs';
import { projectRoot } from '../bootstrap/project.mjs';
import { runCommand } from '../bootstrap/run-command.mjs';
import { UserError } from '../bootstrap/user-error.mjs';
import { runChecks } from './check.mjs';
import { closingLine, countChecks, countPlaywright, countVitest, NOTHING, sum } from './counts.mjs';

const PARTS = /** @type {const} */ (['check', 'unit', 'integration', 'e2e', 'chaos']);
const USAGE = `Usage: npm test [-- --only ${PARTS.join(',')}]

Installs what is missing (packages, Redis, Chromium), builds, and runs everything: types, lint, dead code and dependency
rules (each counted as one test), unit, integration and browser tests, and a short run of the fault harness (npm run
chaos). The last line sums them up.

Options
  --only <parts>   only these parts, separated by commas: ${PARTS.join(', ')}
  --help           print this

Environment
  SHARED_DATA_DIR   recorded real data for some tests (default ../shared/data; those tests are skipped without it)
  CHROMIUM_PATH     the browser to test with
`;
// One seed, so that a run that fails differs from the last one by the code, and as much as processes differ in time.
const SHORT_CHAOS = ['--seed', '1', '--seconds', '45', '--jobs', '100'];
// The runners write into a pipe, so they cannot see for themselves whether a terminal shows their colours.
const env = {
  ...process.env,
  ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined }),
};
const results = path.join(projectRoot, 'test-results');

/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * `npm test`: on a fresh clone everything needed, then all tests.
 * @param {string[]} argv
 */
export async function test(argv) {
  const parts = parseParts(argv);
  if (parts === null) {
    process.stdout.write(USAGE);
    return;
  }
  const progress = createProgress();
  const counts = await runParts(parts, progress).catch((error) => {
    process.stdout.write(`\n${error instanceof UserError ? error.message : (error?.stack ?? error)}\n`);
    return { ...NOTHING, failed: 1 };
  });
  if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
  process.stdout.write(`\n${closingLine(counts)}\n`);
}

/** @param {readonly string[]} parts @param {import('../bootstrap/progress.mjs').Progress} progress */
async function runParts(parts, progress) {
  fs.mkdirSync(results, { recursive: true });
  const needsStack = ['integration', 'e2e', 'chaos'].some((part) => parts.includes(part));
  if (needsStack) await installRedis(progress);
  await installPackages(progress);
  /** @type {Counts[]} */
  const counts = [];
  if (parts.includes('check')) counts.push(countChecks(await runChecks()));
  if (parts.includes('unit')) counts.push(await runVitest('unit'));
  if (needsStack) await buildWhenNeeded(progress);
  if (parts.includes('integration')) counts.push(await runVitest('integration'));
  if (parts.includes('e2e')) {
    await installChromium(progress);
    counts.push(await runPlaywright());
  }
  if (parts.includes('chaos')) counts.push(await runChaos());
  return sum(counts);
}

/** @param {string} project @returns {Promise<Counts>} */
async function runVitest(project) {
  heading(`${project} tests`);
  const report = path.join(results, `${project}.json`);
  fs.rmSync(report, { force: true });
  const reporters = ['--reporter', 'default', '--reporter', 'json', '--outputFile.json', report];
  const { code } = await runCommand(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters],
    { env, print: true },
  );
  return countVitest(readReport(report), code);
}

/** @returns {Promise<Counts>} */
async function runPlaywright() {
  heading('browser tests');
  const report = path.join(results, 'e2e.json');
  fs.rmSync(report, { force: true });
  const { code } = await runCommand(process.execPath, ['node_modules/@playwright/test/cli.js', 'test'], {
    print: true,
  });
  return countPlaywright(readReport(report), code);
}

/** A minute of faults: counted as one test. @returns {Promise<Counts>} */
async function runChaos() {
  heading('faults');
  const { code } = await runCommand(process.execPath, ['scripts/chaos.mjs', ...SHORT_CHAOS], { env, print: true });
  return code === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** @param {string} text */
function heading(text) {
  process.stdout.write(`\n== ${text}\n`);
}

/** @param {string[]} argv @returns {readonly string[] | null} null when only the usage is wanted */
function parseParts(argv) {
  let values;
  try {
    ({ values } = parseArgs({ args: argv, options: { only: { type: 'string' }, help: { type: 'boolean' } } }));
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
  if (values.help) return null;
  const wanted = values.only?.split(',').map((part) => part.trim()) ?? PARTS;
  const unknown = wanted.filter((part) => !PARTS.some((known) => known === part));
  if (unknown.length > 0) throw new UserError(`There is no part ${unknown.join(', ')}.\n\n${USAGE}`);
  return wanted;
}
