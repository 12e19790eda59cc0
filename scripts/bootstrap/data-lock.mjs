import fs from 'node:fs';
import path from 'node:path';
import { isSameProcess, processStart } from './process-identity.mjs';
import { UserError } from './user-error.mjs';

/** @typedef {{ pid: number, start: string | null, since: string }} LockHolder */

/**
 * Takes the data folder for this process. A lock whose process is gone is replaced.
 * @param {string} folder created when missing
 * @returns {() => void} gives the folder back
 * @throws {UserError} when a running process holds it, with its pid and how to stop it
 */
export function lockDataFolder(folder) {
  // Others may pass through it: Postgres runs under another account when oppSpot is started as root.
  fs.mkdirSync(folder, { recursive: true, mode: 0o711 });
  const file = path.join(folder, 'lock');
  const draft = `${file}.${process.pid}`;
  /** @type {LockHolder} */
  const mine = { pid: process.pid, start: processStart(process.pid), since: new Date().toISOString() };
  fs.writeFileSync(draft, JSON.stringify(mine), { mode: 0o644 });
  try {
    while (!tryLink(draft, file)) removeStaleLock(folder, file);
  } finally {
    fs.rmSync(draft, { force: true });
  }
  return () => {
    if (readHolder(file)?.pid === process.pid) fs.rmSync(file, { force: true });
  };
}

/**
 * @param {string} folder
 * @returns {LockHolder | null} the running process that uses the folder
 */
export function dataFolderHolder(folder) {
  const holder = readHolder(path.join(folder, 'lock'));
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

/** @param {string} folder @param {string} file */
function removeStaleLock(folder, file) {
  const holder = dataFolderHolder(folder);
  if (holder !== null) throw inUse(folder, holder);
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    // Somebody else removed it first.
    return;
  }
  const moved = readHolder(aside);
  const wasTakenMeanwhile = moved !== null && isSameProcess(moved);
  if (wasTakenMeanwhile) tryLink(aside, file);
  fs.rmSync(aside, { force: true });
  if (wasTakenMeanwhile) throw inUse(folder, moved);
}

/** @param {string} folder @param {LockHolder} holder */
function inUse(folder, holder) {
  return new UserError(
    `oppSpot already runs on ${folder} (process ${holder.pid}, since ${holder.since}).\n` +
      `Stop it with Ctrl-C in its terminal or with "kill ${holder.pid}", or set OPPSPOT_DATA_DIR to use another folder.`,
  );
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
