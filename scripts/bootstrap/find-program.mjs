import fs from 'node:fs';
import path from 'node:path';

// An ordinary user's path often lacks the folders where package managers put servers.
const EXTRA_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/**
 * @param {string[]} names programs, the best first; absolute paths are looked at as they are
 * @returns {string | null} the absolute path of the first that can be run
 */
export function findProgram(names) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean), ...EXTRA_FOLDERS];
  const candidates = names.flatMap((name) =>
    path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name)),
  );
  return candidates.find(isRunnable) ?? null;
}

/** @param {string} file */
function isRunnable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
