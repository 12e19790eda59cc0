import { setTimeout as wait } from 'node:timers/promises';

const LIMIT_MS = 60_000;
const PAUSE_MS = 1_000;

/** Reads again until it succeeds: what the last fault has hit may still be on its way back. @throws after a minute. */
export async function readPatiently<T>(read: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(PAUSE_MS);
    }
  }
}
