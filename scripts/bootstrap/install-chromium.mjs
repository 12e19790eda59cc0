import { findProgram } from './find-program.mjs';
import { tryStep } from './progress.mjs';
import { mustRun } from './run-command.mjs';
import { installHint, installSystemPackage } from './system-packages.mjs';
import { UserError } from './user-error.mjs';

/** @type {import('./system-packages.mjs').PackageNames} */
const PACKAGES = {
  'apt-get': ['chromium', 'chromium-browser'],
  dnf: ['chromium'],
  yum: ['chromium'],
  apk: ['chromium'],
  pacman: ['chromium'],
  zypper: ['chromium'],
};
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {string | null} the Chromium to test with: CHROMIUM_PATH, else the system's */
export function findChromium() {
  return findProgram(process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : NAMES);
}

/**
 * Finds a Chromium browser, or installs one: by the system's package manager, else Playwright's own.
 * @param {import('./progress.mjs').Progress} progress
 * @returns {Promise<string | null>} its path; null when Playwright brings its own
 * @throws {UserError} that says exactly what to do when there is no way
 */
export async function installChromium(progress) {
  const found = findChromium();
  if (found) return found;
  const { problem } = await tryStep(progress, 'Installing Chromium', () => installSystemPackage(PACKAGES));
  const browser = findChromium();
  if (browser) return browser;
  const own = ['node_modules/@playwright/test/cli.js', 'install', 'chromium'];
  const label = 'Installing the browser of Playwright';
  const download = await tryStep(progress, label, () => mustRun(label, process.execPath, own));
  if (download.problem === null) return null;
  throw new UserError(
    `The browser tests need Chromium and found no way to get it: ${problem}.\n` +
      `${installHint(PACKAGES)}, or set CHROMIUM_PATH, then run this command again.`,
  );
}
