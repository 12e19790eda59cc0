import type { Redis } from 'ioredis';
import type { BullQueue } from './world';

/** Reads what Bull holds of a queue. Source: the key layout of bull 4.16. @param prefix Bull's own, such as `{oppspot}`. */
export async function readBullQueue(redis: Redis, prefix: string, queue: string): Promise<BullQueue> {
  const key = (list: string) => `${prefix}:${queue}:${list}`;
  const [wait, paused, active, delayed, locked] = await Promise.all([
    redis.lrange(key('wait'), 0, -1),
    redis.lrange(key('paused'), 0, -1),
    redis.lrange(key('active'), 0, -1),
    redis.zrange(key('delayed'), 0, -1),
    lockedJobs(redis, key('')),
  ]);
  return { queue, waiting: [...wait, ...paused], active, delayed, locked };
}

/** Where Bull holds one job: names of its lists and sets, and whether it is locked. */
export async function whereInBull(redis: Redis, prefix: string, queue: string, jobId: string): Promise<string> {
  const key = (list: string) => `${prefix}:${queue}:${list}`;
  const lists = await Promise.all(
    ['wait', 'paused', 'active'].map(async (list) => ((await redis.lpos(key(list), jobId)) === null ? null : list)),
  );
  const sets = await Promise.all(
    ['delayed', 'completed', 'failed'].map(async (set) =>
      (await redis.zscore(key(set), jobId)) === null ? null : set,
    ),
  );
  const places = [...lists, ...sets].filter((place) => place !== null);
  const isLocked = (await redis.exists(`${key(jobId)}:lock`)) === 1;
  const isKnown = (await redis.exists(key(jobId))) === 1;
  return `${isKnown ? places.join(' and ') || 'in no list' : 'not known'}${isLocked ? ', locked' : ''}`;
}

async function lockedJobs(redis: Redis, prefix: string): Promise<string[]> {
  const found: string[] = [];
  const pattern = `${prefix.replace(/[[\]*?\\]/g, '\\$&')}*:lock`;
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', 1_000);
    found.push(...keys.map((key) => key.slice(prefix.length, -':lock'.length)));
    cursor = next;
  } while (cursor !== '0');
  return found;
}
