import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAttempt } from '@/lib/queue/attempt/start-attempt';
import { dispatchOnce, newSweep, startDispatcher } from '@/lib/queue/process/dispatcher';
import { watchWorkers } from '@/lib/queue/process/worker-watch';
import { closeQueues, producerQueue } from '@/lib/queue/queue-manager';
import { producerRedis } from '@/lib/queue/redis-client';
import { redisKeys } from '@/lib/queue/redis-keys';
import { serviceClient } from '@/lib/supabase/service-client';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { startTestRedis, type TestRedis } from '../../support/redis';

const WAIT = { timeout: 25_000, interval: 50 };
const MANY = Number(process.env.TEST_JOBS ?? 1_000);
const PORTION = 5_000;

let stack: QueueStack;
/** Keeps what it is told to save, and nothing else. */
let redis: TestRedis;
let recorded = 0;

beforeAll(async () => {
  [stack, redis] = await Promise.all([startQueueStack(), startTestRedis(['--appendonly', 'no'])]);
  process.env.REDIS_URL = redis.url;
});
afterEach(async () => {
  await serviceClient().from('jobs').delete().neq('id', '');
  await producerRedis().flushall();
});
afterAll(async () => {
  await closeQueues();
  await Promise.all([stack.stop(), redis.stop()]);
});

/** Jobs of nobody that Redis was never told of. */
async function record(count: number, columns: { held?: boolean } = {}): Promise<string[]> {
  const rows = Array.from({ length: count }, () => {
    recorded += 1;
    const id = `scoring:DM000001:${recorded}`;
    const names = { company_id: 'DM000001', company_name: 'Sample', queue: 'scoring' };
    return { id, ...names, payload: { company_id: 'DM000001' }, max_attempts: 3, ...columns };
  });
  for (let from = 0; from < count; from += PORTION) {
    const { error } = await serviceClient()
      .from('jobs')
      .insert(rows.slice(from, from + PORTION));
    if (error) throw error;
  }
  return rows.map(({ id }) => id);
}

const waiting = () => producerRedis().llen(producerQueue('scoring').toKey('wait'));
const waitingIds = () => producerRedis().lrange(producerQueue('scoring').toKey('wait'), 0, -1);

async function timed(name: string, work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const startedAt = performance.now();
  await work();
  const ms = performance.now() - startedAt;
  delay.disable();
  if (process.env.TEST_FIGURES) {
    process.stdout.write(`${name}: ${ms.toFixed(0)} ms, longest stop ${(delay.max / 1e6).toFixed(0)} ms\n`);
  }
  return ms;
}

describe('a Redis that forgot a thousand jobs', () => {
  it('has all of them again within ten seconds, each once', async () => {
    const ids = await record(MANY);
    await timed(`${MANY} jobs never told`, () => dispatchOnce());
    const stop = startDispatcher();
    try {
      await expect.poll(() => producerRedis().hexists(redisKeys.loaded(), 'complete'), WAIT).toBe(1);
      await producerRedis().flushall();
      const ms = await timed(`${MANY} jobs after FLUSHALL`, () =>
        expect.poll(waiting, { timeout: 60_000, interval: 50 }).toBe(MANY),
      );
      expect(ms).toBeLessThan(10_000);
    } finally {
      stop();
    }
    expect((await waitingIds()).sort()).toEqual(ids.sort());
  }, 120_000);

  it('has them also when it forgot while it was being told', async () => {
    await record(1_000);
    const sweep = newSweep();
    let portions = 0;
    await dispatchOnce(sweep, async () => {
      portions += 1;
      if (portions === 2) await producerRedis().flushall();
      return true;
    });
    expect(portions).toBeGreaterThan(1);
    // Redis does not count as told, whatever part it heard after it forgot.
    expect(await producerRedis().hexists(redisKeys.loaded(), 'complete')).toBe(0);
    await dispatchOnce(sweep);
    expect(await waiting()).toBe(1_000);
    expect(await dispatchOnce(sweep)).toBe(0);
  });

  it('has them also when it came back with an old copy of itself', async () => {
    const old = await record(20);
    const sweep = newSweep();
    await dispatchOnce(sweep);
    await producerRedis().save();
    const since = await record(20);
    await dispatchOnce(sweep);
    expect(await waiting()).toBe(40);
    await redis.kill();
    await redis.start();
    await expect.poll(() => waiting().catch(() => -1), WAIT).toBe(20);
    await expect.poll(() => dispatchOnce(sweep).catch(() => 0), WAIT).toBe(20);
    expect((await waitingIds()).sort()).toEqual([...old, ...since].sort());
  });

  it('has a job that ran on a worker which is gone as well', async () => {
    let now = 0;
    const sweep = { ...newSweep(), workers: watchWorkers(() => now) };
    const [gone = '', inline = ''] = await record(2);
    await dispatchOnce(sweep);
    await startAttempt(gone, 'host:1:gone');
    await startAttempt(inline, 'inline:1');
    await serviceClient()
      .from('jobs')
      .update({ updated_at: new Date(Date.now() - 8_000).toISOString() })
      .neq('id', '');
    await producerRedis().flushall();
    expect(await dispatchOnce(sweep)).toBe(0);
    // Everybody, also whom a wiped registry does not know yet, gets six seconds to be seen.
    for (const at of [0, 3_000, 6_000]) {
      now = at;
      sweep.workers.look(new Map());
    }
    expect(await dispatchOnce(sweep)).toBe(1);
    expect(await waitingIds()).toEqual([gone]);
  });
});

describe('a job that waits for its window', () => {
  it('is not given to Redis by the dispatcher', async () => {
    await record(3, { held: true });
    expect(await dispatchOnce()).toBe(0);
    expect(await waiting()).toBe(0);
  });
});
