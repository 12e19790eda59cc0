import { singleton } from '@/lib/singleton';
import { producerRedis, withRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';
import type { Decision } from './decide-outcome';

/** Retries of one queue that may start in one second: what fails together must not come back together. */
export const RETRIES_PER_SECOND = 30;
/** Of this process while Redis does not answer; others do the same, so it is a share. */
const LOCAL_RETRIES_PER_SECOND = 10;

/**
 * Takes a place in the first second, from a wanted one on, in which places are left. A hash holds for every second how
 * many are taken, or, once it is full, minus the second to look at next: so a crowd that wants the same second does not
 * walk through all full ones each time. KEYS hash. ARGV wanted second, current second, places per second.
 */
const TAKE_PLACE = `
local wanted, now, places = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local at = wanted
local taken = tonumber(redis.call('HGET', KEYS[1], at) or '0')
while taken < 0 do
  at = -taken
  taken = tonumber(redis.call('HGET', KEYS[1], at) or '0')
end
taken = taken + 1
redis.call('HSET', KEYS[1], at, taken < places and taken or -(at + 1))
if at > wanted then redis.call('HSET', KEYS[1], wanted, -at) end
local swept = tonumber(redis.call('HGET', KEYS[1], 'swept') or now)
local to = math.min(now, swept + 500)
for second = swept, to - 1 do redis.call('HDEL', KEYS[1], second) end
redis.call('HSET', KEYS[1], 'swept', to)
local ttl = at - now + 60
if redis.call('TTL', KEYS[1]) < ttl then redis.call('EXPIRE', KEYS[1], ttl) end
return at
`;

/**
 * Moves a retry to a second of its queue in which few others start. A lone failure keeps its time; a thousand that fail
 * together are spread over more than half a minute (decision 022).
 */
export async function paceRetry(decision: Decision, queue: string, now = Date.now()): Promise<Decision> {
  if (decision.outcome !== 'retry') return decision;
  const wanted = Math.floor((now + decision.delayMs) / 1_000);
  const second = await takePlace(queue, wanted, Math.floor(now / 1_000));
  if (second === wanted) return decision;
  return { ...decision, delayMs: Math.round(second * 1_000 + Math.random() * 999 - now) };
}

async function takePlace(queue: string, wanted: number, now: number): Promise<number> {
  try {
    return await withRedis(async () =>
      Number(await producerRedis().eval(TAKE_PLACE, 1, redisKeys.retries(queue), wanted, now, RETRIES_PER_SECOND)),
    );
  } catch {
    // Pacing is a courtesy: without Redis this process keeps to its share.
    return takeLocalPlace(queue, wanted, now);
  }
}

function takeLocalPlace(queue: string, wanted: number, now: number): number {
  const places = singleton(`queue:retries:${queue}`, () => new Map<number, number>());
  for (const second of places.keys()) if (second < now) places.delete(second);
  let second = wanted;
  while ((places.get(second) ?? 0) >= LOCAL_RETRIES_PER_SECOND) second += 1;
  places.set(second, (places.get(second) ?? 0) + 1);
  return second;
}
