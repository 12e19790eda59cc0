import { findProgram } from './find-program.mjs';
import { tryStep } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { installHint, installSystemPackage } from './system-packages.mjs';
import { UserError } from './user-error.mjs';

const IMAGE = 'redis:7-alpine';
/** @type {import('./system-packages.mjs').PackageNames} */
const PACKAGES = {
  'apt-get': ['redis-server', 'valkey-server'],
  dnf: ['redis', 'valkey'],
  yum: ['redis', 'valkey'],
  apk: ['redis', 'valkey'],
  pacman: ['redis', 'valkey'],
  zypper: ['redis', 'valkey'],
  brew: ['redis'],
};

/** @typedef {{ kind: 'program', path: string } | { kind: 'docker', docker: string, image: string }} RedisProgram */

/**
 * Finds a Redis server, or installs one: by the system's package manager, else as a Docker image.
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<RedisProgram>}
 * @throws {UserError} that says exactly what to do when there is no way
 */
export async function installRedis(progress) {
  const found = findServer();
  if (found) return found;
  const { done, problem } = await tryStep(progress, 'Installing Redis', () => installSystemPackage(PACKAGES));
  if (done) progress.say(`${done}. oppSpot runs a private copy of its own; the system's Redis service is not used.`);
  const server = findServer();
  if (server) return server;
  const docker = findProgram(['docker', 'podman']);
  if (docker && (await runCommand(docker, ['info'])).code === 0) {
    progress.say(`No Redis server could be installed (${problem}); using the Docker image ${IMAGE}.`);
    return { kind: 'docker', docker, image: IMAGE };
  }
  throw new UserError(
    `oppSpot needs a Redis server and found no way to get one: ${problem}; no Docker engine answers either.\n` +
      `${installHint(PACKAGES)}, then run this command again. Or set REDIS_URL to a Redis server that you run.`,
  );
}

/** @returns {RedisProgram | null} */
function findServer() {
  const path = findProgram(['redis-server', 'valkey-server']);
  return path === null ? null : { kind: 'program', path };
}
