import { config } from '@/lib/config';
import { readSourceCalls, type SourceCalls } from '@/lib/sources/outbound/call-meter';
import type { QueueDefinition } from '../define-queue';
import { type RedisState, readRedisState, redisProblems, redisRemarks } from '../process/redis-policy';
import { listWorkers, type WorkerRecord } from '../process/worker-registry';
import { QUEUES } from '../queues';
import { closeRedis, maskedRedisUrl, openRedis, withRedis } from '../redis-client';
import { type QueueStats, readQueueStats } from './queue-stats';

export type QueueHealth = QueueStats & {
  label: string;
  /** Live workers that take jobs of this queue. */
  workers: number;
};

export type HealthReport = {
  status: 'healthy' | 'degraded' | 'down';
  checked_at: string;
  /** Why the status is not healthy, with what to do. */
  problems: string[];
  /** Worth knowing, not wrong. */
  remarks: string[];
  redis: { address: string; up: boolean; latency_ms: number | null } & Partial<RedisState>;
  queues: QueueHealth[];
  workers: WorkerRecord[];
  /** What calls to providers came to today (UTC). */
  sources: SourceCalls[];
};

/** For all of Redis together, so that a hanging one is reported within three seconds of the command. */
const REDIS_LIMIT_MS = 1_000;
/** A job may wait long behind others; it may not wait while nothing at all moves. */
const STUCK_SECONDS = 5 * 60;
const TOO_OLD_SECONDS = 60 * 60;

/** Looks at Redis, the queues and the workers. A system that has never run a job is healthy. */
export async function readHealth(
  named: readonly Pick<QueueDefinition, 'name' | 'label'>[] = QUEUES,
): Promise<HealthReport> {
  const address = maskedRedisUrl(config().redis.url);
  const base = { checked_at: new Date().toISOString(), queues: [], workers: [], sources: [] };
  const redis = openRedis('failFast', 'health');
  try {
    return await withRedis(async () => {
      const startedAt = performance.now();
      await redis.ping();
      const latency_ms = Math.round((performance.now() - startedAt) * 10) / 10;
      const state = await readRedisState(redis);
      const workers = await listWorkers(redis);
      const stats = await readQueueStats(
        redis,
        named.map(({ name }) => name),
      );
      const queues = stats.map((queue, index) => ({
        ...queue,
        label: named[index]?.label ?? queue.name,
        workers: workers.filter((worker) => worker.queues.some(({ name }) => name === queue.name)).length,
      }));
      const problems = [...redisProblems(state), ...queues.flatMap(queueProblems)];
      const status = problems.length === 0 ? 'healthy' : 'degraded';
      const remarks = remarksOn(state, queues, workers);
      return {
        ...base,
        status,
        problems,
        remarks,
        redis: { address, up: true, latency_ms, ...state },
        queues,
        workers,
        sources: await readSourceCalls(redis),
      };
    }, REDIS_LIMIT_MS);
  } catch (error) {
    const problems = [`Redis at ${address} does not answer: ${reasonOf(error)}. Recorded jobs go on when it is back.`];
    return { ...base, status: 'down', problems, remarks: [], redis: { address, up: false, latency_ms: null } };
  } finally {
    void closeRedis(redis);
  }
}

function queueProblems(queue: QueueHealth): string[] {
  const { label, waiting, workers, is_paused, oldest_waiting_seconds: age } = queue;
  if (waiting === 0 || is_paused) return [];
  if (workers === 0)
    return [`${label}: ${waiting} waiting and no worker takes them; start one with "npm run worker:all"`];
  if (age !== null && age > TOO_OLD_SECONDS)
    return [`${label}: the oldest job has waited ${age} s; start more workers`];
  const { completed, failed, cancelled } = queue.throughput;
  const isMoving = completed.per_minute + failed.per_minute + cancelled.per_minute > 0;
  if (age !== null && age > STUCK_SECONDS && !isMoving) {
    return [`${label}: nothing has ended for minutes while a job has waited ${age} s; look at the worker's log`];
  }
  return [];
}

function remarksOn(state: RedisState, queues: QueueHealth[], workers: WorkerRecord[]): string[] {
  const paused = queues.filter(({ is_paused }) => is_paused).map(({ label }) => `${label} is paused.`);
  return [
    ...paused,
    ...(workers.length === 0
      ? ['No worker is running; nothing waits.'].filter(() => queues.every((q) => q.waiting === 0))
      : []),
    ...redisRemarks(state),
  ];
}

/** The innermost reason: "connect ECONNREFUSED" says more than "the queue does not answer". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
