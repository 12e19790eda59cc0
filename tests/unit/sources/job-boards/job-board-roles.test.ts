import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SourceDefinition } from '@/lib/sources/define-source';
import { jobBoardRolesSource } from '@/lib/sources/job-boards/job-board-roles-source';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SitePage, Website } from '@/lib/sources/website/schema';
import { openTestSandbox, type TestSandbox } from '../../../support/faulty-sandbox';
import { hasSharedData, sharedData } from '../../../support/shared-data';
import { sourceContext } from '../../../support/source-context';

const NOW = '2026-11-23T12:00:00.000Z';
const HOME = 'https://www.acme-widgets.example/';
const CAREERS = 'https://www.acme-widgets.example/careers';
const INPUT = { companyNumber: '01234567', companyName: 'ACME WIDGETS LIMITED' };

let sandbox: TestSandbox;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oppspot-boards-'));
  sandbox = await openTestSandbox({ recordings: [folder] });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => sandbox.reset());

function record(path: string, body: unknown): void {
  const file = join(folder, `${path}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(body));
}

function page(links: string[], more: Partial<SitePage> = {}): SitePage {
  return {
    url: HOME,
    title: null,
    retrieved_at: NOW,
    sha256: 'b'.repeat(64),
    quotable: true,
    text: '',
    language: 'en',
    links,
    embeds: [],
    job_json_ld: [],
    ...more,
  };
}

/** The source that reads the company's web site, with a given answer. */
function websiteOf(answer: SitePage[] | SourceOutcome<Website>): SourceDefinition<Website> {
  return { id: 'website.pages', read: async () => (Array.isArray(answer) ? proved(answer) : answer) };
}

const origin = {
  source: 'website.pages',
  title: 'Company web site',
  url: HOME,
  sourceType: 'company_website',
  retrievedAt: NOW,
  publishedAt: null,
  sha256: 'c'.repeat(64),
  reliability: 0.75,
  stale: false,
};

function proved(pages: SitePage[]): SourceOutcome<Website> {
  const data: Website = {
    state: 'proved',
    site: { host: 'acme-widgets.example', home: HOME, https: true, pages_read: pages.length },
    match: {
      kind: 'legal_name_and_postcode',
      found_in: 'text',
      page: 0,
      quote: 'Acme Widgets Limited',
      postcode: 'LS1 1AA',
      worth: 0.9,
    },
    candidates: [],
    pages,
    description: null,
    organisations: [],
    people: [],
    emails: [],
    phones: [],
    addresses: [],
    social_links: [],
    technologies: [],
    languages: [],
  };
  return { outcome: 'ok', data, origin };
}

function read(site: SitePage[] | SourceOutcome<Website>, input: Partial<typeof INPUT> = INPUT) {
  const ctx = sourceContext(sandbox.url, { now: () => new Date(NOW) });
  return jobBoardRolesSource(websiteOf(site)).read(ctx, { companyNumber: INPUT.companyNumber, ...input });
}

describe('the job boards of a company', () => {
  it.skipIf(!hasSharedData)(
    'are read where its pages lead to them, with real answers of Greenhouse and Lever',
    async () => {
      mkdirSync(join(folder, 'greenhouse/boards/acmewidgets'), { recursive: true });
      cpSync(
        sharedData('jobs', 'omoji-personal', 'greenhouse.json'),
        join(folder, 'greenhouse/boards/acmewidgets/jobs.json'),
      );
      mkdirSync(join(folder, 'lever/postings'), { recursive: true });
      cpSync(sharedData('jobs', 'lalalune', 'lever.json'), join(folder, 'lever/postings/acmewidgets.json'));
      const outcome = await read([
        page(['https://boards.greenhouse.io/acmewidgets', 'https://jobs.lever.co/acmewidgets/d6d4ddcc']),
      ]);
      if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
      expect(outcome.data.total).toBe(6);
      expect(outcome.data.boards).toMatchObject([
        {
          provider: 'greenhouse',
          url: 'https://job-boards.greenhouse.io/acmewidgets',
          company_name: 'Amplitude',
          proof: { by: 'link', page: HOME, match: 0.9 },
          unread: null,
        },
        { provider: 'lever', company_name: null, unread: null },
      ]);
      const days = outcome.data.roles.map(({ first_published }) => first_published ?? '');
      expect(days).toEqual([...days].sort().reverse());
      expect(outcome.data.roles.map(({ title }) => title)).toContain('Director of IT');
      expect(outcome.origin).toMatchObject({ title: 'Job board: Greenhouse', reliability: 0.95, stale: false });
    },
  );

  it('are kept for six hours', async () => {
    record('ashby/job-board/acmewidgets', { jobs: [{ id: '1', title: 'Buyer' }] });
    let now = new Date(NOW);
    const ctx = sourceContext(sandbox.url, { now: () => now });
    const source = jobBoardRolesSource(websiteOf([page(['https://jobs.ashbyhq.com/acmewidgets'])]));
    await source.read(ctx, INPUT);
    record('ashby/job-board/acmewidgets', { jobs: [] });
    now = new Date('2026-11-23T17:59:00Z');
    expect(await source.read(ctx, INPUT)).toMatchObject({ outcome: 'ok', data: { total: 1 } });
    now = new Date('2026-11-23T18:01:00Z');
    expect(await source.read(ctx, INPUT)).toMatchObject({ outcome: 'ok', data: { total: 0 } });
    await sandbox.disturb({ provider: 'ashby', kind: 'status', status: 503 });
    now = new Date('2026-11-24T18:01:00Z');
    expect(await source.read(ctx, INPUT)).toMatchObject({ outcome: 'ok', data: { total: 0 }, origin: { stale: true } });
  });

  it('without a role are an answer: nothing is advertised', async () => {
    record('workable/accounts/acmewidgets', { name: 'Acme Widgets', jobs: [] });
    expect(await read([page(['https://apply.workable.com/acmewidgets/'])])).toMatchObject({
      outcome: 'ok',
      data: { total: 0, roles: [] },
    });
  });

  it('are not there where no page leads to one', async () => {
    expect(await read([page(['https://www.greenhouse.io/'])])).toMatchObject({
      outcome: 'empty',
      origin: { url: HOME },
      reason: expect.stringContaining('leads to no job board'),
    });
  });

  it('that no longer exist count as none', async () => {
    expect(await read([page(['https://jobs.lever.co/gone'], { url: CAREERS })])).toMatchObject({ outcome: 'empty' });
  });

  it('that do not answer are a failure with its reason, never "no open roles"', async () => {
    await sandbox.disturb({ provider: 'ashby', kind: 'status', status: 503 });
    expect(await read([page(['https://jobs.ashbyhq.com/acmewidgets'])])).toMatchObject({
      outcome: 'unavailable',
      code: 'provider_unavailable',
      reason: expect.stringContaining('Ashby'),
    });
  });

  it('that do not answer do not hide those that do', async () => {
    await sandbox.disturb({ provider: 'ashby', kind: 'malformed' });
    record('recruitee/acmewidgets/api/offers', { offers: [{ id: 1, title: 'Buyer', company_name: 'Acme' }] });
    const outcome = await read([page(['https://jobs.ashbyhq.com/acmewidgets', 'https://acmewidgets.recruitee.com/'])]);
    expect(outcome).toMatchObject({
      outcome: 'ok',
      data: {
        total: 1,
        boards: [
          { provider: 'ashby', unread: expect.stringContaining('Ashby') },
          { provider: 'recruitee', unread: null },
        ],
      },
      origin: { title: 'Job board: Recruitee' },
    });
  });

  it('of others are left alone: another name, linked from any page', async () => {
    record('greenhouse/boards/globex/jobs', { jobs: [{ id: 1, title: 'Buyer', company_name: 'Globex' }] });
    expect(await read([page(['https://boards.greenhouse.io/globex'])])).toMatchObject({ outcome: 'empty' });
    const fromCareers = await read([page(['https://boards.greenhouse.io/globex'], { url: CAREERS })]);
    expect(fromCareers).toMatchObject({ outcome: 'ok', data: { boards: [{ proof: { match: 0.6 } }] } });
  });

  it('of others are left alone: a page with the boards of many companies', async () => {
    const links = ['one', 'two', 'three', 'four'].map((name) => `https://jobs.lever.co/${name}`);
    expect(await read([page(links, { url: 'https://www.acme-widgets.example/portfolio/jobs' })])).toMatchObject({
      outcome: 'empty',
    });
  });

  it('can be its own pages, as long as a posting is valid and its own', async () => {
    const posting = { '@type': 'JobPosting', hiringOrganization: { name: 'Acme Widgets' }, datePosted: '2026-11-02' };
    const blocks = [
      { ...posting, title: 'Buyer', identifier: '1' },
      { ...posting, title: 'Clerk', identifier: '2', validThrough: '2026-10-01' },
      { ...posting, title: 'Cook', identifier: '3', hiringOrganization: 'Globex' },
    ];
    expect(await read([page([]), page([], { url: CAREERS, job_json_ld: blocks })])).toMatchObject({
      outcome: 'ok',
      data: {
        total: 1,
        boards: [{ provider: 'json_ld', url: CAREERS, proof: { by: 'own_page', match: 0.9 } }],
        roles: [{ title: 'Buyer', first_published: '2026-11-02', url: CAREERS }],
      },
    });
  });

  it('made with Teamtailor are read as the careers site that they are', async () => {
    const feed = { items: [{ id: 'a', title: 'Buyer', date_published: '2026-11-02T09:00:00+00:00' }] };
    const file = join(folder, 'web/careers.acme-widgets.example/jobs.json');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(feed));
    const careers = page([], {
      url: 'https://careers.acme-widgets.example/',
      embeds: ['https://assets-aws.teamtailor-cdn.com/app.js'],
    });
    expect(await read([careers])).toMatchObject({
      outcome: 'ok',
      data: { total: 1, boards: [{ provider: 'teamtailor', url: 'https://careers.acme-widgets.example/jobs' }] },
    });
  });
});

describe('a board that is asked for by name', () => {
  const noSite: SourceOutcome<Website> = { outcome: 'empty', origin, reason: 'No web site was found.' };

  it('counts when it states that very name and advertises in Britain', async () => {
    const job = { id: 1, title: 'Buyer', company_name: 'Namesake Works', location: { name: 'Leeds, England' } };
    record('greenhouse/boards/namesakeworks/jobs', { jobs: [job] });
    expect(await read(noSite, { companyName: 'NAMESAKE WORKS LTD' })).toMatchObject({
      outcome: 'ok',
      data: { total: 1, site: null, boards: [{ proof: { by: 'name', page: null, match: 0.6 } }] },
    });
  });

  it('does not count when it states another name or advertises elsewhere only', async () => {
    const job = { id: 1, title: 'Buyer', location: { name: 'Austin, TX' } };
    record('greenhouse/boards/elsewhereworks/jobs', { jobs: [{ ...job, company_name: 'Elsewhere Works' }] });
    expect(await read(noSite, { companyName: 'ELSEWHERE WORKS LTD' })).toMatchObject({ outcome: 'skipped' });
    record('greenhouse/boards/otherworks/jobs', { jobs: [{ ...job, company_name: 'Other Works Leeds Ltd' }] });
    expect(await read(noSite, { companyName: 'OTHER WORKS LTD' })).toMatchObject({
      outcome: 'skipped',
      reason: expect.stringContaining('No web site is proved'),
    });
  });

  it('is not asked for under a name that many share', async () => {
    expect(await read(noSite, { companyName: 'ABC LTD' })).toMatchObject({ outcome: 'skipped' });
  });

  it('does not hide that the web site could not be read', async () => {
    const failed: SourceOutcome<Website> = {
      outcome: 'unavailable',
      source: 'website.pages',
      code: 'provider_unavailable',
      reason: 'acme-widgets.example did not answer.',
      retryAt: null,
      at: NOW,
    };
    expect(await read(failed)).toMatchObject({
      outcome: 'unavailable',
      code: 'provider_unavailable',
      reason: expect.stringContaining('did not answer'),
    });
  });
});
