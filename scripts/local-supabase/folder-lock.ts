import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Takes the data folder for this process: two servers on one folder would stop each other's database.
 * A lock left by a process that no longer runs is taken over.
 * @returns a function that gives the folder back.
 * @throws Error when a live process holds the folder.
 */
export function lockFolder(dataDir: string): () => void {
  const file = path.join(dataDir, 'local-supabase.lock');
  const holder = readHolder(file);
  if (holder && holder.pid !== process.pid && startOf(holder.pid) === holder.started) {
    throw new Error(`The data folder ${dataDir} is in use by the local Supabase server with process id ${holder.pid}.`);
  }
  writeFileSync(file, `${process.pid} ${startOf(process.pid)}\n`);
  return () => rmSync(file, { force: true });
}

function readHolder(file: string): { pid: number; started: string } | null {
  try {
    const [, pid, started] = /^(\d+) (.*)$/m.exec(readFileSync(file, 'utf8')) ?? [];
    return pid === undefined || started === undefined ? null : { pid: Number(pid), started };
  } catch {
    return null;
  }
}

/** When a process started, in the system's own notation; tells a process from a later one with the same number. */
function startOf(pid: number): string {
  try {
    // Field 22 of /proc/<pid>/stat; the second field may contain spaces, so count from the closing bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? 'unknown');
  } catch {
    return startFromPs(pid);
  }
}

function startFromPs(pid: number): string {
  if (process.platform === 'linux') return 'ended';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return 'ended';
  }
}
