import type { Redis } from 'ioredis';
import { AppError } from '@/lib/errors';
import { activeAttempts } from '../attempt/active-attempts';
import { leaseTimes } from '../lease-times';
import { redisKeys } from '../redis-keys';
import type { RedisPulse } from './redis-pulse';

/**
 * One beat of one running job: shows it is alive, and holds Bull's lock. Bull stops renewing after one failed attempt
 * and says nothing; here a lock that ran out is taken again, and one that somebody else holds ends the attempt. So does
 * a job that somebody else has ended meanwhile: its record is newer than anything written here, though perhaps told only
 * after the lock that was set free with it was taken here again.
 * KEYS record, lock, stalled set, cancel flag. ARGV now (JSON), lock token, lock ms, job id, version of the attempt.
 * Returns {0 or 1 lost, 0 or 1 cancelled}.
 */
const BEAT = `
local state, version = unpack(redis.call('HMGET', KEYS[1], 'state', 'version'))
local holder = redis.call('GET', KEYS[2])
local ended = state == 'completed' or state == 'failed' or state == 'cancelled'
local isOver = ended and tonumber(version or '0') > tonumber(ARGV[5])
if isOver and holder == ARGV[2] then redis.call('DEL', KEYS[2]) end
if isOver or (holder and holder ~= ARGV[2]) then return {1, 0} end
-- A record that Redis has lost: the sign of life alone, until the job's next news makes it whole.
if not state or state == 'active' then redis.call('HSET', KEYS[1], 'heartbeat_at', ARGV[1]) end
if not state then redis.call('PEXPIRE', KEYS[1], 60000) end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
redis.call('SREM', KEYS[3], ARGV[4])
return {0, redis.call('EXISTS', KEYS[4])}
`;

/** Before an attempt knows its version nothing counts as newer. */
const NOT_STARTED = Number.MAX_SAFE_INTEGER;

export type BeatingJob = { jobId: string; lockKey: string; stalledKey: string; lockToken: string };

/** Sends one beat for each job, all in one round trip, and stops those that were lost or cancelled. */
export async function beat(redis: Redis, pulse: RedisPulse, jobs: readonly BeatingJob[]): Promise<void> {
  const now = JSON.stringify(new Date().toISOString());
  const { leaseMs } = leaseTimes();
  const pipeline = redis.pipeline().time();
  for (const { jobId, lockKey, stalledKey, lockToken } of jobs) {
    const keys = [redisKeys.job(jobId), lockKey, stalledKey, redisKeys.cancel(jobId)];
    const version = activeAttempts().get(jobId)?.version ?? NOT_STARTED;
    pipeline.eval(BEAT, keys.length, ...keys, now, lockToken, leaseMs, jobId, version);
  }
  const [time, ...replies] = (await pipeline.exec()) ?? [];
  for (const [index, [error, reply]] of replies.entries()) {
    const job = jobs[index];
    if (error || !job || !Array.isArray(reply)) continue;
    const attempt = activeAttempts().get(job.jobId);
    if (reply[0] === 1) attempt?.abort(new AppError('lease_lost'));
    else if (reply[1] === 1) attempt?.abort(new AppError('cancelled'));
  }
  const [seconds, micros] = Array.isArray(time?.[1]) ? time[1] : [];
  if (seconds !== undefined) pulse.answered(Number(seconds) * 1_000 + Number(micros) / 1_000);
}
