import type { Queue } from 'bull';
import type { Redis } from 'ioredis';
import { renewConnections } from '../connection-keeper';
import { closeRedis, openRedis } from '../redis-client';
import { emit } from '../telemetry';
import type { BeatingJob } from './heartbeat';

const LOOK_EVERY_MS = 1_000;

type Watched = {
  id: string;
  queues: Map<string, { queue: Queue; concurrency: number }>;
  held: Map<string, BeatingJob>;
};

/** The job that is next in a line, and since when nobody has taken it although a slot is free here. */
type Line = { next: string | null; since: number; renewed: boolean };

/**
 * Watches the lines from a connection of its own. A job that nobody takes for `patienceMs` although this process has
 * nothing to do for its queue means that something here no longer works: the connections are opened anew, and if that
 * does not help within the same time, the process has to go.
 * @param onStuck ends the process; somebody else starts it again.
 * @returns a function that stops it.
 */
export function startWatchdog(worker: Watched, onStuck: () => void, patienceMs = 10_000): () => void {
  const redis = openRedis('failFast', 'worker:watchdog');
  const lines = new Map<string, Line>();
  let busy = false;
  let lookedAt = Date.now();
  const look = async () => {
    if (busy) return;
    busy = true;
    const now = Date.now();
    // This process stood still, not the line.
    if (now - lookedAt > 5 * LOOK_EVERY_MS) lines.clear();
    lookedAt = now;
    try {
      for (const [name, line] of await readLines(redis, worker)) check(name, line.next, line.isIdle);
    } catch {
      // Redis is away or hangs: nothing can be said about the lines.
      lines.clear();
    } finally {
      busy = false;
    }
  };
  const check = (name: string, next: string | null, isIdle: boolean) => {
    const line = lines.get(name);
    if (next === null || !isIdle || line?.next !== next) {
      lines.set(name, { next: isIdle ? next : null, since: Date.now(), renewed: false });
      return;
    }
    const waitedMs = Date.now() - line.since;
    if (waitedMs < patienceMs) return;
    emit({ name: line.renewed ? 'worker.stuck' : 'worker.reconnecting', worker: worker.id, queue: name, waitedMs });
    if (line.renewed) onStuck();
    else renewConnections('jobs wait and none is taken');
    lines.set(name, { next, since: Date.now(), renewed: true });
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    void closeRedis(redis);
  };
}

/** Of every queue: the job that is taken next, and whether this process has a free slot for it. A paused line is empty. */
async function readLines(redis: Redis, { queues, held }: Watched) {
  const pipeline = redis.pipeline();
  for (const { queue } of queues.values()) pipeline.lindex(queue.toKey('wait'), -1);
  const replies = (await pipeline.exec()) ?? [];
  return Promise.all(
    [...queues].map(async ([name, { queue, concurrency }], index) => {
      const [error, next] = replies[index] ?? [];
      if (error) throw error;
      const running = [...held.values()].filter(({ stalledKey }) => stalledKey === queue.toKey('stalled')).length;
      const isIdle = running < concurrency && !(await queue.isPaused(true));
      return [name, { next: typeof next === 'string' ? next : null, isIdle }] as const;
    }),
  );
}
