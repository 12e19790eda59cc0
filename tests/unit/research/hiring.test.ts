import { describe, expect, it } from 'vitest';
import { checkReport } from '@/lib/research/groundedness';
import type { Advert } from '@/lib/sources/job-boards/advert';
import type { Board } from '@/lib/sources/job-boards/schema';
import { toDocument } from '@/lib/sources/job-boards/to-document';
import {
  emptyAnswer,
  failedAnswer,
  gapIn,
  researchWith,
  skippedAnswer,
  sourcesOf,
  textOf,
  valueIn,
} from './research-stand';

const NUMBER = '01234567';
const PROFILE = {
  company_name: 'ACME WIDGETS LIMITED',
  company_number: NUMBER,
  company_status: 'active',
  type: 'ltd',
  date_of_creation: '2015-03-02',
};

const GREENHOUSE: Board = {
  provider: 'greenhouse',
  title: 'Greenhouse',
  url: 'https://job-boards.greenhouse.io/acmewidgets',
  company_name: 'Acme Widgets',
  proof: { by: 'link', page: 'https://acme-widgets.example/', match: 0.9 },
  sha256: 'd'.repeat(64),
  unread: null,
};

function advert(n: number, title: string, firstPublished: string | null, more: Partial<Advert> = {}): Advert {
  return {
    vacancy: String(n),
    title,
    department: 'Engineering',
    locations: ['Leeds, England'],
    remote: null,
    firstPublished,
    url: `https://job-boards.greenhouse.io/acmewidgets/jobs/${n}`,
    text: '',
    ...more,
  };
}

const ADVERTS = [
  advert(1, 'Data Engineer', '2026-11-12', { text: 'You will model our data with dbt and Snowflake.' }),
  advert(2, 'Account Executive', '2026-11-05', { department: 'Sales', text: 'You keep Salesforce in good order.' }),
  advert(3, 'Account Executive', '2026-11-06', { department: 'Sales', locations: ['York, England'] }),
  advert(4, 'Platform Engineer', '2026-10-30', { text: 'Our data lives in Snowflake and nowhere else.' }),
  advert(5, 'Night Guard', '2019-02-01', { department: null }),
];

function rolesOf(adverts: readonly Advert[], boards: Board[] = []) {
  const read = [{ board: GREENHOUSE, adverts }, ...boards.map((board) => ({ board, adverts: [] }))];
  return toDocument(read, 'https://acme-widgets.example/', { name: 'ACME WIDGETS LIMITED', host: null });
}

function research(jobBoards: unknown) {
  return researchWith(sourcesOf({ 'companies_house.profile': PROFILE, 'job_boards.roles': jobBoards }), NUMBER);
}

describe('open roles in a report', () => {
  it('are counted, named and dated, every word of it with its evidence', async () => {
    const { document, payloads, dropped } = await research(rolesOf(ADVERTS));
    expect(dropped).toEqual([]);
    expect(checkReport(document, payloads)).toEqual([]);
    expect(valueIn(document, 'technology', 'open_roles')).toBe(4);
    const text = textOf(document, 'technology');
    expect(text).toContain('The company’s job board (Greenhouse) lists 4 open roles.');
    expect(text).toContain('by department: Engineering (2 roles) and Sales (1 role).');
    expect(text).toContain('“Data Engineer” in Leeds, England, first advertised on 12 November 2026');
    expect(text).toContain(
      '“Account Executive” in Leeds, England and York, England, first advertised on 5 November 2026',
    );
    expect(text).toContain('Snowflake (2 roles)');
  });

  it('cite the board itself, and are as sure as the board is the company’s', async () => {
    const { document } = await research(rolesOf(ADVERTS));
    const roles = document.statements.find(({ field }) => field === 'open_roles');
    const evidence = document.evidence.find(({ id }) => id === roles?.evidence[0]);
    expect(evidence).toMatchObject({ url: GREENHOUSE.url, locator: '$.total', snippet: '4' });
    expect(roles?.confidence).toBeLessThanOrEqual(0.9);
  });

  it('name the words of an advertisement for every tool', async () => {
    const { document } = await research(rolesOf(ADVERTS));
    const tools = document.statements.find(({ field }) => field === 'tools_in_job_ads');
    expect(tools?.value).toEqual([
      { name: 'Snowflake', roles: 2 },
      { name: 'Salesforce', roles: 1 },
      { name: 'dbt', roles: 1 },
    ]);
    const snippets = document.evidence.filter(({ id }) => tools?.evidence.includes(id)).map(({ snippet }) => snippet);
    expect(snippets).toContain('name: Salesforce; quote: You keep Salesforce in good order.');
  });

  it('can be none, which is said with its day and is no gap', async () => {
    const { document, payloads, dropped } = await research(rolesOf([]));
    expect(dropped).toEqual([]);
    expect(checkReport(document, payloads)).toEqual([]);
    expect(valueIn(document, 'technology', 'open_roles')).toBe(0);
    expect(textOf(document, 'technology')).toContain('lists no open role as of 23 November 2026');
    expect(gapIn(document, 'technology', 'tools_in_job_ads')).toMatchObject({ reason: 'not_applicable' });
  });

  it('leave a gap with its reason where they are not known', async () => {
    const cases = [
      [emptyAnswer('job_boards.roles'), 'not_found'],
      [skippedAnswer('job_boards.roles'), 'not_found'],
      [failedAnswer('job_boards.roles'), 'source_failed'],
    ] as const;
    for (const [answer, reason] of cases) {
      const { document, payloads } = await research(answer);
      expect(checkReport(document, payloads)).toEqual([]);
      for (const field of ['open_roles', 'tools_in_job_ads']) {
        expect(gapIn(document, 'technology', field)).toMatchObject({ reason, tried: ['job_boards.roles'] });
      }
    }
  });

  it('tell of a second board that could not be read', async () => {
    const ashby = { ...GREENHOUSE, provider: 'ashby', title: 'Ashby', sha256: null, unread: 'Ashby did not answer' };
    const { document, payloads } = await research(rolesOf(ADVERTS, [ashby]));
    expect(checkReport(document, payloads)).toEqual([]);
    expect(gapIn(document, 'technology', 'other_job_boards')).toMatchObject({ reason: 'source_failed' });
  });

  it('say so where the list does not hold the text of advertisements', async () => {
    const { document } = await research(rolesOf([advert(1, 'Nurse', '2026-11-01')]));
    expect(gapIn(document, 'technology', 'tools_in_job_ads')).toMatchObject({ reason: 'not_disclosed' });
  });
});

describe('signals from job boards', () => {
  it('are a wave of hiring where three roles were first advertised within thirty days', async () => {
    const { document } = await research(rolesOf(ADVERTS));
    expect(document.signals.find(({ type }) => type === 'hiring')).toMatchObject({
      title: '3 roles first advertised between 30 October 2026 and 12 November 2026',
      event_date: '2026-11-12',
      confidence: 0.81,
      expires_on: '2026-12-27',
    });
  });

  it('do not come from roles that were opened long ago or bear no date', async () => {
    const old = [1, 2, 3, 4].map((n) => advert(n, `Guard ${n}`, n === 4 ? null : `20${18 + n}-11-12`));
    const { document } = await research(rolesOf(old));
    expect(document.signals.filter(({ type }) => type === 'hiring')).toEqual([]);
  });

  it('name a tool when two current advertisements do, and not when one does', async () => {
    const { document } = await research(rolesOf(ADVERTS));
    expect(document.signals.filter(({ type }) => type === 'technology_adoption')).toMatchObject([
      { title: 'Snowflake named in 2 current job advertisements', event_date: '2026-11-12', confidence: 0.5 },
    ]);
  });

  it('were not looked for where the boards could not be read, which is not silence', async () => {
    const { document } = await research(failedAnswer('job_boards.roles'));
    const checked = JSON.stringify(valueIn(document, 'signals', 'signals_checked'));
    expect(checked).toContain('{"detector":"hiring","detector_text":"waves of hiring","outcome":"not_run"');
  });
});
