import fs from 'node:fs';
import path from 'node:path';
import { lockHolder, releaseLock, takeLock } from './lock-file.mjs';
import { UserError } from './user-error.mjs';

/**
 * Takes the data folder for this process.
 * @param {string} folder created when missing
 * @returns {() => void} gives the folder back
 * @throws {UserError} when a running process holds it, with its pid and how to stop it
 */
export function lockDataFolder(folder) {
  const file = path.join(folder, 'lock');
  const holder = prepared(folder) && takeLock(file);
  if (!holder) return () => releaseLock(file);
  throw new UserError(
    `oppSpot already runs on ${folder} (process ${holder.pid}, since ${holder.since}).\n` +
      `Stop it with Ctrl-C in its terminal or with "kill ${holder.pid}", or set OPPSPOT_DATA_DIR to use another folder.`,
  );
}

/**
 * @param {string} folder
 * @returns {import('./lock-file.mjs').LockHolder | null} the running process that uses the folder
 */
export function dataFolderHolder(folder) {
  return lockHolder(path.join(folder, 'lock'));
}

/** @param {string} folder */
function prepared(folder) {
  try {
    // Others may pass through it: Postgres runs under another account when oppSpot is started as root.
    fs.mkdirSync(folder, { recursive: true, mode: 0o711 });
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    return true;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `The data folder ${folder} cannot be used (${reason}). Set OPPSPOT_DATA_DIR to another folder.`,
      { cause },
    );
  }
}
