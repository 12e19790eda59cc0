import { Redis } from 'ioredis';
import postgres, { type Sql } from 'postgres';
import { QUEUES } from '@/lib/queue/queues';
import { readStackRecord } from '../../../scripts/stack/stack-record';
import { startTestStack, type TestStack } from '../../support/test-stack';
import { readBullQueue } from '../world/read-bull';
import { readLedger, readOpenJobs, readQuotas } from '../world/read-ledger';
import { readRequests } from '../world/read-requests';
import type { Part, Process, RunningEngine } from './engine';
import { ourTimeline } from './our-timeline';
import { COMMON_VARIABLES, MONTHLY_LIMIT, WEBS, WORKERS } from './variables';

const CLOCK = new URL('../clock/shift-clock.mjs', import.meta.url).href;

/** Starts the real stack by its own start command, in a folder of its own, with several workers and webs. */
export async function startOurEngine(): Promise<RunningEngine & { watchUsers(userIds: readonly string[]): void }> {
  const stack = await startTestStack({
    ...COMMON_VARIABLES,
    OPPSPOT_WORKERS: String(WORKERS),
    OPPSPOT_WEBS: String(WEBS),
    NODE_OPTIONS: `--import ${CLOCK}`,
  });
  // The harness reads the stack's configuration from its own environment, as every command of the product does.
  Object.assign(process.env, stack.environment);
  const sql = postgres(stack.environment.DATABASE_URL ?? '', { max: 4, onnotice: () => undefined });
  const redis = openRedis(stack);
  const prefix = process.env.REDIS_PREFIX ?? '{oppspot}';
  let userIds: readonly string[] = [];
  return {
    environment: stack.environment,
    watchUsers: (ids) => {
      userIds = ids;
    },
    webUrls: () => Object.values(readStackRecord(stack.folder)?.urls.webs ?? {}),
    processes: (part) => processesOf(stack, part),
    openJobs: () => readOpenJobs(sql, userIds),
    sampleQuotas: () => readQuotas(sql, userIds, MONTHLY_LIMIT),
    readWorld: async () => ({
      ...(await readLedger(sql, userIds)),
      quotas: await readQuotas(sql, userIds, MONTHLY_LIMIT),
      bull: await Promise.all(QUEUES.map(({ name }) => readBullQueue(redis, prefix, name))),
      requests: await readRequests(stack.environment.SANDBOX_URL ?? ''),
    }),
    timeline: (jobId) => ourTimeline({ sql, redis, prefix, folder: stack.folder }, jobId),
    stop: async () => {
      redis.disconnect();
      await sql.end({ timeout: 2 }).catch(() => undefined);
      await stack.stop();
    },
  };
}

function openRedis({ environment }: TestStack): Redis {
  const redis = new Redis(environment.REDIS_URL ?? '', { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  return redis;
}

function processesOf({ folder }: TestStack, part: Part): Process[] {
  const processes = readStackRecord(folder)?.processes ?? [];
  return processes.filter(({ name }) => name.replace(/-\d+$/, '') === part).map(({ name, pid }) => ({ name, pid }));
}

export type OurConnections = { sql: Sql; redis: Redis; prefix: string; folder: string };
