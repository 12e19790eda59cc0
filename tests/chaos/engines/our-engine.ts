import type { Redis } from 'ioredis';
import type { Sql } from 'postgres';
import { QUEUES } from '@/lib/queue/queues';
import { readStackRecord } from '../../../scripts/stack/stack-record';
import { startTestStack } from '../../support/test-stack';
import { readBullQueue } from '../world/read-bull';
import { readBusyWorkers, readLedger, readOpenJobs, readQuotas } from '../world/read-ledger';
import { readRequests } from '../world/read-requests';
import { withDatabase } from '../world/with-database';
import { withRedis } from '../world/with-redis';
import { createDataFolder, removeDataFolder } from './data-folder';
import type { RunningEngine } from './engine';
import { ourTimeline } from './our-timeline';
import { processesOf } from './processes-of';
import { CLOCK_OPTIONS, COMMON_VARIABLES, MONTHLY_LIMIT, WEBS, WORKERS } from './variables';

/** Starts the real stack by its own start command, in a folder of its own, with several workers and webs. */
export async function startOurEngine(): Promise<RunningEngine> {
  const folder = createDataFolder();
  const variables = { OPPSPOT_WORKERS: String(WORKERS), OPPSPOT_WEBS: String(WEBS), NODE_OPTIONS: CLOCK_OPTIONS };
  const stack = await startTestStack({ ...COMMON_VARIABLES, ...variables }, folder);
  // The harness reads the stack's configuration from its own environment, as every command of the product does.
  Object.assign(process.env, stack.environment);
  const database = <T>(work: (sql: Sql) => Promise<T>) => withDatabase(stack.environment.DATABASE_URL ?? '', work);
  const redis = <T>(work: (client: Redis) => Promise<T>) => withRedis(stack.environment.REDIS_URL ?? '', work);
  const prefix = process.env.REDIS_PREFIX ?? '{oppspot}';
  let userIds: readonly string[] = [];
  return {
    environment: stack.environment,
    folder,
    watchUsers: async (ids) => {
      userIds = ids;
    },
    webUrls: () => Object.values(readStackRecord(stack.folder)?.urls.webs ?? {}),
    processes: (part) => processesOf(stack.folder, part),
    busyWorkers: () => database(readBusyWorkers),
    openJobs: () => database((sql) => readOpenJobs(sql, userIds)),
    sampleQuotas: () => database((sql) => readQuotas(sql, userIds, MONTHLY_LIMIT)),
    readWorld: async () => ({
      ...(await database((sql) => readLedger(sql, userIds))),
      quotas: await database((sql) => readQuotas(sql, userIds, MONTHLY_LIMIT)),
      bull: await redis((client) => Promise.all(QUEUES.map(({ name }) => readBullQueue(client, prefix, name)))),
      requests: await readRequests(stack.environment.SANDBOX_URL ?? ''),
      removesCancelled: false,
    }),
    timeline: (jobId) =>
      database((sql) => redis((client) => ourTimeline({ sql, redis: client, prefix, folder }, jobId))),
    stop: async ({ keep }) => {
      await stack.stop();
      if (!keep) removeDataFolder(folder);
    },
  };
}
