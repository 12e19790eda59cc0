import type { Redis } from 'ioredis';
import { z } from 'zod';
import { redisKeys } from '../redis-keys';

/** A worker that has not been heard of for this long is gone. */
const SILENT_MS = 10_000;
const FORGET_SECONDS = 60;

const workerSchema = z.object({
  id: z.string(),
  pid: z.int(),
  host: z.string(),
  queues: z.array(z.object({ name: z.string(), concurrency: z.int() })),
  /** Jobs it runs now. */
  active: z.int(),
  started_at: z.string(),
  /** Last sign of life, ms since the epoch by Redis' clock, which all workers share. */
  beat: z.number(),
});
export type WorkerRecord = z.infer<typeof workerSchema>;

/** Shows that a worker is alive; the whole hash expires when no worker is left. */
export async function recordWorker(redis: Redis, worker: WorkerRecord): Promise<void> {
  const news = redis
    .multi()
    .hset(redisKeys.workers(), worker.id, JSON.stringify(worker))
    .expire(redisKeys.workers(), FORGET_SECONDS);
  // What a status read asks: one key of its queue, whatever the number of workers.
  for (const { name } of worker.queues) news.set(redisKeys.served(name), '1', 'PX', SILENT_MS);
  await news.exec();
}

export async function forgetWorker(redis: Redis, id: string): Promise<void> {
  await redis.hdel(redisKeys.workers(), id);
}

/** The last beat of every registered worker, dead ones too, by id. */
export async function readBeats(redis: Redis): Promise<Map<string, number>> {
  const records = Object.entries(await redis.hgetall(redisKeys.workers()));
  return new Map(records.map(([id, json]) => [id, workerSchema.safeParse(JSON.parse(json)).data?.beat ?? 0]));
}

/** The workers that are alive, oldest first; records of dead ones are removed on the way. */
export async function listWorkers(redis: Redis, now = Date.now()): Promise<WorkerRecord[]> {
  const records = Object.entries(await redis.hgetall(redisKeys.workers()));
  const workers = records.map(([id, json]) => workerSchema.safeParse(JSON.parse(json)).data ?? { id, beat: 0 });
  const dead = workers.filter(({ beat }) => now - beat > FORGET_SECONDS * 1_000);
  if (dead.length > 0) await redis.hdel(redisKeys.workers(), ...dead.map(({ id }) => id));
  return workers
    .filter((worker): worker is WorkerRecord => 'pid' in worker && now - worker.beat <= SILENT_MS)
    .sort((a, b) => a.started_at.localeCompare(b.started_at));
}
