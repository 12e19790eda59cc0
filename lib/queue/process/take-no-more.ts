import type { Queue } from 'bull';
import type { Redis } from 'ioredis';

/** @param blocking the connection on which the queue waits for jobs; null before it does. */
export type ServedQueue = { queue: Queue; blocking: Redis | null };

/**
 * Pauses a queue in this process. Bull 4.16 asks its blocked connection to end and cuts it half a second later, taking
 * jobs meanwhile; here it is cut at once, also when Redis hangs.
 */
export async function takeNoMore({ queue, blocking }: ServedQueue): Promise<void> {
  const paused = queue.pause(true, true);
  if (blocking) {
    blocking.disconnect();
    blocking.stream?.destroy();
  }
  await paused;
}
