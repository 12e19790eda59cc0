import { config } from '@/lib/config';
import { BATCH_PRIORITY } from '@/lib/queue/bull-options';
import { QUEUES } from '@/lib/queue/queues';
import { MAX_BATCH_COMPANIES } from '@/types/batches';
import { tendBatch } from './batch-ledger';

const LIMITS = {
  /** A batch with enough to do is counted and filled about so often. */
  every_ms: 900,
  /** Jobs of a batch that have not ended, at most: what the ledger's lists and Redis ever see of it. */
  open: 500,
  /** Companies that one step of a filter looks at. */
  collect: 5_000,
  companies: MAX_BATCH_COMPANIES,
  /** Items that one step cancels or makes ready again. */
  turn: 2_500,
};
/** Of one round, so that the caller can do something else in between. */
const MOST_STEPS = 100;
/** Between two steps of batches that are in a hurry: at least so long, and as long as the step took, for others' sake. */
const SHORTEST_PAUSE_MS = 20;

/**
 * Carries every batch that is due one step further. Any number of processes may do this at once, and stop anywhere.
 * @returns whether there are held jobs now.
 * @throws AppError `database_unavailable`
 */
export async function feedBatches(goOn: () => boolean = () => true): Promise<boolean> {
  const queues = queueSettings();
  let jobs = false;
  for (let step = 0; step < MOST_STEPS && goOn(); step++) {
    const startedAt = performance.now();
    const done = await tendBatch(queues, LIMITS);
    const tookMs = performance.now() - startedAt;
    jobs ||= done.jobs;
    if (done.id === null) break;
    if (done.hurry) await new Promise((resolve) => setTimeout(resolve, Math.max(SHORTEST_PAUSE_MS, tookMs)));
  }
  return jobs;
}

/** What `tend_batch` needs to know of each queue. */
function queueSettings(): Record<string, unknown> {
  const { researchMonthlyLimit } = config().quota;
  return Object.fromEntries(
    QUEUES.map((queue) => [
      queue.name,
      {
        max_attempts: queue.attempts,
        priority: BATCH_PRIORITY,
        fresh_for_seconds: queue.freshForSeconds,
        creates_report: queue.createsReport,
        uses_quota: queue.usesQuota,
        monthly_limit: researchMonthlyLimit,
        id_member: queue.companyMembers.id,
        name_member: queue.companyMembers.name,
      },
    ]),
  );
}
