import { beforeEach, describe, expect, it } from 'vitest';
import { PROVIDER_IDS } from '@/lib/sources/providers';
import { createSandbox } from '@/sandbox/create-sandbox';
import { PROVIDERS } from '@/sandbox/providers';

const KEY = { Authorization: `Basic ${Buffer.from('any-key:').toString('base64')}` };
/** Accounts of DM000009: `small-tef`, tagged. */
const DOCUMENT = '/companies-house-documents/document/6URvCjGwC-qyPYxjMJq-lAGqPkg';
const RATES = { gdelt: { limit: 1_000, windowSeconds: 60 } };

let app = createSandbox();
beforeEach(() => {
  app = createSandbox({ rates: RATES });
});

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });
const json = async (path: string, headers: Record<string, string> = {}) => (await get(path, headers)).json();

it('the sandbox stands in for every provider that is asked, and for pages and the model', () => {
  const names = PROVIDERS.map(({ name }) => name);
  const asked = PROVIDER_IDS.map((id) => id.replaceAll('_', '-'));
  expect(names).toEqual(expect.arrayContaining([...asked, 'web', 'llm']));
});

describe('filed documents', () => {
  it('come by a redirect to a storage that refuses foreign credentials', async () => {
    const metadata = await json(DOCUMENT, KEY);
    expect(metadata).toMatchObject({ company_number: 'DM000009', category: 'accounts' });
    const redirect = await get(`${DOCUMENT}/content`, { ...KEY, Accept: 'application/xhtml+xml' });
    expect(redirect.status).toBe(302);
    const location = redirect.headers.get('location') ?? '';
    expect((await get(location, KEY)).status).toBe(400);
    const content = await get(location);
    expect(content.headers.get('content-type')).toBe('application/xhtml+xml');
    expect(await content.text()).toContain('AverageNumberEmployeesDuringPeriod');
  });

  it('are there only in the forms that are listed', async () => {
    const pdfOnly = '/companies-house-documents/document/xP_c3cVcn9qW9OC2dRp_Q6OCUFg/content';
    expect((await get(pdfOnly, { ...KEY, Accept: 'application/xhtml+xml' })).status).toBe(406);
    const pdf = await get(pdfOnly, { ...KEY, Accept: 'application/pdf' });
    expect(await (await get(pdf.headers.get('location') ?? '')).text()).toMatch(/^%PDF/);
  });

  it("use up the register's window, since it is one account", async () => {
    app = createSandbox({ rateLimit: 2 });
    await get(DOCUMENT, KEY);
    await get('/companies-house/company/DM000001', KEY);
    expect((await get(DOCUMENT, KEY)).status).toBe(429);
    expect((await get(DOCUMENT)).status).toBe(401);
  });
});

describe('GLEIF', () => {
  it('finds the record of a company number, and its parents', async () => {
    const query = 'filter[entity.registeredAs]=DM000011&filter[entity.jurisdiction]=GB';
    const { data, meta } = await json(`/gleif/lei-records?${query}`);
    expect(meta.pagination.total).toBe(1);
    const { data: parent } = await json(`/gleif/lei-records/${data[0].id}/direct-parent`);
    expect(parent.attributes.entity.registeredAs).toBe('DM000002');
    expect((await json('/gleif/lei-records?filter[entity.registeredAs]=DM000012')).data).toEqual([]);
  });

  it('has no parent where only an exception was reported', async () => {
    const [{ id }] = (await json('/gleif/lei-records?filter[entity.registeredAs]=DM000009')).data;
    expect((await get(`/gleif/lei-records/${id}/direct-parent`)).status).toBe(404);
    const exception = await json(`/gleif/lei-records/${id}/direct-parent-reporting-exception`);
    expect(exception.data.attributes.reason).toBe('NATURAL_PERSONS');
  });
});

describe('public contracts', () => {
  it('come by the time of their release, in pages', async () => {
    const path = '/contracts-finder/Published/Notices/OCDS/Search';
    const first = await json(`${path}?publishedFrom=2026-09-01&publishedTo=2026-11-23&stages=award&limit=2`);
    expect(first.releases.map(({ date }: { date: string }) => date.slice(0, 10))).toEqual(['2026-11-04', '2026-10-19']);
    const next = new URL(first.links.next);
    const second = await json(next.pathname + next.search);
    expect(second.releases).toHaveLength(1);
    expect(second.links).toBeUndefined();
    expect((await json(`${path}?publishedFrom=2026-11-20`)).releases).toEqual([]);
  });

  it('are refused in the way of each service when there were too many requests', async () => {
    for (let request = 0; request < 12; request += 1) await get('/find-a-tender/api/1.0/ocdsReleasePackages');
    const refused = await get('/find-a-tender/api/1.0/ocdsReleasePackages');
    expect([refused.status, (await refused.json()).message]).toEqual([429, '12 request limit in 2 minute exceeded']);
    const body = JSON.stringify({ provider: 'contracts-finder', kind: 'rate_limited' });
    await app.request('/_faults', { method: 'POST', body });
    expect((await get('/contracts-finder/Published/Notices/OCDS/Search')).status).toBe(403);
  });
});

it("The Gazette's feed gives notices by words and category, all numbers as texts", async () => {
  const feed = await json('/gazette/insolvency/notice/data.json?text=DM000006&categorycode=24');
  expect(feed['f:total']).toBe('2');
  expect(feed.entry.map((entry: Record<string, string>) => entry['f:notice-code']).sort()).toEqual(['2441', '2443']);
});

describe('job boards', () => {
  it.each([
    ['/greenhouse/v1/boards/demomarmaladeworks/jobs?content=true', 'jobs', 4],
    ['/ashby/posting-api/job-board/demo-harbour-lanterns', 'jobs', 3],
    ['/workable/api/v1/widget/accounts/example-galleon-holdings?details=true', 'jobs', 3],
    ['/recruitee/examplekettlecommons/api/offers/', 'offers', 1],
    ['/smartrecruiters/v1/companies/democompassrobotics/postings', 'content', 1],
    ['/smartrecruiters/v1/companies/nobody/postings', 'content', 0],
  ])('%s', async (path, member, count) => {
    expect((await json(path))[member]).toHaveLength(count);
  });

  it('page as they do, and know no other companies', async () => {
    expect(await json('/lever/v0/postings/democompassrobotics?mode=json&skip=3&limit=1')).toHaveLength(1);
    for (const path of [
      '/greenhouse/v1/boards/nobody/jobs',
      '/lever/v0/postings/nobody',
      '/ashby/posting-api/job-board/nobody',
    ])
      expect((await get(path)).status).toBe(404);
  });
});

describe('news', () => {
  it('GDELT says {} for nothing, and puts errors into plain text with status 200', async () => {
    const search = (query: string) =>
      get(`/gdelt/api/v2/doc/doc?query=${encodeURIComponent(query)}&mode=ArtList&format=json`);
    expect((await (await search('"Demo Compass Robotics Ltd" sourcecountry:UK')).json()).articles).toHaveLength(4);
    expect(await (await search('"Nobody In Particular"')).json()).toEqual({});
    const error = await search('"a"');
    expect([error.status, await error.text()]).toEqual([200, 'The specified phrase is too short.']);
  });

  it('GDELT takes one request in five seconds', async () => {
    app = createSandbox();
    await get('/gdelt/api/v2/doc/doc?query=one');
    const second = await get('/gdelt/api/v2/doc/doc?query=two');
    expect([second.status, second.headers.get('content-type')]).toEqual([429, 'text/plain; charset=utf-8']);
  });

  it('NewsAPI wants a key', async () => {
    expect((await get('/newsapi/v2/everything?q=x')).status).toBe(401);
    const found = await json('/newsapi/v2/everything?q="Demo Compass Robotics"', { 'X-Api-Key': 'any' });
    expect(found).toMatchObject({ status: 'ok', totalResults: 2 });
  });
});

describe('Google Places', () => {
  const search = (headers: Record<string, string>) =>
    app.request('/google-places/v1/places:searchText', {
      method: 'POST',
      headers,
      body: JSON.stringify({ textQuery: 'Demo Marmalade Works ZZ1 1ZZ', regionCode: 'GB' }),
    });

  it('answers only what the field mask asks for', async () => {
    const found = await (await search({ 'X-Goog-Api-Key': 'any', 'X-Goog-FieldMask': 'places.id' })).json();
    expect(found).toEqual({ places: [{ id: 'ChIJdemo0000000000000001' }] });
    expect((await search({ 'X-Goog-Api-Key': 'any' })).status).toBe(400);
    expect((await search({ 'X-Goog-FieldMask': 'places.id' })).status).toBe(403);
  });
});

describe('web sites', () => {
  it.each([
    ['/web/www.demo-marmalade-works.example/', 200, 'text/html; charset=utf-8'],
    ['/web/www.demo-marmalade-works.example/about', 200, 'text/html; charset=utf-8'],
    ['/web/www.demo-marmalade-works.example/news/japan?ref=home', 200, 'text/html; charset=utf-8'],
    ['/web/www.demo-marmalade-works.example/feed.xml', 200, 'application/xml; charset=utf-8'],
    ['/web/www.demo-marmalade-works.example/robots.txt', 200, 'text/plain; charset=utf-8'],
    ['/web/demo-marmalade-works.example/', 301, 'text/html; charset=utf-8'],
    ['/web/www.demo-marmalade-works.example/nothing-here', 404, 'text/html; charset=utf-8'],
    ['/web/www.nobody.example/robots.txt', 404, 'text/html; charset=utf-8'],
    ['/web/..%2fcompanies-house/company/DM000001.json', 404, 'text/html; charset=utf-8'],
  ])('%s', async (path, status, type) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(type);
  });
});
