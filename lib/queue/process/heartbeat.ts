import type { Redis } from 'ioredis';
import { AppError } from '@/lib/errors';
import { activeAttempts } from '../attempt/active-attempts';
import { LOCK_DURATION_MS } from '../bull-options';
import { redisKeys } from '../redis-keys';

/** Shorter than the check for silent jobs, so that a beat always lies between two checks. */
export const BEAT_INTERVAL_MS = 1_000;

/**
 * One beat of one running job: shows it is alive, and holds Bull's lock. Bull stops renewing after one failed attempt
 * and says nothing; here a lock that ran out is taken again, and one that somebody else holds ends the attempt.
 * KEYS record, lock, stalled set, cancel flag. ARGV now (JSON), lock token, lock ms, job id.
 * Returns {0 or 1 lost, 0 or 1 cancelled}.
 */
const BEAT = `
local state = redis.call('HGET', KEYS[1], 'state')
-- A record that Redis has lost: the sign of life alone, until the job's next news makes it whole.
if not state or state == 'active' then redis.call('HSET', KEYS[1], 'heartbeat_at', ARGV[1]) end
if not state then redis.call('PEXPIRE', KEYS[1], 60000) end
local holder = redis.call('GET', KEYS[2])
local lost = 0
if holder and holder ~= ARGV[2] then
  lost = 1
else
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
  redis.call('SREM', KEYS[3], ARGV[4])
end
return {lost, redis.call('EXISTS', KEYS[4])}
`;

export type BeatingJob = { jobId: string; lockKey: string; stalledKey: string; lockToken: string };

/** Sends one beat for each job, all in one round trip, and stops those that were lost or cancelled. */
export async function beat(redis: Redis, jobs: readonly BeatingJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const now = JSON.stringify(new Date().toISOString());
  const pipeline = redis.pipeline();
  for (const { jobId, lockKey, stalledKey, lockToken } of jobs) {
    const keys = [redisKeys.job(jobId), lockKey, stalledKey, redisKeys.cancel(jobId)];
    pipeline.eval(BEAT, keys.length, ...keys, now, lockToken, LOCK_DURATION_MS, jobId);
  }
  const replies = (await pipeline.exec()) ?? [];
  for (const [index, [error, reply]] of replies.entries()) {
    const job = jobs[index];
    if (error || !job || !Array.isArray(reply)) continue;
    const attempt = activeAttempts().get(job.jobId);
    if (reply[0] === 1) attempt?.abort(new AppError('lease_lost'));
    else if (reply[1] === 1) attempt?.abort(new AppError('cancelled'));
  }
}
