import { setTimeout as wait } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';

const CONNECT_SECONDS = 3;
const LIMIT_MS = 15_000;

/**
 * Works with the database over a connection of its own: one that is kept can be left waiting for an answer for ever when
 * the server is killed under it (seen with postgres 3.4.9).
 * @throws whatever the work throws, and Error when there is no answer in time.
 */
export async function withDatabase<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  // Types are read in a query of the driver's own, whose failure nobody could catch.
  const sql = postgres(url, {
    max: 1,
    connect_timeout: CONNECT_SECONDS,
    fetch_types: false,
    onnotice: () => undefined,
  });
  const over = new AbortController();
  try {
    return await Promise.race([work(sql), giveUp(over.signal)]);
  } finally {
    over.abort();
    void sql.end({ timeout: 0 }).catch(() => undefined);
  }
}

async function giveUp(over: AbortSignal): Promise<never> {
  await wait(LIMIT_MS, undefined, { signal: over }).catch(() => undefined);
  throw new Error(`The database did not answer within ${LIMIT_MS / 1_000} s`);
}
