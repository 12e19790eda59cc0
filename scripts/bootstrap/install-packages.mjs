import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { currentPlatform, missingFromLock, platformPackages } from './platform-packages.mjs';
import { projectRoot } from './project.mjs';
import { mustRun } from './run-command.mjs';

const lockPath = path.join(projectRoot, 'package-lock.json');
const modules = path.join(projectRoot, 'node_modules');
const stampPath = path.join(modules, '.oppspot-install');

/**
 * Installs the packages that the lock file names, when they are not there or are not those. The lock is left unchanged.
 * @param {import('./progress.mjs').Progress} progress
 */
export async function installPackages(progress) {
  const lockText = fs.readFileSync(lockPath, 'utf8');
  const lock = JSON.parse(lockText);
  if (isInstalled(lockText, lock)) return;

  const uncovered = missingFromLock(lock, currentPlatform());
  if (uncovered.length > 0) {
    progress.say(
      `package-lock.json has no entry for this platform's ${uncovered.join(', ')}: installing without it, so versions may differ slightly.`,
    );
  }
  // --no-save keeps npm from rewriting the lock, for instance to add registry addresses.
  const args = ['install', '--include=dev', '--no-audit', '--no-fund', '--no-save'];
  if (uncovered.length > 0) args.push('--no-package-lock');
  const npm = npmCommand();
  await progress.step('Installing packages', () => mustRun('Installing packages', npm.command, [...npm.args, ...args]));
  if (fs.readFileSync(lockPath, 'utf8') !== lockText) fs.writeFileSync(lockPath, lockText);
  fs.writeFileSync(stampPath, stampOf(lockText));
}

/** @returns {boolean} whether the packages that the lock file names are there */
export function packagesAreInstalled() {
  const lockText = fs.readFileSync(lockPath, 'utf8');
  return isInstalled(lockText, JSON.parse(lockText));
}

/** @param {string} lockText @param {import('./platform-packages.mjs').Lockfile} lock */
function isInstalled(lockText, lock) {
  if (fs.existsSync(stampPath) && fs.readFileSync(stampPath, 'utf8') === stampOf(lockText)) return true;
  return wasInstalledByHand(lock);
}

/** npm keeps its own record of what it put in place. @param {import('./platform-packages.mjs').Lockfile} lock */
function wasInstalledByHand(lock) {
  const record = path.join(modules, '.package-lock.json');
  if (!fs.existsSync(record)) return false;
  /** @type {import('./platform-packages.mjs').Lockfile} */
  const installed = JSON.parse(fs.readFileSync(record, 'utf8'));
  const wanted = Object.entries(lock.packages ?? {}).filter(([name, entry]) => name !== '' && !entry.optional);
  const same = wanted.every(([name, entry]) => installed.packages?.[name]?.version === entry.version);
  const natives = platformPackages(lock, currentPlatform()).filter((name) => !name.includes('wasm'));
  return same && natives.every((name) => fs.existsSync(path.join(modules, name)));
}

/** @param {string} lockText */
function stampOf(lockText) {
  const { platform, arch, libc } = currentPlatform();
  return `${createHash('sha256').update(lockText).digest('hex')} ${platform}-${arch}-${libc}\n`;
}

/** The npm that runs this command, else the one on the path. */
function npmCommand() {
  const running = process.env.npm_execpath ?? '';
  return /npm-cli\.js$/.test(running) ? { command: process.execPath, args: [running] } : { command: 'npm', args: [] };
}
