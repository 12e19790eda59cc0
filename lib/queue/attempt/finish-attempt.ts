import { toAppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';
import { type FinishItem, type FinishResult, finishJobs } from '../job-ledger';
import { groupCalls } from './group-calls';

const GROUP_SIZE = 250;
/** The work is done and the job's lease is renewed meanwhile: nothing better can be done than to wait for the database. */
const PATIENCE_MS = 10 * 60_000;
const PAUSES_MS = [200, 500, 1_000, 2_000];

/**
 * Ends an attempt in the ledger. Attempts that end while a call is on its way go together in the next one.
 * @throws AppError `database_unavailable` when the database stays away for ten minutes.
 */
export function finishAttempt(item: FinishItem): Promise<FinishResult> {
  return singleton('queue:finisher', () => groupCalls({ size: GROUP_SIZE, call: finishPatiently }))(item);
}

/** Halves what was too much at once: one that is slow to store must not keep the others from ending. */
async function finishPatiently(items: readonly FinishItem[]): Promise<FinishResult[]> {
  const deadline = Date.now() + PATIENCE_MS;
  const results: FinishResult[] = [];
  let size = items.length;
  for (let failures = 0; results.length < items.length; ) {
    try {
      results.push(...(await finishJobs(items.slice(results.length, results.length + size))));
      failures = 0;
    } catch (error) {
      // Repeating is safe: a commit whose answer was lost has spent the token, and the repetition says lease_lost.
      if (toAppError(error).code !== 'database_unavailable' || Date.now() > deadline) throw error;
      size = Math.ceil(size / 2);
      await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]));
      failures += 1;
    }
  }
  return results;
}
