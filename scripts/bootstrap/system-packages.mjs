import { findProgram } from './find-program.mjs';
import { runCommand } from './run-command.mjs';
import { UserError } from './user-error.mjs';

/**
 * @typedef {'apt-get' | 'dnf' | 'yum' | 'apk' | 'pacman' | 'zypper' | 'brew'} ManagerName
 * @typedef {Partial<Record<ManagerName, string[]>>} PackageNames candidates per package manager, the first that exists wins
 * @typedef {{ command: string, args: string[] }} Step
 */

/** @type {{ name: ManagerName, refresh: string[] | null, install: string[], needsRoot: boolean }[]} */
const MANAGERS = [
  { name: 'apt-get', refresh: ['update'], install: ['install', '-y', '--no-install-recommends'], needsRoot: true },
  { name: 'dnf', refresh: null, install: ['install', '-y'], needsRoot: true },
  { name: 'yum', refresh: null, install: ['install', '-y'], needsRoot: true },
  { name: 'apk', refresh: null, install: ['add', '--no-cache'], needsRoot: true },
  { name: 'pacman', refresh: ['-Sy'], install: ['-S', '--noconfirm', '--needed'], needsRoot: true },
  { name: 'zypper', refresh: null, install: ['--non-interactive', 'install'], needsRoot: true },
  { name: 'brew', refresh: null, install: ['install'], needsRoot: false },
];

/**
 * Installs a program through the system's package manager: as root directly, else with `sudo` where it asks nothing.
 * @param {PackageNames} packages
 * @returns {Promise<string>} what was done
 * @throws {UserError} why it could not be done
 */
export async function installSystemPackage(packages) {
  const manager = MANAGERS.find(({ name }) => packages[name] && findProgram([name]));
  if (manager === undefined) throw new UserError('no known package manager was found');
  const names = packages[manager.name] ?? [];
  const prefix = manager.needsRoot ? await rootPrefix() : [];
  if (prefix === null)
    throw new UserError(`${manager.name} needs root, and sudo is not available here without a password`);

  let detail = '';
  if (manager.refresh) detail = (await runAs(prefix, manager.name, manager.refresh)).output;
  for (const name of names) {
    const { code, output } = await runAs(prefix, manager.name, [...manager.install, name]);
    if (code === 0) return `${manager.name} installed ${name}`;
    detail = output;
  }
  const lastLines = detail.trimEnd().split('\n').slice(-5).join('\n');
  throw new UserError(`${manager.name} could not install ${names.join(' or ')}:\n${lastLines}`);
}

/**
 * @param {PackageNames} packages
 * @returns {string} the command a person would type here, or a general hint
 */
export function installHint(packages) {
  const manager = MANAGERS.find(({ name }) => packages[name] && findProgram([name]));
  if (manager === undefined) return 'Install it with the package manager of your system';
  const command = [manager.name, ...manager.install, packages[manager.name]?.[0] ?? ''].join(' ');
  return `Run: ${manager.needsRoot ? 'sudo ' : ''}${command}`;
}

/** @returns {Promise<string[] | null>} what to put in front of a command that needs root; null when there is no way */
async function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  if (!findProgram(['sudo'])) return null;
  const { code } = await runCommand('sudo', ['-n', 'true']);
  return code === 0 ? ['sudo', '-n'] : null;
}

/** @param {string[]} prefix @param {string} command @param {string[]} args */
function runAs(prefix, command, args) {
  // Neither may ask questions; RUNLEVEL keeps Debian from starting the package's own service.
  const settings = ['DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'];
  const [program = '', ...rest] = [...prefix, 'env', ...settings, command, ...args];
  return runCommand(program, rest);
}
