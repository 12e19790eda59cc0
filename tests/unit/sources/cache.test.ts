import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SourceContext } from '@/lib/sources/define-source';
import { createSourcesIn, type SourceId } from '@/lib/sources/registry';
import { memoryCache } from '@/lib/sources/source-cache';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { sourceContext } from '../../support/source-context';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-23T09:00:00.000Z');

let sandbox: TestSandbox;
let recordings: string;
beforeAll(async () => {
  recordings = mkdtempSync(join(tmpdir(), 'oppspot-cache-'));
  sandbox = await openTestSandbox({ recordings: [recordings], rateLimit: 100_000 });
});
afterEach(() => sandbox.reset());
afterAll(async () => {
  await sandbox.close();
  rmSync(recordings, { recursive: true, force: true });
});

/** Jobs one after the other that share a cache; each reads one source at a given hour. */
function jobs() {
  const cache = memoryCache();
  return (id: SourceId, hours: number, overrides: Partial<SourceContext> = {}, companyNumber = 'DM000001') => {
    const now = () => new Date(START + hours * HOUR);
    return createSourcesIn(sourceContext(sandbox.url, { cache, now, ...overrides })).read(id, { companyNumber });
  };
}

describe('kept answers', () => {
  it.each([
    ['companies_house.profile', 24],
    ['companies_house.officers', 24],
    ['companies_house.psc', 24],
    ['companies_house.charges', 24],
    ['companies_house.insolvency', 24],
    ['companies_house.filing_history', 6],
  ] as const)('of %s serve for %i hours', async (id, hours) => {
    const read = jobs();
    const first = await read(id, 0);
    expect(await read(id, hours - 0.01)).toEqual(first);
    expect((await sandbox.stats()).total).toBe(1);
    await read(id, hours + 0.01);
    expect((await sandbox.stats()).total).toBe(2);
  });

  it('that the register confirms are fresh again without being sent again', async () => {
    const read = jobs();
    const first = await read('companies_house.profile', 0);
    const confirmed = await read('companies_house.profile', 30);
    expect((await sandbox.stats()).statuses).toEqual({ 200: 1, 304: 1 });
    if (first.outcome !== 'ok' || confirmed.outcome !== 'ok') throw new Error('not read');
    expect(confirmed.data).toEqual(first.data);
    expect(confirmed.origin).toEqual({ ...first.origin, retrievedAt: '2026-11-24T15:00:00.000Z' });
    await read('companies_house.profile', 50);
    expect((await sandbox.stats()).total).toBe(2);
  });

  it('are passed over when a job asks for news', async () => {
    const read = jobs();
    await read('companies_house.profile', 0);
    const askedFor = new Date(START + HOUR);
    await read('companies_house.profile', 1, { notBefore: askedFor });
    expect((await sandbox.stats()).statuses).toEqual({ 200: 2 });
  });

  it('serve a job that asks for news when an earlier attempt of it kept them', async () => {
    const read = jobs();
    const askedFor = new Date(START + HOUR);
    await read('companies_house.profile', 0);
    const renewed = await read('companies_house.profile', 1, { notBefore: askedFor });
    expect(await read('companies_house.profile', 2, { notBefore: askedFor })).toEqual(renewed);
    expect((await sandbox.stats()).total).toBe(2);
  });

  it('that a job wants twice at the same time are asked for once', async () => {
    const ctx = sourceContext(sandbox.url);
    const input = { companyNumber: 'DM000001' };
    await Promise.all([
      createSourcesIn(ctx).read('companies_house.filing_history', input),
      createSourcesIn(ctx).read('accounts.figures', input),
    ]);
    expect((await sandbox.stats()).paths['/company/DM000001/filing-history']).toBe(1);
  });

  it('are passed over by what builds on them, too, when a job asks for news', async () => {
    const read = jobs();
    await read('companies_house.filing_history', 0);
    await read('accounts.figures', 1, { notBefore: new Date(START + HOUR) });
    expect((await sandbox.stats()).paths['/company/DM000001/filing-history']).toBe(2);
  });

  it('serve, marked stale and with their own date, while the register is down', async () => {
    const read = jobs();
    const first = await read('companies_house.profile', 0);
    if (first.outcome !== 'ok') throw new Error(first.outcome);
    for (const fault of [{ kind: 'html' }, { kind: 'truncated' }, { kind: 'reset' }]) {
      await sandbox.disturb(fault);
      expect(await read('companies_house.profile', 48, { notBefore: new Date(START + 48 * HOUR) })).toEqual({
        ...first,
        origin: { ...first.origin, stale: true },
      });
      await sandbox.reset();
    }
    expect(await read('companies_house.profile', 49)).toMatchObject({ origin: { stale: false } });
  });

  it('do not hide that our key is refused', async () => {
    const read = jobs();
    await read('companies_house.profile', 0);
    await sandbox.disturb({ kind: 'status', status: 401 });
    expect(await read('companies_house.profile', 48)).toMatchObject({ outcome: 'unavailable' });
  });

  it('remember that there was nothing', async () => {
    const read = jobs();
    const first = await read('companies_house.charges', 0, {}, 'DM000004');
    expect(first.outcome).toBe('empty');
    expect(await read('companies_house.charges', 12, {}, 'DM000004')).toEqual(first);
    expect((await sandbox.stats()).total).toBe(1);
  });

  it('of a failure are never kept', async () => {
    const read = jobs();
    await sandbox.disturb({ kind: 'malformed' });
    expect(await read('companies_house.profile', 0)).toMatchObject({ outcome: 'unavailable' });
    await sandbox.reset();
    expect(await read('companies_house.profile', 0)).toMatchObject({ outcome: 'ok' });
  });

  it('give way to what has changed', async () => {
    const read = jobs();
    const folder = join(recordings, 'companies-house', 'company');
    mkdirSync(folder, { recursive: true });
    const write = (name: string, etag: string) =>
      writeFileSync(
        join(folder, 'DX000009.json'),
        JSON.stringify({ company_name: name, company_number: 'DX000009', etag }),
      );
    write('EXAMPLE BEFORE LIMITED', 'a1');
    await read('companies_house.profile', 0, {}, 'DX000009');
    write('EXAMPLE AFTER LIMITED', 'b2');
    expect(await read('companies_house.profile', 25, {}, 'DX000009')).toMatchObject({
      data: { company_name: 'EXAMPLE AFTER LIMITED' },
    });
  });
});
