import fs from 'node:fs';
import { isSameProcess, processStart } from './process-identity.mjs';

/** @typedef {{ pid: number, start: string | null, since: string }} LockHolder */

/**
 * Takes a lock for this process. One whose process is gone is replaced.
 * @param {string} file in a folder that exists
 * @returns {LockHolder | null} the running process that has it, or null when this one has it now
 */
export function takeLock(file) {
  const draft = `${file}.${process.pid}`;
  /** @type {LockHolder} */
  const mine = { pid: process.pid, start: processStart(process.pid), since: new Date().toISOString() };
  fs.writeFileSync(draft, JSON.stringify(mine), { mode: 0o644 });
  try {
    while (!tryLink(draft, file)) {
      const holder = lockHolder(file) ?? replaceStale(file);
      if (holder !== null) return holder;
    }
    return null;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Gives back a lock of this process. @param {string} file */
export function releaseLock(file) {
  if (readHolder(file)?.pid === process.pid) fs.rmSync(file, { force: true });
}

/**
 * @param {string} file
 * @returns {LockHolder | null} the running process that has the lock
 */
export function lockHolder(file) {
  const holder = readHolder(file);
  return holder !== null && isSameProcess(holder) ? holder : null;
}

/** Linking is atomic and refuses to replace, unlike writing. @param {string} draft @param {string} file */
function tryLink(draft, file) {
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Puts a stale lock aside.
 * @param {string} file
 * @returns {LockHolder | null} who took it between the look and the move
 */
function replaceStale(file) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    // Somebody else removed it first.
    return null;
  }
  const holder = lockHolder(aside);
  if (holder !== null) tryLink(aside, file);
  fs.rmSync(aside, { force: true });
  return holder;
}

/** @param {string} file @returns {LockHolder | null} */
function readHolder(file) {
  try {
    const holder = JSON.parse(fs.readFileSync(file, 'utf8'));
    return Number.isInteger(holder.pid) ? holder : null;
  } catch {
    return null;
  }
}
