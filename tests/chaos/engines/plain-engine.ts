import fs from 'node:fs';
import path from 'node:path';
import type { Redis } from 'ioredis';
import type { Sql } from 'postgres';
import type { ChildDefinition } from '../../../scripts/stack/child-definition';
import { reservePorts } from '../../../scripts/stack/ports';
import { createSupervisor } from '../../../scripts/stack/supervisor';
import { startTestStack } from '../../support/test-stack';
import { PLAIN_PREFIX, PLAIN_QUEUES } from '../plain/queues';
import { readBullQueue, whereInBull } from '../world/read-bull';
import { readPlainWorld } from '../world/read-plain';
import { withDatabase } from '../world/with-database';
import { withRedis } from '../world/with-redis';
import type { QuotaRow } from '../world/world';
import { createDataFolder, removeDataFolder } from './data-folder';
import type { RunningEngine } from './engine';
import { processesOf } from './processes-of';
import { CLOCK_OPTIONS, COMMON_VARIABLES, MONTHLY_LIMIT, WEBS, WORKERS } from './variables';

/** Starts the comparison: the services of our stack, and on them an application that follows Bull's tutorial. */
export async function startPlainEngine(): Promise<RunningEngine> {
  const folder = createDataFolder();
  const stack = await startTestStack({ ...COMMON_VARIABLES, OPPSPOT_WORKERS: '0' }, folder);
  Object.assign(process.env, stack.environment);
  const { environment } = stack;
  const database = <T>(work: (sql: Sql) => Promise<T>) => withDatabase(environment.DATABASE_URL ?? '', work);
  const redis = <T>(work: (client: Redis) => Promise<T>) => withRedis(environment.REDIS_URL ?? '', work);
  const schema = fs.readFileSync(new URL('../plain/schema.sql', import.meta.url), 'utf8');
  await database((sql) => sql.unsafe(schema).simple());
  const application = await startApplication(folder, environment);
  return {
    environment,
    folder,
    watchUsers: (userIds) => database((sql) => addUsers(sql, userIds)),
    webUrls: () => application.webUrls,
    processes: (part) =>
      part === 'worker' || part === 'web' ? application.processes(part) : processesOf(folder, part),
    busyWorkers: async () => {
      const runs = await database(
        (sql) => sql<{ pid: number }[]>`select distinct pid from plain.runs where ended_at is null`,
      );
      return runs.map(({ pid }) => pid);
    },
    openJobs: async () => {
      const queues = await redis((client) =>
        Promise.all(PLAIN_QUEUES.map((name) => readBullQueue(client, PLAIN_PREFIX, name))),
      );
      return queues.flatMap(({ waiting, active, delayed }) => [...waiting, ...active, ...delayed]);
    },
    sampleQuotas: async () => {
      const quotas = await database(readQuotas);
      return quotas.map((quota) => ({ ...quota, at: Date.now(), reservations: quota.used }));
    },
    readWorld: async (history) => {
      const about = { sandboxUrl: environment.SANDBOX_URL ?? '', quotas: await database(readQuotas) };
      return database((sql) => redis((client) => readPlainWorld({ ...about, sql, redis: client }, history)));
    },
    timeline: (jobId) => database((sql) => redis((client) => plainTimeline(sql, client, jobId))),
    stop: async ({ keep }) => {
      await application.stop();
      await stack.stop();
      if (!keep) removeDataFolder(folder);
    },
  };
}

async function addUsers(sql: Sql, userIds: readonly string[]): Promise<void> {
  await sql`insert into plain.users (id, research_limit)
    select id, coalesce(research_limit, ${MONTHLY_LIMIT}) from profiles where id in ${sql(userIds)}`;
}

async function readQuotas(sql: Sql): Promise<QuotaRow[]> {
  return sql<{ userId: string; used: number; limit: number }[]>`
    select id as "userId", used, research_limit as limit from plain.users`;
}

async function plainTimeline(sql: Sql, redis: Redis, jobId: string): Promise<string[]> {
  const runs = await sql`select pid, outcome, started_at, ended_at from plain.runs where job_id = ${jobId} order by id`;
  const place = await whereInBull(redis, PLAIN_PREFIX, jobId.split('-')[0] ?? '', jobId);
  return [...runs.map((run) => `run ${JSON.stringify(run)}`), `Bull: ${place}`];
}

async function startApplication(folder: string, environment: Record<string, string>) {
  const supervisor = createSupervisor({
    logFolder: path.join(folder, 'plain-logs'),
    say: () => undefined,
    onChange: () => undefined,
  });
  const env = { PATH: process.env.PATH, ...environment, NODE_OPTIONS: CLOCK_OPTIONS };
  const names = Array.from({ length: WEBS }, (_, index) => `web-${index + 1}`);
  const ports = await reservePorts(Object.fromEntries(names.map((name) => [name, undefined])));
  await Promise.all([
    ...names.map((name) => supervisor.start(webOf(name, ports[name] ?? 0, env))),
    ...Array.from({ length: WORKERS }, (_, index) => supervisor.start(workerOf(`worker-${index + 1}`, env))),
  ]);
  const processes = (part: string) => supervisor.processes().filter(({ name }) => name.startsWith(`${part}-`));
  return {
    webUrls: names.map((name) => `http://127.0.0.1:${ports[name]}`),
    processes,
    stop: () => supervisor.stop([supervisor.processes().map(({ name }) => name)]),
  };
}

function webOf(name: string, port: number, env: ChildDefinition['env']): ChildDefinition {
  const probe = () =>
    fetch(`http://127.0.0.1:${port}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  return { ...childOf(name, 'plain-web.ts', { ...env, PORT: String(port) }), ready: { probe } };
}

function workerOf(name: string, env: ChildDefinition['env']): ChildDefinition {
  return childOf(name, 'plain-worker.ts', env);
}

function childOf(name: string, file: string, env: ChildDefinition['env']): ChildDefinition {
  return {
    name,
    label: name,
    command: process.execPath,
    args: ['--import', 'tsx', `tests/chaos/plain/${file}`],
    env,
    ready: { line: () => false, silentMs: 1_500 },
    readyTimeoutMs: 30_000,
    stopTimeoutMs: 5_000,
  };
}
