import { Redis } from 'ioredis';

const COMMAND_LIMIT_MS = 10_000;

/**
 * Works with Redis over a connection of its own: one that is kept may never answer again after Redis has died under it.
 * @throws Error when there is no answer in time.
 */
export async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: 3, commandTimeout: COMMAND_LIMIT_MS });
  redis.on('error', () => undefined);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
