import { enqueue, toBullJob } from '../enqueue';
import type { LedgerJob } from '../job-ledger';
import { producerQueue } from '../queue-manager';
import { producerRedis, withRedis } from '../redis-client';
import { updateFromLedger } from '../status/job-status';
import { writeStatusRecords } from '../status/status-record';
import { emit } from '../telemetry';

/** Jobs that go together: enough to fill a round trip, few enough that heartbeats and others come in between. */
const AT_ONCE = 100;
const LIMIT_MS = 1_500;

type Given = { added: LedgerJob[]; known: LedgerJob[] };

/**
 * Tells Redis of recorded jobs, those of which it knows nothing in bulk. One that is just changing hands is in neither
 * answer and comes again with the next sweep.
 * @throws AppError `redis_unavailable`; what was told by then is told again.
 */
export async function giveToRedis(jobs: readonly LedgerJob[]): Promise<Given> {
  const given: Given = { added: [], known: [] };
  for (let from = 0; from < jobs.length; from += AT_ONCE) await giveGroup(jobs.slice(from, from + AT_ONCE), given);
  for (const { queue, id, state } of given.added) {
    emit({ name: state === 'active' ? 'job.adopted' : 'job.dispatched', queue, jobId: id });
  }
  return given;
}

async function giveGroup(group: readonly LedgerJob[], given: Given): Promise<void> {
  // Before the jobs themselves: see `tellRedis`.
  const news = group.map((job) => ({ ...updateFromLedger(job), joinsLine: job.state === 'queued' }));
  await withRedis(() => writeStatusRecords(producerRedis(), news), LIMIT_MS);
  const isNew = await areUnknown(group);
  const added = await addAll(group.filter((_, index) => isNew[index]));
  given.added.push(...added);
  const rest = group.filter((job) => !added.includes(job));
  const outcomes = await Promise.all(rest.map(enqueue));
  for (const [index, job] of rest.entries()) {
    if (outcomes[index] === 'added') given.added.push(job);
    if (outcomes[index] === 'known') given.known.push(job);
  }
}

/** Neither entry nor lock: Redis has never heard of the job, or has forgotten it together with whoever ran it. */
function areUnknown(jobs: readonly LedgerJob[]): Promise<boolean[]> {
  return withRedis(async () => {
    const pipeline = producerRedis().pipeline();
    for (const { queue, id } of jobs) {
      const key = producerQueue(queue).toKey(id);
      pipeline.exists(key, `${key}:lock`);
    }
    return ((await pipeline.exec()) ?? []).map(([error, count]) => !error && count === 0);
  }, LIMIT_MS);
}

/** @returns those that Bull has taken for certain. */
async function addAll(jobs: readonly LedgerJob[]): Promise<LedgerJob[]> {
  const added: LedgerJob[] = [];
  for (const name of new Set(jobs.map(({ queue }) => queue))) {
    const ofQueue = jobs.filter(({ queue }) => queue === name);
    const queue = producerQueue(name);
    const entries = await withRedis(async () => {
      const waiting = await queue.client.llen(queue.toKey('wait'));
      return queue.addBulk(ofQueue.map((job) => toBullJob(job, waiting)));
    }, LIMIT_MS);
    // Bull 4.16 says nothing of an entry that Redis refused; it only has no id then.
    added.push(...ofQueue.filter(({ id }, index) => entries[index]?.id === id));
  }
  return added;
}
