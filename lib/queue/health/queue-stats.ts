import type { ChainableCommander, Redis } from 'ioredis';
import { config } from '@/lib/config';
import { redisKeys } from '../redis-keys';

const RATE_MINUTES = 5;
const OUTCOMES = ['completed', 'failed', 'cancelled'] as const;

/** Ended jobs since Redis was empty, whether Bull still keeps them or not, and how many a minute lately. */
export type Throughput = Record<(typeof OUTCOMES)[number], { total: number; per_minute: number }>;

export type QueueStats = {
  name: string;
  waiting: number;
  active: number;
  delayed: number;
  is_paused: boolean;
  throughput: Throughput;
  /** Seconds; null when nothing waits. */
  oldest_waiting_seconds: number | null;
};

/** Reads counts, totals and the oldest waiting job of every named queue, in two round trips at any backlog. */
export async function readQueueStats(redis: Redis, names: readonly string[], now = Date.now()): Promise<QueueStats[]> {
  const first = await run(redis, names, (pipeline, name) => {
    const key = bullKey(name);
    pipeline
      .llen(key('wait'))
      .llen(key('paused'))
      .llen(key('active'))
      .zcard(key('delayed'))
      .exists(key('meta-paused'))
      // Prioritised jobs stand at the end that is taken next; the oldest plain one stands right behind them.
      .zcard(key('priority'))
      .hmget(redisKeys.totals(name), ...OUTCOMES);
    for (const minute of lastMinutes(now)) pipeline.hmget(redisKeys.minute(name, minute), ...OUTCOMES);
  });
  const ages = await oldestWaiting(
    redis,
    names,
    first.map(([, , , , , priority]) => Number(priority)),
    now,
  );
  return names.map((name, index) => {
    const [wait, paused, active, delayed, isPaused, , totals, ...minutes] = first[index] ?? [];
    return {
      name,
      waiting: Number(wait) + Number(paused),
      active: Number(active),
      delayed: Number(delayed),
      is_paused: isPaused === 1,
      throughput: toThroughput(totals, minutes, now),
      oldest_waiting_seconds: ages[index] ?? null,
    };
  });
}

async function oldestWaiting(
  redis: Redis,
  names: readonly string[],
  prioritised: readonly number[],
  now: number,
): Promise<(number | null)[]> {
  const heads = await run(redis, names, (pipeline, name, index) => {
    const key = bullKey(name);
    const plain = -1 - (prioritised[index] ?? 0);
    pipeline.lindex(key('wait'), -1).lindex(key('wait'), plain).lindex(key('paused'), -1).lindex(key('paused'), plain);
  });
  const ids = heads.map((head) => [...new Set(head.filter((id) => typeof id === 'string'))]);
  const times = await run(redis, names, (pipeline, name, index) => {
    for (const id of ids[index] ?? []) pipeline.hget(bullKey(name)(id), 'timestamp');
  });
  return times.map((stamps) => {
    const oldest = Math.min(...stamps.map((stamp) => Number(stamp ?? now)));
    return Number.isFinite(oldest) ? Math.max(0, Math.round((now - oldest) / 1_000)) : null;
  });
}

/** One pipeline for all queues; the replies come back grouped by queue. */
async function run(
  redis: Redis,
  names: readonly string[],
  add: (pipeline: ChainableCommander, name: string, index: number) => void,
): Promise<unknown[][]> {
  const pipeline = redis.pipeline();
  const ends = names.map((name, index) => {
    add(pipeline, name, index);
    return pipeline.length;
  });
  const replies = ((await pipeline.exec()) ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  });
  return ends.map((end, index) => replies.slice(ends[index - 1] ?? 0, end));
}

function bullKey(name: string): (part: string) => string {
  return (part) => `${config().redis.prefix}:${name}:${part}`;
}

function lastMinutes(now: number): number[] {
  const current = Math.floor(now / 60_000);
  return Array.from({ length: RATE_MINUTES }, (_, back) => current - back);
}

function toThroughput(totals: unknown, minutes: unknown[], now: number): Throughput {
  // The current minute counts for as much of it as has passed.
  const span = RATE_MINUTES - 1 + (now % 60_000) / 60_000;
  const entries = OUTCOMES.map((outcome, field) => {
    const ended = minutes.reduce<number>((sum, minute) => sum + countIn(minute, field), 0);
    return [outcome, { total: countIn(totals, field), per_minute: Math.round((ended / span) * 10) / 10 }] as const;
  });
  // Built from exactly the keys of the type.
  return Object.fromEntries(entries) as Throughput;
}

function countIn(values: unknown, field: number): number {
  return Array.isArray(values) ? Number(values[field] ?? 0) : 0;
}
