import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { isSameProcess } from './process-identity.mjs';
import { UserError } from './user-error.mjs';

// What a data folder of oppSpot has in it; anything else in a folder means that it is not one.
const OWN =
  /^(lock|lock\..*|logs|redis|postgres|postgres\.json.*|local-supabase\.lock|secrets\.json.*|stack\.(env|json).*)$/;
const LEFTOVER_WAIT_MS = 35_000;

/**
 * Empties a data folder that is locked by this process.
 * @param {string} folder
 * @param {{ ask: boolean }} options `ask`: ask first when there is a terminal
 * @throws {UserError} when the folder holds something else, or the person says no
 */
export async function resetDataFolder(folder, { ask }) {
  const entries = fs.readdirSync(folder).filter((name) => name !== 'lock');
  if (entries.length === 0) return;
  const foreign = entries.filter((name) => !OWN.test(name));
  if (foreign.length > 0) {
    throw new UserError(
      `${folder} also holds ${foreign.slice(0, 5).join(', ')}, which oppSpot did not put there. Nothing was removed.`,
    );
  }
  await refuseWhileInUse(folder);
  if (ask && process.stdin.isTTY && !(await confirmed(`Remove all oppSpot data in ${folder}?`))) {
    throw new UserError('Nothing was removed.');
  }
  for (const name of entries) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  process.stdout.write(`Removed the data in ${folder}.\n`);
}

/**
 * Without its supervisor a stack stops by itself, which takes a moment.
 * @param {string} folder
 */
async function refuseWhileInUse(folder) {
  const file = path.join(folder, 'stack.json');
  if (!fs.existsSync(file)) return;
  /** @type {{ processes?: { name: string, pid: number, start: string | null }[] }} */
  const { processes = [] } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const deadline = Date.now() + LEFTOVER_WAIT_MS;
  while (processes.some(isSameProcess)) {
    if (Date.now() > deadline) {
      const left = processes.filter(isSameProcess).map(({ name, pid }) => `${name} (process ${pid})`);
      throw new UserError(
        `${left.join(', ')} of an earlier start still use ${folder}. End them first. Nothing was removed.`,
      );
    }
    await wait(100);
  }
}

/** @param {string} question */
async function confirmed(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
