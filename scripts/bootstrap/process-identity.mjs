import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * When a process was started, as text that only has to be compared: with the pid it names one process for good, because
 * numbers are used again.
 * @param {number} pid
 * @returns {string | null} null when there is no such process
 */
export function processStart(pid) {
  if (!processExists(pid)) return null;
  try {
    if (process.platform === 'linux') return linuxStart(pid);
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    // It ended between the two looks, or the system cannot tell.
    return processExists(pid) ? 'unknown' : null;
  }
}

/**
 * @param {{ pid: number, start: string | null }} identity
 * @returns {boolean} whether exactly this process still runs
 */
export function isSameProcess({ pid, start }) {
  const current = processStart(pid);
  return current !== null && (start === null || current === 'unknown' || current === start);
}

/** @param {number} pid */
function processExists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {number} pid */
function linuxStart(pid) {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name, in brackets, may hold spaces and brackets itself: fields are counted from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A dead child that its parent has not collected is no longer running.
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  return fields[19] ?? 'unknown';
}
