import type { Redis } from 'ioredis';
import { emit } from '../telemetry';
import { readRedisState, redisProblems, redisRemarks } from './redis-policy';
import { type ServedQueue, takeNoMore } from './take-no-more';

const LOOK_EVERY_MS = 5_000;

type Guarded = { client: Redis; queues: Map<string, ServedQueue>; stopping: boolean };

/**
 * Keeps looking whether jobs are safe in Redis: a failover can lead to one that evicts, and somebody may change the
 * setting. While they are not, this process takes no jobs; running ones go on, and it goes on by itself once corrected.
 * @returns a function that stops it.
 */
export function startRedisGuard(worker: Guarded): () => void {
  const { client, queues } = worker;
  let problems: string[] = [];
  let remarks = '';
  let busy = false;
  const look = async () => {
    if (busy) return;
    busy = true;
    try {
      const state = await readRedisState(client);
      remarks = tell(redisRemarks(state), remarks);
      const found = redisProblems(state);
      if (found.join() !== problems.join()) {
        emit(found.length > 0 ? { name: 'redis.unsafe', problems: found } : { name: 'redis.safe' });
      }
      problems = found;
      for (const served of worker.stopping ? [] : queues.values()) await obey(served, problems.length === 0);
    } catch {
      // Redis is away: told by the connection itself.
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  client.on('ready', look);
  void look();
  return () => {
    clearInterval(timer);
    client.off('ready', look);
  };
}

/** Only this process: what is wrong with Redis is not stored in it. */
async function obey(served: ServedQueue, mayTake: boolean): Promise<void> {
  const isPaused = await served.queue.isPaused(true);
  if (mayTake && isPaused) await served.queue.resume(true);
  if (!mayTake && !isPaused) await takeNoMore(served);
}

function tell(remarks: string[], told: string): string {
  const text = remarks.join(' ');
  if (text !== '' && text !== told) emit({ name: 'redis.not_persistent', fix: text });
  return text;
}
