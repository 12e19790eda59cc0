import { producerRedis, withRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';

const MINUTES = 5;
/** A full queue has room again for those who come back when this share of it has ended. */
const SHARE = 0.01;
const LEAST_SECONDS = 1;
const MOST_SECONDS = 600;
/** Where nothing has ended lately, or nobody can say. */
const UNKNOWN_SECONDS = 60;

/**
 * How long a full queue takes to make room, in whole seconds, at the rate at which its jobs ended lately.
 * @param limit the number of waiting jobs at which it counts as full.
 */
export async function secondsUntilRoom(queueName: string, limit: number, now = Date.now()): Promise<number> {
  const perSecond = await endedPerSecond(queueName, now).catch(() => 0);
  if (perSecond === 0) return UNKNOWN_SECONDS;
  const seconds = Math.ceil(Math.max(1, limit * SHARE) / perSecond);
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, seconds));
}

async function endedPerSecond(queueName: string, now: number): Promise<number> {
  const minute = Math.floor(now / 60_000);
  const replies = await withRedis(async () => {
    const pipeline = producerRedis().pipeline();
    for (let back = 0; back < MINUTES; back += 1) pipeline.hvals(redisKeys.minute(queueName, minute - back));
    return (await pipeline.exec()) ?? [];
  }, 200);
  const ended = replies.flatMap(([, counts]) => (Array.isArray(counts) ? counts.map(Number) : []));
  // The current minute counts for as much of it as has passed.
  const seconds = (MINUTES - 1) * 60 + (now % 60_000) / 1_000;
  return ended.reduce((sum, count) => sum + count, 0) / seconds;
}
