import { toAppError } from '@/lib/errors';

const PATIENCE_MS = 60_000;
const PAUSES_MS = [200, 500, 1_000, 2_000];

/**
 * Asks the database again as long as it does not answer. For calls that may be repeated: giving a job back after a start
 * whose answer was lost would let another worker find it started, and take that for a crash.
 * @param goOn asked before each further try.
 * @throws what the last try threw, at the latest after a minute.
 */
export async function whileDatabaseIsAway<T>(ask: () => Promise<T>, goOn: () => boolean): Promise<T> {
  const since = performance.now();
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const isAway = toAppError(error).code === 'database_unavailable';
      if (!isAway || !goOn() || performance.now() - since > PATIENCE_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]));
    }
  }
}
