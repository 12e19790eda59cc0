import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisKeys } from '../redis-keys';

/**
 * What a dispatcher left in Redis about having told it everything. It is gone with everything else when Redis is wiped,
 * and names another server when Redis was started again, be it with an old snapshot.
 */
export type RedisMemory = {
  /** Drawn anew whenever Redis has forgotten the one before. */
  epoch: string;
  /** Whether Redis was told everything since it was last wiped or started. */
  isComplete: boolean;
  serverId: string;
};

/** KEYS note. ARGV new epoch. Returns {epoch, id of the server that was told everything}. */
const READ = `
redis.call('HSETNX', KEYS[1], 'epoch', ARGV[1])
return redis.call('HMGET', KEYS[1], 'epoch', 'complete')
`;

/** Everything was told in this epoch: nothing if Redis has forgotten meanwhile. KEYS note. ARGV epoch, server id. */
const COMPLETE = `
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'complete', ARGV[2])
return 1
`;

export async function readRedisMemory(redis: Redis): Promise<RedisMemory> {
  const [info, note] = await Promise.all([redis.info('server'), redis.eval(READ, 1, redisKeys.loaded(), randomUUID())]);
  const [epoch, complete] = Array.isArray(note) ? note : [];
  const serverId = /^run_id:(\w+)/m.exec(info)?.[1] ?? 'unknown';
  return { epoch: String(epoch), isComplete: complete === serverId, serverId };
}

/** @returns whether Redis still knows the epoch, so that nothing told since then is lost. */
export async function noteComplete(redis: Redis, { epoch, serverId }: RedisMemory): Promise<boolean> {
  return (await redis.eval(COMPLETE, 1, redisKeys.loaded(), epoch, serverId)) === 1;
}
