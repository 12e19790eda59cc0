import type { Queue } from 'bull';
import { type Redis, ReplyError } from 'ioredis';
import { leaseTimes } from '../lease-times';
import { emit } from '../telemetry';
import { blockedTakers } from './free-blocked-takers';
import type { RedisPulse } from './redis-pulse';

/**
 * Puts jobs whose lease has run out back in line: Bull's own check, which looks twice so that a job between the line and
 * its lock is not taken for lost, but without Bull's count of failures, and only while it is still true.
 * KEYS stalled, wait, active, meta-paused, paused, stalled-check. ARGV key prefix of jobs, sent at (ms, Redis' clock),
 * too old ms, interval ms. Returns the ids put back.
 */
const RECOVER = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now - tonumber(ARGV[2]) > tonumber(ARGV[3]) then return {} end
if not redis.call('SET', KEYS[6], now, 'NX', 'PX', ARGV[4]) then return {} end
local target = redis.call('EXISTS', KEYS[4]) == 1 and KEYS[5] or KEYS[2]
local recovered = {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if redis.call('EXISTS', ARGV[1] .. id .. ':lock') == 0 and redis.call('LREM', KEYS[3], 1, id) > 0 then
    redis.call('HINCRBY', ARGV[1] .. id, 'stalledCounter', 1)
    redis.call('RPUSH', target, id)
    recovered[#recovered + 1] = id
  end
end
redis.call('DEL', KEYS[1])
local active = redis.call('LRANGE', KEYS[3], 0, -1)
for from = 1, #active, 5000 do
  redis.call('SADD', KEYS[1], unpack(active, from, math.min(from + 4999, #active)))
end
return recovered
`;

/**
 * Replaces Bull's check for lost jobs in this queue object. Bull's takes every lease that ran out for a lost worker, also
 * when it was Redis that stood still: after a gap every living worker first gets time to renew.
 */
export function recoverOnlyWhenSteady(queue: Queue, redis: Redis, pulse: RedisPulse): void {
  const keys = ['stalled', 'wait', 'active', 'meta-paused', 'paused', 'stalled-check'].map((key) => queue.toKey(key));
  const { checkMs, leaseMs } = leaseTimes();
  const freeBlockedTakers = blockedTakers(queue, redis, { leaseMs, pulse });
  const check = async () => {
    const sentAt = pulse.serverNow();
    if (sentAt === null || !pulse.isSteady()) return;
    // One that Redis reads much later has waited in a socket while leases ran out.
    const args = [queue.toKey(''), Math.round(sentAt), checkMs, Math.round(checkMs)];
    const workers = await freeBlockedTakers();
    if (workers.length > 0) emit({ name: 'worker.silent', queue: queue.name, workers });
    await redis.eval(RECOVER, keys.length, ...keys, ...args);
  };
  // Bull 4.16 calls it every `stalledInterval`; its types do not have it.
  Object.assign(queue, { moveUnlockedJobsToWait: () => check().catch((error) => report(queue.name, error)) });
}

/** What goes wrong on the way to Redis is told by the connection itself, once per outage. */
function report(queue: string, error: unknown): void {
  if (error instanceof ReplyError) emit({ name: 'worker.recovery_failed', queue, error });
}
