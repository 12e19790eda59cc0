import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BundledWorker, bundleWorker } from '../../support/bundle-worker';
import { startTestRedis, type TestRedis } from '../../support/redis';
import { runCommand } from '../../support/run-command';

const PREFIX = '{health}';
/** Never reached: the report looks at Redis only. */
const DATABASE = {
  SUPABASE_URL: 'http://127.0.0.1:9',
  SUPABASE_PUBLISHABLE_KEY: 'unused',
  SUPABASE_SECRET_KEY: 'unused',
};

let command: BundledWorker;
let redis: TestRedis;
let client: Redis;

beforeAll(async () => {
  [redis, command] = await Promise.all([startTestRedis(), bundleWorker('workers/health-check.ts')]);
  client = new Redis(redis.url);
});
afterEach(async () => {
  redis.resume();
  await client.flushall();
});
afterAll(async () => {
  client.disconnect();
  await redis.stop();
  command.remove();
});

function check(args: string[] = [], url = redis.url) {
  return runCommand(command.file, args, { ...DATABASE, REDIS_URL: url, REDIS_PREFIX: PREFIX });
}

async function reportOf(url?: string) {
  const { code, stdout } = await check(['--json'], url);
  return { code, report: JSON.parse(stdout) };
}

describe('worker:health', () => {
  it('calls an empty new system healthy', async () => {
    const { code, stdout } = await check();
    expect(code).toBe(0);
    expect(stdout).toContain('Status: healthy');
    expect(stdout).toContain('Workers: none seen');
    for (const name of ['research', 'enrichment', 'buying-signals', 'scoring']) expect(stdout).toContain(name);
  });

  it('never shows the password of Redis', async () => {
    const { stdout, stderr } = await check([], redis.url.replace('://', '://user:s3cret@'));
    expect(stdout + stderr).not.toContain('s3cret');
    expect(stdout).toContain(`redis://127.0.0.1:${redis.port}`);
  });

  it('is degraded when jobs wait and no worker takes them', async () => {
    await client.lpush(`${PREFIX}:scoring:wait`, 'scoring:DM000001:1');
    await client.hset(`${PREFIX}:scoring:scoring:DM000001:1`, 'timestamp', Date.now() - 90_000);
    const { code, report } = await reportOf();
    expect(code).toBe(1);
    expect(report.status).toBe('degraded');
    expect(report.problems.join()).toContain('no worker');
    const scoring = report.queues.find(({ name }: { name: string }) => name === 'scoring');
    expect(scoring).toMatchObject({ waiting: 1, workers: 0 });
    expect(scoring.oldest_waiting_seconds).toBeGreaterThanOrEqual(90);
  });

  it('counts ended jobs that Bull no longer keeps', async () => {
    const minute = Math.floor(Date.now() / 60_000);
    await client.hset(`${PREFIX}:totals:research`, 'completed', 5_000, 'failed', 7);
    await client.hset(`${PREFIX}:minute:research:${minute}`, 'completed', 9);
    const { report } = await reportOf();
    const { throughput } = report.queues.find(({ name }: { name: string }) => name === 'research');
    expect(throughput.completed.total).toBe(5_000);
    expect(throughput.completed.per_minute).toBeGreaterThan(0);
    expect(throughput.failed.total).toBe(7);
  });

  it('is degraded by a Redis that may throw jobs away, and says how to correct it', async () => {
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const { code, report } = await reportOf();
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    expect(code).toBe(1);
    expect(report.problems.join()).toContain('maxmemory-policy noeviction');
  });

  it('says soon that Redis is down when it hangs', async () => {
    redis.pause();
    const { code, stdout, durationMs } = await check();
    expect(code).toBe(2);
    expect(stdout).toContain('does not answer');
    // Three seconds in all on a quiet machine; here the start of Node itself depends on what else runs.
    const { durationMs: startMs } = await check(['--help']);
    expect(durationMs - startMs).toBeLessThan(2_000);
  });

  it('says that Redis is down when nothing listens there', async () => {
    const { code, report } = await reportOf('redis://127.0.0.1:9');
    expect(code).toBe(2);
    expect(report).toMatchObject({ status: 'down', redis: { up: false } });
  });

  it('lists every problem of a missing configuration', async () => {
    const { code, stderr } = await runCommand(command.file, [], { SCORING_WORKER_CONCURRENCY: 'many' });
    expect(code).toBe(3);
    for (const name of ['REDIS_URL', 'SUPABASE_URL', 'SCORING_WORKER_CONCURRENCY']) expect(stderr).toContain(name);
  });

  it('explains itself', async () => {
    const { code, stdout } = await check(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Exit codes');
  });
});
