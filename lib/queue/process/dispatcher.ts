import { randomUUID } from 'node:crypto';
import { config } from '@/lib/config';
import { toAppError } from '@/lib/errors';
import { QUEUES } from '../queues';
import { producerRedis, withRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';
import { emit } from '../telemetry';
import { releaseHeld } from '../window/release-held';
import { noteDispatched, undispatchedJobs } from './dispatch-ledger';
import { giveToRedis } from './give-to-redis';
import { noteComplete, type RedisMemory, readRedisMemory } from './redis-memory';
import { readBeats } from './worker-registry';
import { type WorkerWatch, watchWorkers } from './worker-watch';

const SWEEP_INTERVAL_MS = 2_000;
/** A dispatcher that died is replaced by another process' after this time. */
const LEAD_MS = 5_000;
const LIMIT = 500;
/** Redis that has not forgotten anything still holds what it was told; this is a net for single lost entries. */
const TRUST_MS = 5 * 60_000;
/** A running job of which the ledger has heard nothing for so long is looked up in Redis. */
const SILENT_MS = 15_000;

export type Sweep = {
  workers: WorkerWatch;
  /** Since when Redis may have forgotten what it was told, and which loss that was; null when it has not. */
  forgot: { at: number; memory: RedisMemory } | null;
  /** Whether this dispatcher has ever seen a Redis that was told everything. */
  seenComplete: boolean;
};

export function newSweep(): Sweep {
  return { workers: watchWorkers(), forgot: null, seenComplete: false };
}

/**
 * Gives Redis the jobs that are recorded but unknown to it: submitted while it was away, wiped, or lost in a crash; and
 * lets held jobs in. Every worker process runs one, and one of them at a time does the work.
 * @returns a function that stops it.
 */
export function startDispatcher(): () => void {
  const sweep = newSweep();
  const id = randomUUID();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const lead = async () => !stopped && (await takeLead(id));
  const loop = async () => {
    await sweepAll(sweep, lead).catch(report);
    if (!stopped) timer = setTimeout(loop, SWEEP_INTERVAL_MS);
  };
  void loop();
  return () => {
    stopped = true;
    clearTimeout(timer);
    void withRedis(() => producerRedis().eval(LEAVE, 1, redisKeys.dispatcher(), id)).catch(() => undefined);
  };
}

async function sweepAll(sweep: Sweep, lead: () => Promise<boolean>): Promise<void> {
  // Everybody looks, so that whoever takes the lead knows already who is alive.
  sweep.workers.look(await withRedis(() => readBeats(producerRedis())));
  if (!(await lead())) return;
  await Promise.all([dispatchOnce(sweep, lead), releaseHeld().catch(report)]);
}

/**
 * One sweep.
 * @param goOn asked before each portion.
 * @returns how many jobs Redis was given.
 */
export async function dispatchOnce(sweep: Sweep = newSweep(), goOn = async () => true): Promise<number> {
  const memory = await withRedis(() => readRedisMemory(producerRedis()));
  noteLoss(sweep, memory);
  await withRedis(straightenLines);
  let added = 0;
  for (;;) {
    if (!(await goOn())) return added;
    const portion = await dispatchPortion(sweep);
    added += portion.added;
    if (!portion.isMore) break;
  }
  if (!memory.isComplete) await withRedis(() => noteComplete(producerRedis(), memory));
  // What Redis has forgotten meanwhile is seen by the next sweep.
  sweep.forgot = null;
  return added;
}

function noteLoss(sweep: Sweep, memory: RedisMemory): void {
  const { forgot } = sweep;
  if (memory.isComplete) {
    sweep.seenComplete = true;
    sweep.forgot = null;
  } else if (forgot?.memory.epoch !== memory.epoch || forgot.memory.serverId !== memory.serverId) {
    if (sweep.seenComplete) emit({ name: 'dispatcher.redis_forgot' });
    sweep.forgot = { at: Date.now(), memory };
  }
}

async function dispatchPortion(sweep: Sweep): Promise<{ added: number; isMore: boolean }> {
  const { as_of, jobs } = await undispatchedJobs({
    limit: LIMIT,
    olderThanMs: sweep.forgot === null ? TRUST_MS : Date.now() - sweep.forgot.at,
    silentMs: SILENT_MS,
    alive: sweep.workers.alive(),
  });
  const { added, known } = await giveToRedis(jobs);
  // A running job needs no note: it is looked for by its silence.
  const told = [...added, ...known].filter(({ state }) => state !== 'active');
  await noteDispatched(told, as_of);
  return { added: added.length, isMore: jobs.length >= LIMIT && told.length > 0 };
}

/** KEYS lead. ARGV id, ms. */
const LEAD = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`;
const LEAVE = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0`;

/** Only saves work: two dispatchers at a time do no harm. */
async function takeLead(id: string): Promise<boolean> {
  return (await withRedis(() => producerRedis().eval(LEAD, 1, redisKeys.dispatcher(), id, LEAD_MS))) === 1;
}

/** Where nothing waits nobody is before anyone: makes up for entries that left the line without being counted. */
async function straightenLines(): Promise<void> {
  const pipeline = producerRedis().pipeline();
  for (const { name } of QUEUES) pipeline.eval(STRAIGHTEN, 4, ...lineKeys(name));
  await pipeline.exec();
}

/** KEYS wait, paused, delayed, line. */
const STRAIGHTEN = `
local waiting = redis.call('LLEN', KEYS[1]) + redis.call('LLEN', KEYS[2]) + redis.call('ZCARD', KEYS[3])
local added = redis.call('HGET', KEYS[4], 'added')
if waiting == 0 and added then redis.call('HSET', KEYS[4], 'left', added) end
return 0
`;

function lineKeys(name: string): string[] {
  const { prefix } = config().redis;
  return [...['wait', 'paused', 'delayed'].map((list) => `${prefix}:${name}:${list}`), redisKeys.line(name)];
}

function report(error: unknown): void {
  // Told by the connection itself, once per outage.
  if (toAppError(error).code !== 'redis_unavailable') emit({ name: 'dispatcher.error', error });
}
