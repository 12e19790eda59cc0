import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { openRedis } from '@/lib/queue/redis-client';
import { createRateBudget, type RateBudget, type RateBudgetOptions } from '@/lib/sources/rate-budget';
import { createSourcesIn } from '@/lib/sources/registry';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { sourceContext } from '../../support/source-context';

const clients: Redis[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

/** A worker's own budget: its own connection to Redis, one key for all. */
function budgetOf(
  worker: string,
  options: Pick<RateBudgetOptions, 'key' | 'limit'> & Partial<RateBudgetOptions>,
): RateBudget {
  const client = openRedis('failFast', worker);
  clients.push(client);
  return createRateBudget({ redis: () => client, provider: 'Example', windowMs: 60_000, maxWaitMs: 0, ...options });
}

const neverStopped = new AbortController().signal;
const key = () => `{test}:budget:${randomUUID()}`;

describe('a budget that workers share', () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await openTestSandbox({ rateLimit: 20, rateWindowSeconds: 60 });
  });
  afterAll(() => sandbox.close());

  it('lets exactly the allowed number of requests reach the provider', async () => {
    const shared = key();
    const companies = Array.from({ length: 12 }, (_, index) => `DM${String(index + 1).padStart(6, '0')}`);
    const workers = Array.from({ length: 5 }, (_, worker) => {
      const budget = budgetOf(`worker-${worker}`, { key: shared, limit: 20 });
      return createSourcesIn(sourceContext(sandbox.url, { channels: { companies_house: { budget } } }));
    });
    const reads = workers.flatMap((sources) =>
      companies.map((companyNumber) =>
        sources.read('companies_house.profile', { companyNumber }).then(
          ({ outcome }) => outcome,
          (error: unknown) => (error instanceof AppError ? error.code : 'unknown'),
        ),
      ),
    );
    const results = await Promise.all(reads);
    expect(results.filter((result) => result === 'ok')).toHaveLength(20);
    expect(results.filter((result) => result === 'provider_rate_limited')).toHaveLength(40);
    expect(await sandbox.stats()).toMatchObject({ total: 20, statuses: { 200: 20 } });
  });

  it('keeps a part for people when a batch has used up its own', async () => {
    const budget = budgetOf('worker', { key: key(), limit: 10 });
    const batch = () =>
      budget.take(neverStopped, 0.8).then(
        () => 'taken',
        (error: AppError) => error.code,
      );
    const taken = [];
    for (let request = 0; request < 12; request++) taken.push(await batch());
    expect(taken.filter((outcome) => outcome === 'taken')).toHaveLength(8);
    await budget.take(neverStopped);
    await budget.take(neverStopped);
    await expect(budget.take(neverStopped)).rejects.toMatchObject({ code: 'provider_rate_limited' });
    expect(await batch()).toBe('provider_rate_limited');
  });

  it('says when it makes sense to come back', async () => {
    const budget = budgetOf('worker', { key: key(), limit: 1 });
    await budget.take(neverStopped);
    const failure = await budget.take(neverStopped).catch((error: unknown) => error);
    if (!(failure instanceof AppError)) throw failure;
    const seconds = ((failure.retryAt?.getTime() ?? 0) - Date.now()) / 1_000;
    expect(failure.code).toBe('provider_rate_limited');
    expect(seconds).toBeGreaterThan(55);
    expect(seconds).toBeLessThan(66);
  });

  it('slides: a request is free again when the oldest is a window old', async () => {
    const budget = budgetOf('worker', { key: key(), limit: 2, windowMs: 300, maxWaitMs: 1_000 });
    const started = performance.now();
    for (let request = 0; request < 6; request += 1) await budget.take(neverStopped);
    expect(performance.now() - started).toBeGreaterThan(590);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is closed for everybody until the time that the provider names', async () => {
    const shared = key();
    await budgetOf('told', { key: shared, limit: 100 }).block(new Date(Date.now() + 30_000));
    await expect(budgetOf('another', { key: shared, limit: 100 }).take(neverStopped)).rejects.toMatchObject({
      code: 'provider_rate_limited',
    });
  });

  it('opens again by itself', async () => {
    const budget = budgetOf('worker', { key: key(), limit: 100, maxWaitMs: 2_000 });
    await budget.block(new Date(Date.now() + 200));
    const started = performance.now();
    await budget.take(neverStopped);
    expect(performance.now() - started).toBeGreaterThan(150);
  });

  it('lets go of a job that has to stop while it waits', async () => {
    const budget = budgetOf('worker', { key: key(), limit: 1, maxWaitMs: 120_000 });
    await budget.take(neverStopped);
    const controller = new AbortController();
    const waiting = budget.take(controller.signal);
    const stopped = new AppError('cancelled');
    controller.abort(stopped);
    await expect(waiting).rejects.toBe(stopped);
  });

  it('shrinks to a tenth per process while Redis does not answer', async () => {
    const gone = new Redis({
      host: '127.0.0.1',
      port: 1,
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    gone.on('error', () => undefined);
    const budget = createRateBudget({
      redis: () => gone,
      key: key(),
      provider: 'Example',
      limit: 30,
      windowMs: 60_000,
      maxWaitMs: 0,
    });
    for (let request = 0; request < 3; request += 1) await budget.take(neverStopped);
    await expect(budget.take(neverStopped)).rejects.toMatchObject({ code: 'provider_rate_limited' });
    gone.disconnect();
  });
});

describe('a provider that counts differently', () => {
  it('closes the budget until its window ends, and the job is told', async () => {
    const sandbox = await openTestSandbox({ rateLimit: 1, rateWindowSeconds: 60 });
    try {
      const budget = budgetOf('worker', { key: key(), limit: 600 });
      const context = sourceContext(sandbox.url, { channels: { companies_house: { budget } } });
      const sources = createSourcesIn(context);
      expect(await sources.read('companies_house.profile', { companyNumber: 'DM000001' })).toMatchObject({
        outcome: 'ok',
      });
      for (const companyNumber of ['DM000002', 'DM000003']) {
        await expect(sources.read('companies_house.profile', { companyNumber })).rejects.toMatchObject({
          code: 'provider_rate_limited',
          retryAt: expect.any(Date),
        });
      }
      expect((await sandbox.stats()).statuses).toEqual({ 200: 1, 429: 1 });
    } finally {
      await sandbox.close();
    }
  });
});
