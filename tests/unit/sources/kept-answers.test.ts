import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { COSTLY_SOURCES, createSourcesIn, keptWhereCostly } from '@/lib/sources/registry';
import { memoryCache } from '@/lib/sources/source-cache';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { sourceContext } from '../../support/source-context';

const COMPANY = { companyNumber: 'DM000001' };
const START = Date.parse('2026-11-23T09:00:00.000Z');
const DAY = 86_400_000;

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox({ rateLimit: 100_000 });
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** Jobs one after the other that share a cache. */
function jobs() {
  const cache = memoryCache();
  return (days = 0, notBefore: Date | null = null) => {
    const now = () => new Date(START + days * DAY);
    const named = async () => ({ companyName: 'BRAMBLEWICK JOINERY LTD', postcode: null });
    return createSourcesIn(sourceContext(sandbox.url, { cache, now, notBefore }), named);
  };
}

describe('a source that is looked up among kept answers', () => {
  it.each(COSTLY_SOURCES)('asks nobody about %s, and says who will', async (id) => {
    const answer = await jobs()().readKept(id, COMPANY);
    expect(answer).toMatchObject({ outcome: 'skipped', source: id });
    expect(answer).toMatchObject({ reason: expect.stringContaining('a research reads it') });
    expect((await sandbox.stats()).total).toBe(0);
  });

  it('does not stand in the way of a real read in the same job, before or after', async () => {
    const sources = jobs()();
    const [kept, read] = await Promise.all([
      sources.readKept('job_boards.roles', COMPANY),
      sources.read('job_boards.roles', COMPANY),
    ]);
    expect([kept.outcome, read.outcome]).toEqual(['skipped', 'ok']);
    expect(await sources.readKept('job_boards.roles', COMPANY)).toEqual(read);
  });

  it('answers with what an earlier job has read, however old, and shows its age', async () => {
    const job = jobs();
    const read = await job().read('job_boards.roles', COMPANY);
    const asked = (await sandbox.stats()).total;
    expect(await job(0.1).readKept('job_boards.roles', COMPANY)).toEqual(read);
    if (read.outcome !== 'ok') throw new Error('not read');
    const old = { ...read, origin: { ...read.origin, stale: true } };
    expect(await job(10).readKept('job_boards.roles', COMPANY)).toEqual(old);
    expect(await job(0.1, new Date(START + DAY / 20)).readKept('job_boards.roles', COMPANY)).toEqual(old);
    expect((await sandbox.stats()).total).toBe(asked);
  });

  it('is the only way to costly sources for whoever must not ask them', async () => {
    const sources = keptWhereCostly(jobs()());
    expect(await sources.read('website.pages', COMPANY)).toMatchObject({ outcome: 'skipped' });
    expect(await sources.read('companies_house.profile', COMPANY)).toMatchObject({ outcome: 'ok' });
  });
});
