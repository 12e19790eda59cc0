import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PROVIDER_IDS, providerSpec } from '@/lib/sources/providers';
import { type BundledWorker, bundleWorker } from '../../support/bundle-worker';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { startTestRedis, type TestRedis } from '../../support/redis';

const PROCESSES = 4;
const statsSchema = z.object({
  providers: z.record(z.string(), z.object({ total: z.number(), statuses: z.record(z.string(), z.number()) })),
});
const logSchema = z.array(z.object({ at: z.coerce.date(), provider: z.string(), path: z.string() }));

let redis: TestRedis;
let sandbox: TestSandbox;
let reader: BundledWorker;
beforeAll(async () => {
  [redis, sandbox, reader] = await Promise.all([
    startTestRedis(),
    openTestSandbox({ logLimit: 10_000 }),
    bundleWorker('tests/support/budget-reader.ts'),
  ]);
});
beforeEach(() => sandbox.reset());
afterAll(async () => {
  reader.remove();
  await Promise.all([redis.stop(), sandbox.close()]);
});

/** Four processes that start together, each with its own connections to Redis. @returns their outcomes, added up. */
async function readWithFour(wishes: string[], variables: Record<string, string> = {}): Promise<Record<string, number>> {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production' as const,
    LOG_LEVEL: 'silent',
    REDIS_URL: redis.url,
    REDIS_PREFIX: `{${randomUUID()}}`,
    SUPABASE_URL: 'http://127.0.0.1:9',
    SUPABASE_PUBLISHABLE_KEY: 'none',
    SUPABASE_SECRET_KEY: 'none',
    PROVIDER_SANDBOX_URL: sandbox.url,
    ...variables,
  };
  const run = () => promisify(execFile)(process.execPath, [reader.file, ...wishes], { env });
  const results = await Promise.all(Array.from({ length: PROCESSES }, run));
  const sums: Record<string, number> = {};
  for (const { stdout } of results) {
    for (const [key, count] of Object.entries(z.record(z.string(), z.number()).parse(JSON.parse(stdout)))) {
      sums[key] = (sums[key] ?? 0) + count;
    }
  }
  return sums;
}

async function counted(): Promise<z.infer<typeof statsSchema>['providers']> {
  return statsSchema.parse(await (await fetch(`${sandbox.url}/_stats`)).json()).providers;
}

describe('four processes together', () => {
  // GDELT's window is as short as this test is long; it has a test of its own.
  const providers = PROVIDER_IDS.filter((id) => id !== 'gdelt' && providerSpec(id).account === undefined);

  it('use up every provider’s budget to the last request and never a request more', async () => {
    // Each process alone would ask more than two thirds of what all may ask together.
    const wishes = providers.map((id) => `${id}=${Math.ceil(providerSpec(id).limit * 0.7)}`);
    await readWithFour(wishes);
    const stats = await counted();
    const totals = providers.map((id) => [id, stats[id.replaceAll('_', '-')]?.total]);
    expect(totals).toEqual(providers.map((id) => [id, providerSpec(id).limit]));
    expect(providers.filter((id) => stats[id.replaceAll('_', '-')]?.statuses['429'])).toEqual([]);
  });

  it('share one budget between the register and its documents, as they share a key', async () => {
    await readWithFour(['companies_house=40', 'companies_house_documents=40'], { COMPANIES_HOUSE_RATE_LIMIT: '100' });
    const stats = await counted();
    const total = (stats['companies-house']?.total ?? 0) + (stats['companies-house-documents']?.total ?? 0);
    expect(total).toBe(100);
  });

  it('wait for each other where a window is short', async () => {
    const outcomes = await readWithFour(['gdelt=1']);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(PROCESSES);
    expect((await gaps('gdelt')).filter((gapMs) => gapMs < 5_000)).toEqual([]);
  });

  it('ask a web site once a second, robots.txt included', async () => {
    const outcomes = await readWithFour(['site-of-nobody.example=2']);
    expect(outcomes).toEqual({ 'site-of-nobody.example 404': 2 * PROCESSES });
    const between = await gaps('web');
    // Robots.txt once for each process, and two pages.
    expect(between).toHaveLength(3 * PROCESSES - 1);
    expect(Math.min(...between)).toBeGreaterThanOrEqual(1_000);
  });
});

/** @returns the milliseconds between requests as the sandbox saw them. */
async function gaps(provider: string): Promise<number[]> {
  const log = logSchema.parse(await (await fetch(`${sandbox.url}/_log`)).json());
  const times = log.filter((request) => request.provider === provider).map(({ at }) => at.getTime());
  await fetch(`${sandbox.url}/_log`, { method: 'DELETE' });
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}
