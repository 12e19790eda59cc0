import { toAppError } from '@/lib/errors';
import { type Actor, cancelJob } from '../cancel-job';
import { producerQueue } from '../queue-manager';
import { findQueue } from '../queues';
import { producerRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';
import { retryJob } from '../retry-job';

const LANES = 8;
const MOST_JOBS = 5_000;

type Command = (actor: Actor, queue: string, last: string) => Promise<Response | 'go on'>;

/**
 * Commands of the dashboard that the ledger has to know of, by method and path. Bull alone would run a job again that
 * the ledger has ended, or forget one that the dispatcher then brings back. All others go on to the dashboard.
 */
const COMMANDS: readonly { method: string; path: RegExp; command: Command }[] = [
  { method: 'PUT', path: /^\/api\/queues\/([^/]+)\/retry\/(failed)$/, command: retryFailed },
  { method: 'PUT', path: /^\/api\/queues\/([^/]+)\/clean\/(wait|waiting|delayed|paused)$/, command: cancelWaiting },
  { method: 'PUT', path: /^\/api\/queues\/([^/]+)\/(empty)$/, command: cancelWaiting },
  { method: 'PUT', path: /^\/api\/queues\/([^/]+)\/(obliterate)$/, command: refuse('Clean the queue instead.') },
  {
    method: 'POST',
    path: /^\/api\/queues\/([^/]+)\/(add)$/,
    command: refuse('Start jobs in oppSpot, where they are recorded.'),
  },
  {
    method: 'PATCH',
    path: /^\/api\/queues\/([^/]+)\/([^/]+)\/update-data$/,
    command: refuse('A job runs what was recorded when it was started.'),
  },
  { method: 'PUT', path: /^\/api\/queues\/([^/]+)\/([^/]+)\/retry$/, command: retryOne },
  { method: 'PUT', path: /^\/api\/queues\/([^/]+)\/([^/]+)\/clean$/, command: cancelOne },
];

/**
 * @param path below the dashboard's own, as in the request.
 * @returns null when the dashboard itself answers.
 */
export async function runBoardCommand(method: string, path: string, actor: Actor): Promise<Response | null> {
  for (const candidate of COMMANDS) {
    const match = candidate.method === method ? candidate.path.exec(path) : null;
    const queue = findQueue(decodeURIComponent(match?.[1] ?? ''));
    if (!match || !queue) continue;
    const answer = await candidate.command(actor, queue.name, decodeURIComponent(match[2] ?? ''));
    return answer === 'go on' ? null : answer;
  }
  return null;
}

async function retryOne(actor: Actor, _queue: string, jobId: string): Promise<Response> {
  const { outcome } = await retryJob(jobId, actor);
  if (outcome === 'queued') return new Response(null, { status: 204 });
  const reason =
    outcome === 'not_found' ? 'The ledger does not know this job.' : 'Only failed or cancelled jobs can be retried.';
  return problem(outcome === 'not_found' ? 404 : 400, reason);
}

async function retryFailed(actor: Actor, queue: string): Promise<Response> {
  const jobIds = await producerRedis().zrange(producerQueue(queue).toKey('failed'), 0, MOST_JOBS - 1);
  let retried = 0;
  await inLanes(jobIds, async (jobId) => {
    // One that may not run again, for want of quota or because another runs, does not stop the others.
    const outcome = await retryJob(jobId, actor).then(
      (retry) => retry.outcome,
      (error) => toAppError(error).code,
    );
    if (outcome === 'queued') retried += 1;
  });
  return Response.json({ retried, skipped: jobIds.length - retried });
}

/** Removing a job that has not ended means that it must not run. */
async function cancelOne(actor: Actor, queue: string, jobId: string): Promise<Response | 'go on'> {
  const { outcome } = await cancelJob(jobId, actor);
  if (outcome === 'cancelling') return new Response(null, { status: 204 });
  const isGone = (await producerQueue(queue).getJob(jobId)) === null;
  return isGone && outcome === 'cancelled' ? new Response(null, { status: 204 }) : 'go on';
}

async function cancelWaiting(actor: Actor, queue: string, which: string): Promise<'go on'> {
  const bull = producerQueue(queue);
  const range = (list: string) => producerRedis().lrange(bull.toKey(list), 0, MOST_JOBS - 1);
  const isDelayed = which === 'delayed' || which === 'empty';
  const jobIds = [
    ...(which === 'delayed' ? [] : [...(await range('wait')), ...(await range('paused'))]),
    ...(isDelayed ? await producerRedis().zrange(bull.toKey('delayed'), 0, MOST_JOBS - 1) : []),
  ];
  await inLanes(jobIds, async (jobId) => void (await cancelJob(jobId, actor)));
  // What is removed beyond that is not cancelled: the dispatcher brings it back at its next sweep.
  await producerRedis().del(redisKeys.loaded());
  return 'go on';
}

function refuse(reason: string): Command {
  return async () => problem(405, `This cannot be done from the dashboard. ${reason}`);
}

/** The form in which the dashboard shows errors. */
function problem(status: number, message: string): Response {
  return Response.json({ error: message, message }, { status });
}

async function inLanes(jobIds: readonly string[], work: (jobId: string) => Promise<void>): Promise<void> {
  const remaining = jobIds.values();
  const lane = async () => {
    for (const jobId of remaining) await work(jobId);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
