import { singleton } from '@/lib/singleton';
import { findQueue } from '../queues';
import { producerRedis, withRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';

const KEEP_MS = 30_000;
const ENOUGH_HISTORY = 5;
/** Before there is history, jobs are said to take this share of their time limit: 60 s for research. */
const SHARE_OF_LIMIT = 1 / 3;

/**
 * How long a job of this queue runs, in whole seconds: the median of its last completed runs once there are five, a
 * third of its time limit before. Kept for 30 s, so that polls do not ask Redis again.
 * @throws nothing: without Redis the kept or the nominal value is used.
 */
export async function estimateSeconds(queueName: string): Promise<number> {
  const cache = singleton('queue:estimates', () => new Map<string, { seconds: number; until: number }>());
  const kept = cache.get(queueName);
  if (kept && kept.until > Date.now()) return kept.seconds;
  const learned = await learnedSeconds(queueName);
  const seconds = learned ?? kept?.seconds ?? nominalSeconds(queueName);
  cache.set(queueName, { seconds, until: Date.now() + KEEP_MS });
  return seconds;
}

async function learnedSeconds(queueName: string): Promise<number | null> {
  const read = () => producerRedis().lrange(redisKeys.runTimes(queueName), 0, -1);
  // An estimate is a courtesy: without Redis the nominal value serves.
  const runTimes = (await withRedis(read, 200).catch(() => [])).map(Number).sort((a, b) => a - b);
  if (runTimes.length < ENOUGH_HISTORY) return null;
  return Math.max(1, Math.ceil((runTimes[Math.floor(runTimes.length / 2)] ?? 0) / 1000));
}

function nominalSeconds(queueName: string): number {
  return Math.round(((findQueue(queueName)?.timeoutMs ?? 60_000) * SHARE_OF_LIMIT) / 1000);
}
