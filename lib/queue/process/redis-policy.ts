import type { Redis } from 'ioredis';
import { AppError } from '@/lib/errors';

/** What must be true of a Redis that holds jobs. */
export type RedisState = {
  version: string;
  policy: string;
  /** How it keeps its data over a restart. */
  persistence: 'append-only file' | 'snapshots' | 'none' | 'unknown';
  usedMemoryBytes: number;
};

/** LPOS came with 6.0.6, the line commands this system relies on with 6.2. */
const OLDEST = [6, 2] as const;

/** Reads everything in one round trip; `INFO` works where hosts forbid `CONFIG`. */
export async function readRedisState(redis: Redis): Promise<RedisState> {
  const [info, rules] = await Promise.all([redis.info(), saveRules(redis)]);
  const value = (field: string) => new RegExp(`^${field}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? null;
  return {
    version: value('redis_version') ?? 'unknown',
    policy: value('maxmemory_policy') ?? 'unknown',
    persistence: persistenceOf(value('aof_enabled'), value('rdb_changes_since_last_save'), rules),
    usedMemoryBytes: Number(value('used_memory') ?? 0),
  };
}

/** Why jobs are not safe in this Redis, each with the fix; empty when they are. */
export function redisProblems({ version, policy }: RedisState): string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const problems: string[] = [];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    problems.push(`Redis ${version} is too old; use ${OLDEST.join('.')} or newer`);
  }
  if (policy !== 'noeviction' && policy !== 'unknown') {
    problems.push(
      `Redis may evict jobs (maxmemory-policy ${policy}); run "redis-cli config set maxmemory-policy noeviction" and set ` +
        'the same in redis.conf, or choose noeviction at your Redis host',
    );
  }
  return problems;
}

/** What costs time when Redis restarts, with the fix; nothing is lost by it, because the ledger adds jobs again. */
export function redisRemarks({ persistence }: RedisState): string[] {
  if (persistence !== 'none') return [];
  return [
    'Redis keeps nothing over a restart: jobs come back from the database within seconds, rates and totals begin again. ' +
      'Run "redis-cli config set appendonly yes" and set the same in redis.conf, or switch persistence on at your Redis host.',
  ];
}

/**
 * Refuses to work with a Redis that would lose jobs. Waits for a Redis that does not answer yet.
 * @throws AppError `misconfigured` with the fix.
 */
export async function assertSafeRedis(redis: Redis): Promise<RedisState> {
  const state = await readRedisState(redis);
  const problems = redisProblems(state);
  if (problems.length > 0) throw new AppError('misconfigured', { detail: `${problems.join('. ')}.` });
  return state;
}

/** Null where the host forbids asking. */
async function saveRules(redis: Redis): Promise<string | null> {
  const reply = await redis.config('GET', 'save').catch(() => null);
  return Array.isArray(reply) ? String(reply[1] ?? '') : null;
}

function persistenceOf(aof: string | null, rdb: string | null, rules: string | null): RedisState['persistence'] {
  if (aof === '1') return 'append-only file';
  if (rules === null) return rdb === null ? 'none' : 'unknown';
  return rules === '' ? 'none' : 'snapshots';
}
