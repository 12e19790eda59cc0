import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox } from '@/sandbox/create-sandbox';
import { startSandbox } from '@/sandbox/start-sandbox';

const KEY = { Authorization: `Basic ${Buffer.from('any-key:').toString('base64')}` };
let folder: string;
let app = createSandbox();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oppspot-sandbox-'));
  const company = join(folder, 'companies-house', 'company');
  mkdirSync(join(company, 'DX000001'), { recursive: true });
  writeFileSync(join(folder, 'secret.json'), '{"secret":true}');
  const recorded = {
    request: { method: 'get', uri: 'https://example.test/company/DX000001' },
    status: { code: 200, message: 'OK' },
    headers: {},
    body: { company_name: 'EXAMPLE RECORDED LIMITED', company_number: 'DX000001', etag: 'abc' },
  };
  writeFileSync(join(company, 'DX000001.json'), JSON.stringify(recorded));
  writeFileSync(
    join(company, 'DX000002.json'),
    '{"errors":[{"error":"company-profile-not-found","type":"ch:service"}]}',
  );
  writeFileSync(
    join(company, 'DM000001.json'),
    '{"company_name":"EXAMPLE IN FRONT LIMITED","company_number":"DM000001"}',
  );
});
beforeEach(() => {
  app = createSandbox({ recordings: [folder] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = KEY) =>
  app.request(`/companies-house${path}`, { headers });
const body = async (path: string) => (await get(path)).json();
const disturb = (...faults: unknown[]) => app.request('/_faults', { method: 'POST', body: JSON.stringify(faults) });

describe("the register's stand-in", () => {
  it.each([undefined, 'Bearer x', 'Basic !', `Basic ${Buffer.from(':').toString('base64')}`])(
    'refuses requests without a key (%s)',
    async (authorization) => {
      const response = await get(
        '/company/DM000003',
        authorization === undefined ? {} : { Authorization: authorization },
      );
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        errors: [{ error: 'invalid-authorization-header', type: 'ch:service' }],
      });
    },
  );

  it('answers from recordings, those of the given folders first', async () => {
    expect(await body('/company/DM000001')).toEqual({
      company_name: 'EXAMPLE IN FRONT LIMITED',
      company_number: 'DM000001',
    });
    expect(await body('/company/DM000003')).toMatchObject({ company_name: 'DEMO TEACUP REPAIRS LTD' });
  });

  it('unwraps what HTTP recorders wrote', async () => {
    expect(await body('/company/DX000001')).toMatchObject({ company_name: 'EXAMPLE RECORDED LIMITED' });
  });

  it('answers a recorded error as an error', async () => {
    expect((await get('/company/DX000002')).status).toBe(404);
  });

  it("has the register's own words for what is not there", async () => {
    const response = await get('/company/DM999999');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ errors: [{ error: 'company-profile-not-found', type: 'ch:service' }] });
    expect(await body('/company/DM000001/insolvency')).toMatchObject({
      errors: [{ error: 'company-insolvencies-not-found' }],
    });
  });

  it('gives pages of lists', async () => {
    const first = await body('/company/DM000002/officers');
    expect(first).toMatchObject({ start_index: 0, items_per_page: 35, total_results: 40 });
    expect(first.items).toHaveLength(35);
    const second = await body('/company/DM000002/officers?start_index=35&items_per_page=100');
    expect(second).toMatchObject({ start_index: 35, items_per_page: 100, total_results: 40 });
    expect(second.items).toHaveLength(5);
    expect((await body('/company/DM000002/filing-history')).items).toHaveLength(25);
    expect((await body('/company/DM000002/filing-history?items_per_page=1000')).items).toHaveLength(100);
  });

  it('filters filings by category and gives one by its id', async () => {
    const capital = await body('/company/DM000009/filing-history?category=capital,gazette');
    expect(capital.total_count).toBe(1);
    const [filing] = capital.items;
    expect(await body(`/company/DM000009/filing-history/${filing.transaction_id}`)).toEqual(filing);
    expect((await get('/company/DM000009/filing-history/none')).status).toBe(404);
  });

  it('gives the registered office on its own', async () => {
    expect(await body('/company/DM000003/registered-office-address')).toMatchObject({
      kind: 'registered-office-address',
      postal_code: 'ZZ3 3ZZ',
    });
  });

  it('finds companies by words of their names, present and former, and by number', async () => {
    const numbers = async (q: string) =>
      (await body(`/search/companies?q=${encodeURIComponent(q)}`)).items.map(
        (item: { company_number: string }) => item.company_number,
      );
    expect(await numbers('harbour demo')).toEqual(['DM000011']);
    expect(await numbers('glowworm')).toEqual(['DM000011']);
    expect(await numbers('DM000007')).toEqual(['DM000007']);
    expect(await numbers('nothing like that')).toEqual([]);
    expect(await numbers('')).toEqual([]);
  });

  it('confirms a profile that did not change', async () => {
    const etag = (await get('/company/DM000003')).headers.get('etag') ?? '';
    const response = await get('/company/DM000003', { ...KEY, 'If-None-Match': etag });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
  });

  it('tells how many requests are left and refuses more until the window ends', async () => {
    app = createSandbox({ rateLimit: 2, rateWindowSeconds: 30 });
    const remaining = [];
    for (let request = 0; request < 3; request += 1) {
      const response = await get('/company/DM000003');
      remaining.push([response.status, response.headers.get('x-ratelimit-remain')]);
      expect(Number(response.headers.get('x-ratelimit-reset')) * 1_000 - Date.now()).toBeGreaterThan(25_000);
    }
    expect(remaining).toEqual([
      [200, '1'],
      [200, '0'],
      [429, '0'],
    ]);
    const other = { Authorization: `Basic ${Buffer.from('other:').toString('base64')}` };
    expect((await get('/company/DM000003', other)).status).toBe(200);
  });

  it.each([
    '/company/../../secret',
    '/company/%2e%2e%2f%2e%2e%2fsecret',
    '/company/..%5c..%5csecret',
    '/company//etc/passwd',
    `/company/${'a'.repeat(5_000)}`,
  ])('never leaves its folders (%s)', async (path) => {
    const response = await get(path);
    expect([400, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('secret');
  });
});

describe('disturbances', () => {
  const profile = '/company/DM000003';

  it('hit what they are meant for, as often as they are meant', async () => {
    await disturb({ provider: 'companies-house', path: '/company/*/officers', kind: 'status', status: 500, count: 1 });
    expect((await get(profile)).status).toBe(200);
    expect((await get(`${profile}/officers`)).status).toBe(500);
    expect((await get(`${profile}/officers`)).status).toBe(200);
    await disturb({ provider: 'another', kind: 'html' });
    expect((await get(profile)).status).toBe(200);
  });

  it.each([
    [{ kind: 'status', status: 403 }, 403, 'application/json', /access-denied/],
    [{ kind: 'status', status: 503 }, 503, 'text/html', /<h1>503/],
    [{ kind: 'html' }, 502, 'text/html', /<h1>502/],
    [{ kind: 'content_type' }, 200, 'text/html; charset=utf-8', /^\{.*\}$/s],
    [{ kind: 'truncated' }, 200, 'application/json', /^\{.*[^}]$/s],
    [{ kind: 'malformed' }, 200, 'application/json', /^\{ unquoted/],
    [{ kind: 'empty' }, 200, 'application/json', /^$/],
    [{ kind: 'wrong_shape' }, 200, 'application/json', /unexpected/],
    [{ kind: 'slow', delay_ms: 5 }, 200, 'application/json', /TEACUP/],
    [{ kind: 'drip', delay_ms: 0 }, 200, 'application/json', /TEACUP/],
    [{ kind: 'failure_in_success' }, 500, 'application/json', /internal-server-error/],
  ])('%j', async (fault, status, type, text) => {
    await disturb(fault);
    const response = await get(profile);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
    expect(await response.text()).toMatch(text);
  });

  it('include bodies that are cut off, that never end, and that grow when they are unpacked', async () => {
    await disturb({ kind: 'cut_off', count: 1 }, { kind: 'endless', count: 1 }, { kind: 'bomb', count: 1 });
    await expect((await get(profile)).text()).rejects.toThrow('cut off');
    const endless = (await get(profile)).body?.getReader();
    let bytes = 0;
    while (bytes < 1_000_000) bytes += (await endless?.read())?.value?.byteLength ?? 0;
    await endless?.cancel();
    const bomb = await get(profile);
    expect(bomb.headers.get('content-encoding')).toBe('gzip');
    expect((await bomb.arrayBuffer()).byteLength).toBeLessThan(100_000);
  });

  it('break documents in the way of their kind', async () => {
    await disturb(
      { provider: 'web', kind: 'malformed', count: 1 },
      { provider: 'web', kind: 'content_type', count: 1 },
    );
    const page = '/web/www.demo-teacup-repairs.example/';
    expect(await (await app.request(page)).text()).toContain('<broken &nowhere;');
    expect((await app.request(page)).headers.get('content-type')).toBe('application/octet-stream');
  });

  it('include the end of a rate window and a redirect to a private address', async () => {
    await disturb({ kind: 'rate_limited', reset_in_seconds: 40, count: 1 }, { kind: 'redirect' });
    const limited = await get(profile);
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('x-ratelimit-reset')) - Date.now() / 1_000).toBeCloseTo(40, -1);
    const redirected = await get(profile);
    expect([redirected.status, redirected.headers.get('location')]).toEqual([
      302,
      'http://169.254.169.254/latest/meta-data/',
    ]);
  });

  it('are listed, and end when they are removed', async () => {
    expect((await disturb({ kind: 'html' })).status).toBe(201);
    expect(await (await app.request('/_faults')).json()).toMatchObject([{ kind: 'html' }]);
    await app.request('/_faults', { method: 'DELETE' });
    expect((await get(profile)).status).toBe(200);
  });

  it('that nobody knows are refused', async () => {
    expect((await disturb({ kind: 'earthquake' })).status).toBe(400);
    expect((await app.request('/_faults', { method: 'POST', body: 'no json' })).status).toBe(400);
  });
});

describe('counting', () => {
  it('tells requests per provider, path and status, from zero again when asked', async () => {
    await get('/company/DM000003');
    await get('/company/DM000003');
    await get('/company/DM999999');
    const stats = async () => (await app.request('/_stats')).json();
    expect(await stats()).toMatchObject({
      total: 3,
      providers: { 'companies-house': { total: 3, statuses: { 200: 2, 404: 1 }, paths: { '/company/DM000003': 2 } } },
    });
    await app.request('/_stats', { method: 'DELETE' });
    expect(await stats()).toMatchObject({ total: 0, providers: {} });
  });

  it('lists the last requests with their times and answers, as many as it was told to remember', async () => {
    app = createSandbox({ logLimit: 2 });
    for (const number of ['DM000001', 'DM000002', 'DM999999']) await get(`/company/${number}`);
    const log = async () => (await app.request('/_log')).json();
    const [first, second] = await log();
    expect(first).toMatchObject({ provider: 'companies-house', path: '/company/DM000002', status: 200 });
    expect(second).toMatchObject({ path: '/company/DM999999', status: 404 });
    expect(Date.parse(second.at)).toBeGreaterThanOrEqual(Date.parse(first.at));
    await app.request('/_log', { method: 'DELETE' });
    expect(await log()).toEqual([]);
  });
});

describe('a served sandbox', () => {
  it('takes a free port and lets go of it, also with a hanging request', async () => {
    const running = await startSandbox({ faults: [{ kind: 'hang', delay_ms: 0, reset_in_seconds: 0, location: '' }] });
    const hanging = fetch(`${running.url}/companies-house/company/DM000001`, { headers: KEY }).catch(() => 'ended');
    await expect.poll(async () => (await fetch(running.url)).status).toBe(200);
    await running.close();
    expect(await hanging).toBe('ended');
    await expect(fetch(running.url)).rejects.toThrow();
  });
});
