import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * @param {Record<string, string | undefined>} env
 * @returns {string} the absolute path of the folder that holds the data of the embedded stack
 */
export function dataFolder(env) {
  return path.resolve(projectRoot, env.OPPSPOT_DATA_DIR || '.oppspot');
}
