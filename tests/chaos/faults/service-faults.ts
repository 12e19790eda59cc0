import { setTimeout as wait } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { withDatabase } from '../world/with-database';
import { withRedis } from '../world/with-redis';
import { choose, type FaultTools, NOBODY, signalProcess, toVictim, type Victim } from './fault-tools';
import type { PlannedFault } from './plan-faults';

/** Half the time in order, half the time at once: then the last second of the append-only file may be lost. */
export async function restartRedis(tools: FaultTools, { target }: PlannedFault): Promise<Victim> {
  const victim = choose(tools.engine.processes('redis'), 0, tools);
  if (!victim || !signalProcess(victim.pid, target < 0.5 ? 'SIGTERM' : 'SIGKILL')) return NOBODY;
  return toVictim(victim);
}

/** Redis loses everything. */
export async function flushRedis({ engine }: FaultTools): Promise<Victim> {
  await withRedis(engine.environment.REDIS_URL ?? '', (redis) => redis.flushall());
  return NOBODY;
}

/** Redis answers nothing for a while; connections stay open. */
export async function pauseRedis(tools: FaultTools, planned: PlannedFault): Promise<Victim> {
  const victim = choose(tools.engine.processes('redis'), 0, tools);
  if (!victim || !signalProcess(victim.pid, 'SIGSTOP')) return NOBODY;
  tools.stopped.add(victim.pid);
  await wait(planned.lastsMs, undefined, { signal: tools.over }).catch(() => undefined);
  tools.stopped.delete(victim.pid);
  signalProcess(victim.pid, 'SIGCONT');
  return toVictim(victim);
}

/** Cuts every connection to Redis but ours. */
export async function resetConnections({ engine }: FaultTools): Promise<Victim> {
  await withRedis(engine.environment.REDIS_URL ?? '', async (redis) => {
    await redis.client('KILL', 'TYPE', 'pubsub');
    await redis.client('KILL', 'TYPE', 'normal');
  });
  return NOBODY;
}

/** The database server ends, in order or at once, and is started again by whoever supervises it. */
export async function restartDatabase(tools: FaultTools, { target }: PlannedFault): Promise<Victim> {
  const victim = choose(tools.engine.processes('supabase'), 0, tools);
  if (!victim || !signalProcess(victim.pid, target < 0.5 ? 'SIGTERM' : 'SIGKILL')) return NOBODY;
  return toVictim(victim);
}

/**
 * Postgres alone: half the time one of its processes is killed, so that it rolls back what was open, cuts everybody off
 * and recovers; half the time the server itself is killed.
 */
export async function crashDatabase({ engine }: FaultTools, { target }: PlannedFault): Promise<Victim> {
  try {
    const { backend, server } = await withDatabase(engine.environment.DATABASE_URL ?? '', readPids);
    const pid = target < 0.5 ? backend : server;
    return signalProcess(pid, 'SIGKILL') ? { target: target < 0.5 ? 'a Postgres process' : 'Postgres', pid } : NOBODY;
  } catch {
    // It is away already.
    return NOBODY;
  }
}

async function readPids(sql: Sql): Promise<{ backend: number; server: number }> {
  const [row] = await sql<{ backend: number; file: string }[]>`
    select (select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1)
      as backend, pg_read_file('postmaster.pid') as file`;
  if (!row?.backend) throw new Error('Nobody is connected to the database');
  return { backend: row.backend, server: Number(row.file.split('\n')[0]) };
}
