import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.resolve(projectRoot, process.env.SHARED_DATA_DIR || '../shared/data');

/** Whether the real recorded data is there. It is no part of the project: tests that need it are skipped without it. */
export const hasSharedData = fs.existsSync(folder);

if (!hasSharedData) {
  process.stdout.write(
    `Tests on real data are skipped: there is no ${folder} (SHARED_DATA_DIR names another folder).\n`,
  );
}

/**
 * @param parts path inside the shared data, such as `ch-api-real/profile.json`
 * @returns its absolute path
 */
export function sharedData(...parts: string[]): string {
  return path.join(folder, ...parts);
}
