import { setTimeout as wait } from 'node:timers/promises';
import type { RunningEngine } from './engines/engine';
import type { History } from './load/history';
import { readPatiently } from './world/read-patiently';

const LOOK_EVERY_MS = 500;
/** In Redis a job leaves its lists a moment after it has ended in the ledger; a lock takes the time of a lease. */
const SETTLE_MS = 8_000;

/**
 * Waits until no job is open.
 * @param limitMs after which what is still open counts as stuck.
 * @returns ids of the jobs that are still open.
 */
export async function waitForQuiet(engine: RunningEngine, history: History, limitMs: number): Promise<string[]> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const open = await engine.openJobs().catch(() => null);
    if (open?.length === 0) break;
    if (Date.now() > deadline) return open ?? ['(the database does not answer)'];
    await wait(LOOK_EVERY_MS);
  }
  await untilRedisIsEmpty(engine, history);
  return [];
}

async function untilRedisIsEmpty(engine: RunningEngine, history: History): Promise<void> {
  const deadline = Date.now() + SETTLE_MS;
  while (Date.now() < deadline) {
    const { bull } = await readPatiently(() => engine.readWorld(history));
    if (bull.every(({ waiting, active, delayed, locked }) => [waiting, active, delayed, locked].every(isEmpty))) return;
    await wait(LOOK_EVERY_MS);
  }
}

function isEmpty(ids: readonly string[]): boolean {
  return ids.length === 0;
}
