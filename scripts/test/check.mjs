import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { installPackages } from '../bootstrap/install-packages.mjs';
import { createProgress } from '../bootstrap/progress.mjs';
import { runCommand } from '../bootstrap/run-command.mjs';
import { readDependencyReport } from './dependency-report.mjs';

/**
 * @typedef {{ name: string, problem: string | null }} CheckResult `problem`: what the tool said, null when all is well
 * @typedef {{ name: string, run: () => Promise<string | null> }} Check
 */

const CRUISED = ['app', 'components', 'lib', 'workers', 'sandbox', 'scripts', 'types'];
/** @type {Check[][]} the checks of a lane run one after the other, the lanes together */
const LANES = [
  [{ name: 'types', run: checkTypes }],
  [
    { name: 'lint and format', run: () => tool('node_modules/@biomejs/biome/bin/biome', ['check', '.']) },
    { name: 'dependency rules', run: checkDependencies },
    { name: 'dead code', run: () => tool('node_modules/knip/bin/knip.js', ['--no-progress']) },
  ],
];

/**
 * `npm run check`: types, lint, dead code and dependency rules; every failure is shown.
 * @param {string[]} argv `--json <file>` also writes the results there
 */
export async function check(argv) {
  const { values } = parseArgs({ args: argv, options: { json: { type: 'string' } } });
  const results = await runChecks();
  if (values.json) fs.writeFileSync(values.json, JSON.stringify(results));
  if (results.some(({ problem }) => problem !== null)) process.exitCode = 1;
}

/** @returns {Promise<CheckResult[]>} */
export async function runChecks() {
  const progress = createProgress();
  await installPackages(progress);
  const lanes = await Promise.all(LANES.map((lane) => runLane(lane, progress)));
  const results = lanes.flat();
  for (const { name, problem } of results) {
    if (problem !== null) process.stdout.write(`\n${name} failed:\n${problem.trim()}\n`);
  }
  return results;
}

/** @param {Check[]} lane @param {import('../bootstrap/progress.mjs').Progress} progress */
async function runLane(lane, progress) {
  /** @type {CheckResult[]} */
  const results = [];
  for (const { name, run } of lane) {
    const label = `Checking ${name}`;
    const problem = await progress.step(label, run);
    if (problem !== null) progress.say(`          ${label}: problems found, shown below`);
    results.push({ name, problem });
  }
  return results;
}

async function checkTypes() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  return (
    (await tool('node_modules/next/dist/bin/next', ['typegen'], env)) ??
    (await tool('node_modules/typescript/bin/tsc', ['--noEmit', '--pretty', 'false']))
  );
}

async function checkDependencies() {
  const cruiser = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...CRUISED];
  const { stdout, output } = await runCommand(process.execPath, [cruiser, ...args]);
  return readDependencyReport(stdout) ?? (stdout.trim() === '' ? output || 'it printed nothing' : null);
}

/** @param {string} script @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
async function tool(script, args, env = process.env) {
  const { code, output } = await runCommand(process.execPath, [script, ...args], { env });
  return code === 0 ? null : output;
}
