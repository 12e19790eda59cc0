import { AppError, toAppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';
import { type FinishItem, type FinishResult, finishJobs } from '../job-ledger';

type Waiting = { item: FinishItem; resolve(result: FinishResult): void; reject(error: unknown): void };
type Committer = { waiting: Waiting[]; busy: boolean };

const GROUP_SIZE = 100;
/** A database that restarts is back long before; the job's lease is renewed meanwhile. */
const PATIENCE_MS = 30_000;
const PAUSES_MS = [200, 500, 1_000, 2_000];

/**
 * Ends an attempt in the ledger. Attempts that end while a call is on its way go together in the next one, so that a
 * thousand small jobs do not cost a thousand round trips and a single one does not wait.
 * @throws AppError `database_unavailable` when the database stays away for half a minute.
 */
export function finishAttempt(item: FinishItem): Promise<FinishResult> {
  const committer = singleton<Committer>('queue:committer', () => ({ waiting: [], busy: false }));
  return new Promise((resolve, reject) => {
    committer.waiting.push({ item, resolve, reject });
    if (!committer.busy) void commitAll(committer);
  });
}

async function commitAll(committer: Committer): Promise<void> {
  committer.busy = true;
  while (committer.waiting.length > 0) await commitGroup(committer.waiting.splice(0, GROUP_SIZE));
  committer.busy = false;
}

async function commitGroup(group: Waiting[]): Promise<void> {
  try {
    const results = await finishPatiently(group.map(({ item }) => item));
    const byJob = new Map(results.map((result) => [result.job_id, result]));
    for (const { item, resolve, reject } of group) {
      const result = byJob.get(item.job_id);
      if (result) resolve(result);
      else reject(new AppError('internal', { cause: new Error(`finish_jobs left out ${item.job_id}`) }));
    }
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
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
