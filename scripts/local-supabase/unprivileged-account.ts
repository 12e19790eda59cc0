import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The operating system account that Postgres runs as; both ids undefined means the account of this process. */
export type Account = { name: string | undefined; uid: number | undefined; gid: number | undefined };

const CANDIDATES = ['postgres', 'node', 'nobody'];

/**
 * Postgres refuses to run as root, so root hands it to the first existing unprivileged account.
 * @returns that account, or the current one when this process is not root.
 * @throws Error when root finds none of the accounts.
 */
export function postgresAccount(passwd = readPasswd()): Account {
  if (process.getuid?.() !== 0) return { name: undefined, uid: undefined, gid: undefined };
  const lines = passwd.split('\n').map((line) => line.split(':'));
  for (const name of CANDIDATES) {
    const entry = lines.find((fields) => fields[0] === name);
    if (entry) return { name, uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error(
    `Postgres cannot run as root and none of the accounts ${CANDIDATES.join(', ')} exists: create one of them.`,
  );
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

/** Whether the account can enter this existing folder, every folder above it included. */
export function canEnter(account: Account, folder: string): boolean {
  return account.uid === undefined || runs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]);
}

/** Whether the account can execute this program; the program is started with `--version`. */
export function canExecute(account: Account, program: string): boolean {
  return account.uid === undefined || runs(account, program, ['--version']);
}

function runs(account: Account, program: string, args: string[]): boolean {
  const { status } = spawnSync(program, args, { ...identity(account), cwd: '/', stdio: 'ignore' });
  return status === 0;
}

/** The part of spawn options that selects the account. */
export function identity({ uid, gid }: Account): { uid?: number; gid?: number } {
  return uid === undefined || gid === undefined ? {} : { uid, gid };
}
