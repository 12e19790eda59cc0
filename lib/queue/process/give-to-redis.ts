import { enqueue } from '../enqueue';
import type { LedgerJob } from '../job-ledger';
import { writeStatusOf } from '../status/job-status';
import { emit } from '../telemetry';

/** Jobs whose commands are on their way at the same time: enough to fill the round trip, few enough for others between. */
const AT_ONCE = 50;

type Given = { added: LedgerJob[]; known: LedgerJob[] };

/**
 * Tells Redis of recorded jobs. One that is just changing hands is in neither answer and comes again with the next sweep.
 * @throws AppError `redis_unavailable`; what was told by then is told again.
 */
export async function giveToRedis(jobs: readonly LedgerJob[]): Promise<Given> {
  const given: Given = { added: [], known: [] };
  for (let from = 0; from < jobs.length; from += AT_ONCE) {
    const group = jobs.slice(from, from + AT_ONCE);
    const outcomes = await Promise.all(group.map(giveOne));
    for (const [index, job] of group.entries()) {
      const outcome = outcomes[index];
      if (outcome === 'added') given.added.push(job);
      if (outcome === 'known') given.known.push(job);
    }
  }
  return given;
}

async function giveOne(job: LedgerJob) {
  // Before the job itself: see `tellRedis`.
  await writeStatusOf(job, { joinsLine: job.state === 'queued' });
  const outcome = await enqueue(job);
  if (outcome === 'added') {
    const name = job.state === 'active' ? 'job.adopted' : 'job.dispatched';
    emit({ name, queue: job.queue, jobId: job.id });
  }
  return outcome;
}
