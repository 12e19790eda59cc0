import { feedBatches } from '@/lib/batches/feed-batches';
import { toAppError } from '@/lib/errors';
import type { QueueEvent } from '../job-events';
import { closeRedis, openRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';
import { emit, onQueueEvent } from '../telemetry';
import { heldJobs } from './held-jobs';
import { releaseHeld } from './release-held';

/** Attempts end in crowds: those within this time are answered by one look at the ledger. */
const GATHER_MS = 5;
/** How fresh the counts of a batch are. */
const FEED_INTERVAL_MS = 1_000;
/** A net for a slot that became free in a process that did not know of held jobs. */
const RELEASE_INTERVAL_MS = 2_000;
const FREES_A_SLOT = new Set<QueueEvent['name']>([
  'job.succeeded',
  'job.retrying',
  'job.failed',
  'job.cancelled',
  'job.lease_lost',
]);

/**
 * Lets held jobs in right after a slot became free here, and when another process says that it has just held one; and
 * carries batches on, from any process. Whatever is missed is made up for within two seconds.
 * @returns a function that stops it.
 */
export function startWindowFeeder(): () => void {
  let stopped = false;
  const release = gathered(releaseHeld);
  const feed = gathered(async () => {
    if (await feedBatches(() => !stopped)) release.soon();
  });
  const unsubscribe = onQueueEvent(({ name }) => {
    if (heldJobs().known && FREES_A_SLOT.has(name)) release.soon();
  });
  const timers = [setInterval(feed.soon, FEED_INTERVAL_MS), setInterval(release.soon, RELEASE_INTERVAL_MS)];
  const subscriber = openRedis('blocking', 'worker:held');
  subscriber.on('message', () => {
    release.soon();
    feed.soon();
  });
  subscriber.subscribe(redisKeys.held()).catch(() => undefined);
  return () => {
    stopped = true;
    unsubscribe();
    for (const timer of timers) clearInterval(timer);
    release.stop();
    feed.stop();
    void closeRedis(subscriber);
  };
}

/** Runs a task a moment after it was asked for, never two at a time; what is asked meanwhile is one further run. */
function gathered(task: () => Promise<unknown>): { soon(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  let running = false;
  let again = false;
  let stopped = false;
  const run = async () => {
    timer = null;
    running = true;
    await task().catch(report);
    running = false;
    if (again) soon();
  };
  const soon = () => {
    if (stopped || timer) return;
    again = running;
    if (!running) timer = setTimeout(() => void run(), GATHER_MS);
  };
  const stop = () => {
    stopped = true;
    if (timer) clearTimeout(timer);
  };
  return { soon, stop };
}

function report(error: unknown): void {
  // Told by the connection itself, once per outage.
  if (toAppError(error).code !== 'redis_unavailable') emit({ name: 'dispatcher.error', error });
}
