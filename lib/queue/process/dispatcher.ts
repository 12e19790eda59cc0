import { config } from '@/lib/config';
import { toAppError } from '@/lib/errors';
import { enqueue } from '../enqueue';
import { claimDispatch, type LedgerJob } from '../job-ledger';
import { QUEUES } from '../queues';
import { producerRedis, withRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';
import { writeStatusOf } from '../status/job-status';
import { emit } from '../telemetry';
import { releaseHeld } from '../window/release-held';

const SWEEP_INTERVAL_MS = 2_000;
const CLAIM_LIMIT = 200;
/** Redis that has not forgotten anything still holds what it was told; this is a net for single lost entries. */
const TRUST_MS = 5 * 60_000;
/** A running job of which the ledger has heard nothing for so long is looked up in Redis. */
const SILENT_MS = 15_000;

type Sweep = {
  /** Jobs whose previous run was just ending. */
  again: LedgerJob[];
  /** Since when Redis may have forgotten what it was told; null when it has not. */
  forgotAt: number | null;
};

/**
 * Gives Redis the jobs that are recorded but unknown to it: submitted while it was away, wiped, or lost in a crash.
 * Every worker process runs one; they share the work through the ledger.
 * @returns a function that stops it.
 */
export function startDispatcher(): () => void {
  const sweep: Sweep = { again: [], forgotAt: null };
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const loop = async () => {
    await dispatchOnce(sweep).catch((error: unknown) => report(error));
    await releaseHeld().catch((error: unknown) => report(error));
    if (!stopped) timer = setTimeout(loop, SWEEP_INTERVAL_MS);
  };
  void loop();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** One sweep. @returns how many jobs Redis was given. */
export async function dispatchOnce(sweep: Sweep = { again: [], forgotAt: null }): Promise<number> {
  const server = await withRedis(readServerId);
  if (sweep.forgotAt === null && server.id !== server.known) {
    if (server.known !== null) emit({ name: 'dispatcher.redis_forgot' });
    sweep.forgotAt = Date.now();
  }
  await withRedis(straightenLines);
  let added = await dispatch(sweep, sweep.again.splice(0));
  for (;;) {
    const trustMs = sweep.forgotAt === null ? TRUST_MS : Date.now() - sweep.forgotAt;
    const claimed = await claimDispatch(CLAIM_LIMIT, trustMs, SILENT_MS);
    added += await dispatch(sweep, claimed);
    if (claimed.length < CLAIM_LIMIT) break;
  }
  if (sweep.forgotAt !== null) await withRedis(() => producerRedis().set(redisKeys.loaded(), server.id));
  sweep.forgotAt = null;
  return added;
}

async function dispatch(sweep: Sweep, jobs: readonly LedgerJob[]): Promise<number> {
  let added = 0;
  for (const job of jobs) {
    try {
      // Before the job itself: see `tellRedis`.
      await writeStatusOf(job, { joinsLine: job.state === 'queued' });
      const outcome = await enqueue(job);
      // A running job that is busy is simply running; a waiting one is about to be free.
      if (outcome === 'busy' && job.state !== 'active') sweep.again.push(job);
      if (outcome !== 'added') continue;
      added += 1;
      const name = job.state === 'active' ? 'job.adopted' : 'job.dispatched';
      emit({ name, queue: job.queue, jobId: job.id });
    } catch (error) {
      // The rest of this claim counts as dispatched in the ledger: everything is looked at again next time.
      sweep.forgotAt = Date.now();
      throw error;
    }
  }
  return added;
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

/** A Redis that restarted or was wiped may have forgotten jobs; a restart has another run id, a wipe no note of it. */
async function readServerId(): Promise<{ id: string; known: string | null }> {
  const [info, known] = await Promise.all([producerRedis().info('server'), producerRedis().get(redisKeys.loaded())]);
  return { id: /^run_id:(\w+)/m.exec(info)?.[1] ?? 'unknown', known };
}

function report(error: unknown): void {
  // Told by the connection itself, once per outage.
  if (toAppError(error).code !== 'redis_unavailable') emit({ name: 'dispatcher.error', error });
}
