import { randomUUID } from 'node:crypto';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSourcesIn } from '@/lib/sources/registry';
import { databaseCache } from '@/lib/sources/source-cache';
import { clientOptions } from '@/lib/supabase/client-options';
import { serviceClient } from '@/lib/supabase/service-client';
import type { Database } from '@/types/database';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { sourceContext } from '../../support/source-context';

describe('answers kept in the database', () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await openTestSandbox();
  });
  afterAll(() => sandbox.close());

  it('come back as they were put, in the order of the provider', async () => {
    const cache = databaseCache(serviceClient());
    const key = `test:${randomUUID()}`;
    const answer = {
      outcome: 'ok' as const,
      body: '{"z":1,"a":"\\u0000 é 1.50","items":[{"b":1.0,"a":2}]}',
      etag: '"v1"',
      sha256: 'a'.repeat(64),
      retrievedAt: '2026-11-23T09:00:00.000Z',
      expiresAt: '2026-11-24T09:00:00.000Z',
    };
    expect(await cache.get(key)).toBeNull();
    await cache.put(key, 'companies_house.profile', answer);
    expect(await cache.get(key)).toEqual(answer);
    await cache.put(key, 'companies_house.profile', { ...answer, outcome: 'empty', body: '', etag: null });
    expect(await cache.get(key)).toEqual({ ...answer, outcome: 'empty', body: '', etag: null });
  });

  it('serve the next job of any worker', async () => {
    const cache = databaseCache(serviceClient());
    const companyNumber = 'DM000002';
    const later = new Date(Date.now() + 400 * 24 * 3_600_000);
    const read = () =>
      createSourcesIn(sourceContext(sandbox.url, { cache, now: () => later })).read('companies_house.officers', {
        companyNumber,
      });
    const first = await read();
    const second = await read();
    expect(first.outcome).toBe('ok');
    expect(second).toEqual(first);
    expect((await sandbox.stats()).total).toBe(1);
    await serviceClient().from('source_cache').delete().eq('key', `companies_house.officers:${companyNumber}@sandbox`);
  });

  it('are no condition: without a database the provider is asked', async () => {
    const gone = createClient<Database>('http://127.0.0.1:1', 'none', clientOptions(500));
    const sources = createSourcesIn(sourceContext(sandbox.url, { cache: databaseCache(gone) }));
    expect(await sources.read('companies_house.profile', { companyNumber: 'DM000003' })).toMatchObject({
      outcome: 'ok',
    });
  });
});
