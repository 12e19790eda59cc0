import { singleton } from '@/lib/singleton';
import { findQueue } from '../queues';
import { producerRedis, withRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';

const KEEP_MS = 30_000;
const ENOUGH_HISTORY = 5;
/** Before there is history, jobs are said to take this share of their time limit: 60 s for research. */
const SHARE_OF_LIMIT = 1 / 3;

type Kept = { seconds: number | null; until: number };

/** What to expect of a new job, in whole seconds: as learned, or a third of its time limit before there is history. */
export async function estimateSeconds(queueName: string): Promise<number> {
  return (await learnedSeconds(queueName)) ?? nominalSeconds(queueName);
}

/**
 * How long jobs of this queue run, in whole seconds: the median of the last completed runs. Kept for 30 s, so that polls
 * do not ask Redis again.
 * @returns null with fewer than five runs to learn from. Throws nothing: without Redis the kept value is used.
 */
export async function learnedSeconds(queueName: string): Promise<number | null> {
  const kept = estimates().get(queueName);
  if (kept && kept.until > Date.now()) return kept.seconds;
  const read = () => producerRedis().lrange(redisKeys.runTimes(queueName), 0, -1);
  // An estimate is a courtesy: nothing fails for want of it.
  const runTimes = await withRedis(read, 200).catch(() => null);
  const seconds = runTimes === null ? (kept?.seconds ?? null) : medianSeconds(runTimes.map(Number));
  estimates().set(queueName, { seconds, until: Date.now() + KEEP_MS });
  return seconds;
}

/** As `learnedSeconds`, without waiting: what is known now; what is old is asked for again meanwhile. */
export function peekLearnedSeconds(queueName: string): number | null {
  const kept = estimates().get(queueName);
  if (!kept || kept.until < Date.now()) void learnedSeconds(queueName);
  return kept?.seconds ?? null;
}

function estimates(): Map<string, Kept> {
  return singleton('queue:estimates', () => new Map<string, Kept>());
}

function medianSeconds(runTimesMs: number[]): number | null {
  if (runTimesMs.length < ENOUGH_HISTORY) return null;
  const sorted = runTimesMs.sort((a, b) => a - b);
  return Math.max(1, Math.ceil((sorted[Math.floor(sorted.length / 2)] ?? 0) / 1_000));
}

function nominalSeconds(queueName: string): number {
  return Math.round(((findQueue(queueName)?.timeoutMs ?? 60_000) * SHARE_OF_LIMIT) / 1_000);
}
