import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lockHolder, releaseLock, takeLock } from './lock-file.mjs';
import { projectRoot } from './project.mjs';
import { mustRun, stopRunningCommands } from './run-command.mjs';

const SOURCES = ['app', 'components', 'lib', 'workers', 'types', 'public'];
const ROOT_FILE =
  /^(package\.json|package-lock\.json|tsconfig\.json|(next|postcss)\.config\.\w+|(proxy|instrumentation)[\w-]*\.ts)$/;
const recordPath = path.join(projectRoot, 'dist', 'build.json');
const lockPath = path.join(projectRoot, 'dist', 'build.lock');

/**
 * Builds the web application and the worker when their sources changed since the last build, or there is none.
 * @param {import('./progress.mjs').Progress} progress
 */
export async function buildWhenNeeded(progress) {
  const sources = fingerprint();
  if (isBuilt(sources)) return;
  fs.mkdirSync(path.dirname(recordPath), { recursive: true });
  const other = takeLock(lockPath);
  if (other !== null) await progress.step('Waiting for a build that is going on', () => released(lockPath));
  if (other !== null) return buildWhenNeeded(progress);
  try {
    fs.rmSync(recordPath, { force: true });
    await progress.step('Building the application', build);
    fs.writeFileSync(recordPath, `${JSON.stringify({ sources })}\n`);
  } finally {
    releaseLock(lockPath);
  }
}

async function build() {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const web = mustRun('Building the web application', process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    env,
  });
  const worker = mustRun('Building the worker', process.execPath, ['scripts/build-worker.mjs'], { env });
  await Promise.all([web, worker]).catch(async (error) => {
    // The other one would go on for nothing.
    stopRunningCommands();
    await Promise.allSettled([web, worker]);
    throw error;
  });
}

/** @param {string} lock */
async function released(lock) {
  while (lockHolder(lock) !== null) await wait(200);
}

/** @param {string} sources */
function isBuilt(sources) {
  const outputs = ['.next/BUILD_ID', 'dist/start-workers.mjs'].map((file) => path.join(projectRoot, file));
  if (![...outputs, recordPath].every((file) => fs.existsSync(file))) return false;
  return JSON.parse(fs.readFileSync(recordPath, 'utf8')).sources === sources;
}

/** @returns {string} a digest of the names and contents of everything that goes into the build */
function fingerprint() {
  const rootFiles = fs.readdirSync(projectRoot).filter((name) => ROOT_FILE.test(name));
  const files = [...rootFiles, ...SOURCES.flatMap(filesIn)].sort();
  const digest = createHash('sha256').update(process.version);
  for (const file of files) digest.update(`${file}\0`).update(fs.readFileSync(path.join(projectRoot, file)));
  return digest.digest('hex');
}

/** @param {string} folder @returns {string[]} paths relative to the project */
function filesIn(folder) {
  const absolute = path.join(projectRoot, folder);
  if (!fs.existsSync(absolute)) return [];
  return fs
    .readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)));
}
