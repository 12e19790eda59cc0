import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { dataFolderHolder } from './data-lock.mjs';
import { loadEnvFile } from './env-file.mjs';
import { packagesAreInstalled } from './install-packages.mjs';
import { enableTypeScript } from './load-typescript.mjs';
import { dataFolder, projectRoot } from './project.mjs';
import { UserError } from './user-error.mjs';

const MISCONFIGURED = 3;
const REQUIRED = ['REDIS_URL', 'SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY'];

/**
 * Runs a TypeScript file in this process with the configuration of the environment, of `.env`, and of the running
 * embedded stack, in this order.
 * @param {string[]} argv `[--optional] <file.ts> [arguments]`; `--optional`: run also when nothing is configured or running
 * @throws {UserError} with exit code 3 when there is nothing to work with
 */
export async function withStack(argv) {
  const optional = argv[0] === '--optional';
  const [file, ...rest] = optional ? argv.slice(1) : argv;
  if (file === undefined) throw new UserError('Usage: node scripts/with-stack.mjs [--optional] <file.ts> [arguments]');
  if (!packagesAreInstalled()) {
    throw new UserError('The packages are not installed. Run "npm start" (or "npm install") first.', {
      exitCode: MISCONFIGURED,
    });
  }
  loadEnvFile(path.join(projectRoot, '.env'), process.env);
  const folder = dataFolder(process.env);
  // What was running is worth knowing to a health check, which then says that it is down.
  if (optional || dataFolderHolder(folder) !== null) loadEnvFile(path.join(folder, 'stack.env'), process.env);
  if (!optional && !isConfigured()) throw notRunning(folder);

  const absolute = path.resolve(projectRoot, file);
  await enableTypeScript();
  process.argv = [process.execPath, absolute, ...rest];
  await import(pathToFileURL(absolute).href);
}

function isConfigured() {
  return REQUIRED.every((name) => process.env[name]);
}

/** @param {string} folder */
function notRunning(folder) {
  const starting = dataFolderHolder(folder) !== null && !fs.existsSync(path.join(folder, 'stack.env'));
  return new UserError(
    starting
      ? 'oppSpot is just being started. Run this command again when it is ready.'
      : `oppSpot is not running: nothing is configured, and no embedded stack runs on ${folder}.\nStart it with "npm start", or set ${REQUIRED.join(', ')}.`,
    { exitCode: MISCONFIGURED },
  );
}
