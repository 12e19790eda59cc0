import { describe, expect, it } from 'vitest';
import type { SourceDefinition } from '@/lib/sources/define-source';
import { jobLocationHistorySource } from '@/lib/sources/history/job-location-history';
import { websiteHistorySource } from '@/lib/sources/history/website-history';
import type { JobBoardRoles } from '@/lib/sources/job-boards/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import { memoryCache } from '@/lib/sources/source-cache';
import type { Website } from '@/lib/sources/website/schema';
import { sourceContext } from '@/tests/support/source-context';

const INPUT = { companyNumber: 'DM000099' };
const HOME = 'https://kestrel.example/';
const SHOP = 'https://kestrel.example/shop';

/** A source that answers one after the other. */
function answering<T>(id: string, outcomes: SourceOutcome<T>[]): SourceDefinition<T> {
  const left = [...outcomes];
  return {
    id,
    read: async () => {
      const next = left.shift();
      if (next === undefined) throw new Error('asked too often');
      return next;
    },
  };
}

function found<T>(source: string, data: T, day: string, stale = false): SourceOutcome<T> {
  return {
    outcome: 'ok',
    data,
    origin: {
      source,
      title: 'Kestrel',
      url: HOME,
      sourceType: 'web_site',
      retrievedAt: `${day}T09:00:00.000Z`,
      publishedAt: null,
      sha256: 'a'.repeat(64),
      reliability: 0.75,
      stale,
    },
  };
}

function site(names: string[], pages = [HOME], host = 'kestrel.example'): Website {
  const data = {
    site: { host, home: HOME, https: true, pages_read: pages.length },
    match: { worth: 1 },
    pages: pages.map((url) => ({ url })),
    technologies: names.map((name) => ({
      name,
      category: 'commerce',
      matched: `${name}.js`,
      where: 'script',
      page: pages.length - 1,
    })),
  };
  // Only what a history reads.
  return data as unknown as Website;
}

function roles(places: string[], boards = ['https://board.example/kestrel']): JobBoardRoles {
  const data = {
    boards: boards.map((url) => ({ url, unread: null, proof: { match: 0.9 } })),
    roles: places.map((place) => ({ title: 'Fitter', locations: [place], board: boards.length - 1 })),
  };
  // Only what a history reads.
  return data as unknown as JobBoardRoles;
}

async function readAll<T>(
  make: (of: SourceDefinition<T>) => ReturnType<typeof websiteHistorySource>,
  outcomes: SourceOutcome<T>[],
) {
  const source = make(answering('website.pages', outcomes));
  const ctx = sourceContext('http://127.0.0.1:9', { cache: memoryCache() });
  let last: Awaited<ReturnType<typeof source.read>> | null = null;
  for (const _ of outcomes) last = await source.read(ctx, INPUT);
  if (last?.outcome !== 'ok') throw new Error(`no history: ${last?.outcome}`);
  return last.data;
}

const appeared = ({ things }: Awaited<ReturnType<typeof readAll>>) =>
  things.filter(({ absent_at }) => absent_at !== null).map(({ name }) => name);
const siteOn = (day: string, ...args: Parameters<typeof site>) => found('website.pages', site(...args), day);

describe('a history of readings', () => {
  it('knows what appeared between two readings, with the days of both', async () => {
    const history = await readAll(websiteHistorySource, [
      siteOn('2026-10-01', ['WordPress']),
      siteOn('2026-11-20', ['WordPress', 'Shopify']),
    ]);
    expect(history).toMatchObject({ began_at: '2026-10-01T09:00:00.000Z', read_at: '2026-11-20T09:00:00.000Z' });
    expect(history.things.find(({ name }) => name === 'Shopify')).toEqual({
      key: 'shopify',
      name: 'Shopify',
      detail: 'Shopify.js',
      place: HOME,
      match: 1,
      first_seen_at: '2026-11-20T09:00:00.000Z',
      absent_at: '2026-10-01T09:00:00.000Z',
    });
    expect(appeared(history)).toEqual(['Shopify']);
  });

  it('takes nothing of the first reading for new', async () => {
    expect(appeared(await readAll(websiteHistorySource, [siteOn('2026-10-01', ['WordPress'])]))).toEqual([]);
  });

  it('remembers what was there before the last reading: what comes back is not new', async () => {
    const history = await readAll(websiteHistorySource, [
      siteOn('2026-09-01', ['Shopify']),
      siteOn('2026-10-01', []),
      siteOn('2026-11-01', ['Shopify']),
    ]);
    expect(appeared(history)).toEqual([]);
  });

  it('takes nothing for new on a page that was not read before, or on another site', async () => {
    const pages = await readAll(websiteHistorySource, [
      siteOn('2026-10-01', [], [HOME]),
      siteOn('2026-11-01', ['Shopify'], [HOME, SHOP]),
    ]);
    expect(appeared(pages)).toEqual([]);
    const sites = await readAll(websiteHistorySource, [
      siteOn('2026-10-01', []),
      siteOn('2026-11-01', ['Shopify'], [HOME], 'other.example'),
    ]);
    expect(appeared(sites)).toEqual([]);
  });

  it('adds no reading twice, and none that is a stale copy', async () => {
    const same = await readAll(websiteHistorySource, [siteOn('2026-10-01', []), siteOn('2026-10-01', ['Shopify'])]);
    expect(same.things).toEqual([]);
    const stale = await readAll(websiteHistorySource, [
      siteOn('2026-10-01', []),
      found('website.pages', site(['Shopify']), '2026-11-01', true),
    ]);
    expect(stale.read_at).toBe('2026-10-01T09:00:00.000Z');
  });

  it('compares places of work, however they are written, and no roles that can be done anywhere', async () => {
    const history = await readAll(jobLocationHistorySource, [
      found('job_boards.roles', roles(['London, UK']), '2026-10-01'),
      found('job_boards.roles', roles(['London', 'Leeds / York', 'Remote - UK']), '2026-11-01'),
    ]);
    expect(appeared(history)).toEqual(['Leeds', 'York']);
    expect(history.things.map(({ match }) => match)).toEqual([0.9, 0.9, 0.9]);
  });

  it('takes places on a board that was not read before for old', async () => {
    const boards = ['https://board.example/kestrel', 'https://jobs.example/kestrel'];
    const history = await readAll(jobLocationHistorySource, [
      found('job_boards.roles', roles(['London']), '2026-10-01'),
      found('job_boards.roles', roles(['Leeds'], boards), '2026-11-01'),
    ]);
    expect(appeared(history)).toEqual([]);
  });

  it('cannot be begun where no site is proved to be the company’s own', async () => {
    const candidate = found('website.pages', { ...site([]), site: null }, '2026-11-01');
    const source = websiteHistorySource(answering('website.pages', [candidate]));
    const outcome = await source.read(sourceContext('http://127.0.0.1:9', { cache: memoryCache() }), INPUT);
    expect(outcome).toMatchObject({ outcome: 'skipped', reason: 'No web site is proved to be the company’s own.' });
  });

  it('says of a site that could not be read why, and keeps what it has', async () => {
    const down: SourceOutcome<Website> = {
      outcome: 'unavailable',
      source: 'website.pages',
      code: 'provider_unavailable',
      reason: 'No answer in time.',
      retryAt: null,
      at: '2026-11-01T09:00:00.000Z',
    };
    const source = websiteHistorySource(answering('website.pages', [down]));
    const outcome = await source.read(sourceContext('http://127.0.0.1:9', { cache: memoryCache() }), INPUT);
    expect(outcome).toEqual({ ...down, source: 'website.history' });
  });
});
