import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { processStart } from '../bootstrap/process-identity.mjs';
import { type Account, identity } from './unprivileged-account';

const WATCH_EVERY_MS = 300;

/**
 * Makes sure that Postgres does not outlive this process, not even after `kill -9`: a small shell waits on a pipe that
 * the system closes when this process ends, and then asks the server for a fast shutdown.
 * @returns a function that dismisses the guard; call it after an orderly stop.
 */
export function guardPostmaster(data: string, account: Account): () => void {
  if (process.platform === 'win32') return () => undefined;
  const pidFile = path.join(data, 'postmaster.pid');
  const pid = readFileSync(pidFile, 'utf8').split('\n')[0] ?? '';
  // The number is compared again at the end: by then the server may be gone and its number somebody else's.
  const script = 'cat >/dev/null; [ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ] && kill -INT "$1"';
  const guard = spawn('/bin/sh', ['-c', script, 'sh', pid, pidFile], {
    ...identity(account),
    cwd: '/',
    // A session of its own: Ctrl-C in the terminal must not end the guard before it has done its work.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => undefined);
  guard.unref();
  return () => {
    guard.kill('SIGKILL');
  };
}

/**
 * Notices that the server is gone. It is no child of this process, so nobody else would say so.
 * @returns stops watching.
 */
export function watchPostmaster(data: string, onEnd: () => void): () => void {
  const pid = Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const start = processStart(pid);
  const timer = setInterval(() => {
    if (processStart(pid) === start) return;
    clearInterval(timer);
    onEnd();
  }, WATCH_EVERY_MS);
  return () => clearInterval(timer);
}
