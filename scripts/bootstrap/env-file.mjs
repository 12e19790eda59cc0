import fs from 'node:fs';
import { parseEnv } from 'node:util';

/**
 * @param {string} file
 * @returns {Record<string, string | undefined>} its variables; none where there is no such file
 */
export function readEnvFile(file) {
  if (!fs.existsSync(file)) return {};
  return parseEnv(fs.readFileSync(file, 'utf8'));
}

/**
 * Sets the variables of a file that are not set yet. A variable set to nothing counts as set, so that an empty value
 * given on the command line wins over the file.
 * @param {string} file
 * @param {Record<string, string | undefined>} env changed in place
 */
export function loadEnvFile(file, env) {
  for (const [name, value] of Object.entries(readEnvFile(file))) {
    if (env[name] === undefined) env[name] = value;
  }
}

/**
 * @param {Record<string, string>} variables
 * @returns {string} the text of an environment file that `readEnvFile` reads back unchanged
 */
export function formatEnvFile(variables) {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${quote(value)}\n`)
    .join('');
}

/** @param {string} value */
function quote(value) {
  if (/^[\w@%+=:,./{}-]*$/.test(value)) return value;
  const mark = ['"', "'", '`'].find((candidate) => !value.includes(candidate));
  if (mark === undefined || value.includes('\n')) throw new Error('A value has line breaks or every kind of quote');
  return `${mark}${value}${mark}`;
}
