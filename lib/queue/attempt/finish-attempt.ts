import { toAppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';
import { type FinishItem, type FinishResult, finishJobs } from '../job-ledger';
import { groupCalls } from './group-calls';

const GROUP_SIZE = 100;
const LANES = 2;
/** A database that restarts is back long before; the job's lease is renewed meanwhile. */
const PATIENCE_MS = 30_000;
const PAUSES_MS = [200, 500, 1_000, 2_000];

/**
 * Ends an attempt in the ledger. Attempts that end while a call is on its way go together in the next one.
 * @throws AppError `database_unavailable` when the database stays away for half a minute.
 */
export function finishAttempt(item: FinishItem): Promise<FinishResult> {
  return singleton('queue:finisher', () => groupCalls({ size: GROUP_SIZE, lanes: LANES, call: finishPatiently }))(item);
}

async function finishPatiently(items: FinishItem[]): Promise<FinishResult[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let round = 0; ; round += 1) {
    try {
      return await finishJobs(items);
    } catch (error) {
      // Repeating is safe: a commit whose answer was lost has spent the token, and the repetition says lease_lost.
      if (toAppError(error).code !== 'database_unavailable' || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[Math.min(round, PAUSES_MS.length - 1)]));
    }
  }
}
