import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { searchCompaniesHouse } from '@/lib/sources/companies-house/search-companies';
import { createSourcesIn, SOURCE_IDS, type SourceId } from '@/lib/sources/registry';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { sourceContext } from '../../support/source-context';

const ALL: SourceId[] = [
  'companies_house.profile',
  'companies_house.officers',
  'companies_house.filing_history',
  'companies_house.psc',
  'companies_house.psc_statements',
  'companies_house.exemptions',
  'companies_house.parent_chain',
  'companies_house.charges',
  'companies_house.insolvency',
];
const PAGES = 'https://find-and-update.company-information.service.gov.uk/company';

let sandbox: TestSandbox;
let recordings: string;

beforeAll(async () => {
  recordings = mkdtempSync(join(tmpdir(), 'oppspot-recordings-'));
  sandbox = await openTestSandbox({ recordings: [recordings], rateLimit: 100_000 });
});
afterEach(() => sandbox.reset());
afterAll(async () => {
  await sandbox.close();
  rmSync(recordings, { recursive: true, force: true });
});

const open = (overrides: Parameters<typeof sourceContext>[1] = {}) =>
  createSourcesIn(sourceContext(sandbox.url, overrides));
const read = (id: SourceId, companyNumber: string, overrides: Parameters<typeof sourceContext>[1] = {}) =>
  open(overrides).read(id, { companyNumber });

function record(number: string, resource: string, body: unknown): void {
  const folder = join(recordings, 'companies-house', 'company', number);
  mkdirSync(folder, { recursive: true });
  writeFileSync(resource === 'profile' ? `${folder}.json` : join(folder, `${resource}.json`), JSON.stringify(body));
}

describe('reading the register', () => {
  it('knows exactly these sources', () => {
    expect(SOURCE_IDS.filter((id) => id.startsWith('companies_house.'))).toEqual(ALL);
  });

  it('answers with the document and where it comes from', async () => {
    const now = new Date('2026-11-23T09:30:00.000Z');
    const profile = await open({ now: () => now }).read('companies_house.profile', { companyNumber: 'DM000001' });
    if (profile.outcome !== 'ok') throw new Error(profile.outcome);
    expect(profile.data.company_name).toBe('DEMO MARMALADE WORKS LIMITED');
    expect(profile.data.accounts?.last_accounts?.made_up_to).toBe('2026-05-31');
    expect(profile.origin).toMatchObject({
      source: 'companies_house.profile',
      title: 'Companies House: company profile',
      url: `${PAGES}/DM000001`,
      sourceType: 'register',
      retrievedAt: now.toISOString(),
      publishedAt: null,
      reliability: 0.98,
      stale: false,
    });
    const body = await (
      await fetch(`${sandbox.url}/companies-house/company/DM000001`, { headers: { Authorization: 'Basic a2V5Og==' } })
    ).text();
    expect(profile.origin.sha256).toBe(createHash('sha256').update(body).digest('hex'));
  });

  it.each([
    ['companies_house.officers', 'DM000002', '/officers'],
    ['companies_house.filing_history', 'DM000002', '/filing-history'],
    ['companies_house.psc', 'DM000011', '/persons-with-significant-control'],
    ['companies_house.psc_statements', 'DM000012', '/persons-with-significant-control'],
    ['companies_house.charges', 'DM000006', '/charges'],
    ['companies_house.insolvency', 'DM000006', '/insolvency'],
  ] as const)('%s cites the page that a person can open', async (id, number, page) => {
    expect(await read(id, number)).toMatchObject({ outcome: 'ok', origin: { url: `${PAGES}/${number}${page}` } });
  });

  it('reads lists to their end and in their order', async () => {
    const officers = await open().read('companies_house.officers', { companyNumber: 'DM000002' });
    const filings = await open().read('companies_house.filing_history', { companyNumber: 'DM000002' });
    if (officers.outcome !== 'ok' || filings.outcome !== 'ok') throw new Error('not read');
    expect(officers.data.items).toHaveLength(40);
    expect(filings.data.items.length).toBe(filings.data.total_count);
    expect(filings.data.items.length).toBeGreaterThan(100);
    const dates = filings.data.items.map(({ date }) => date ?? '');
    expect(dates).toEqual([...dates].sort().reverse());
    expect(officers.data.truncated).toBeUndefined();
    expect((await sandbox.stats()).paths['/company/DM000002/filing-history']).toBe(2);
  });

  it('reads the newest 300 filings of a company with more, and says so', async () => {
    const items = Array.from({ length: 730 }, (_, index) => ({
      transaction_id: `t${index}`,
      type: 'AA',
      date: '2020-01-01',
    }));
    record('DX000730', 'filing-history', { items, total_count: 730, start_index: 0, items_per_page: 25 });
    const filings = await open().read('companies_house.filing_history', { companyNumber: 'DX000730' });
    if (filings.outcome !== 'ok') throw new Error(filings.outcome);
    expect(filings.data.items).toHaveLength(300);
    expect(filings.data.items.at(-1)?.transaction_id).toBe('t299');
    expect(filings.data).toMatchObject({ truncated: true, total_count: 730 });
    expect((await sandbox.stats()).total).toBe(3);
  });

  it('says that a list is incomplete when the register counts more than it gives', async () => {
    const items = [{ name: 'EXAMPLE, Ada', officer_role: 'director' }];
    record('DX000001', 'officers', { items, total_results: 4, start_index: 0, items_per_page: 35 });
    const officers = await read('companies_house.officers', 'DX000001');
    expect(officers).toMatchObject({ outcome: 'ok', data: { truncated: true, items: [{ name: 'EXAMPLE, Ada' }] } });
    expect((await sandbox.stats()).total).toBe(2);
  });

  it('costs one call however often one job reads the same', async () => {
    const sources = open();
    const input = { companyNumber: 'DM000001' };
    await Promise.all([sources.read('companies_house.profile', input), sources.read('companies_house.profile', input)]);
    await sources.read('companies_house.profile', input);
    expect((await sandbox.stats()).total).toBe(1);
  });

  it('searches by name', async () => {
    const found = await searchCompaniesHouse(sourceContext(sandbox.url), 'example heron');
    expect(found.items.map(({ company_number }) => company_number)).toEqual(['DM000008']);
  });
});

describe('nothing there', () => {
  it.each(ALL)('%s of an unknown company is empty, with a reason and an origin', async (id) => {
    const outcome = await read(id, 'DM999999');
    expect(outcome).toMatchObject({
      outcome: 'empty',
      reason: expect.stringMatching(/^Companies House (lists no|has no)/),
    });
    expect(outcome).toHaveProperty('origin.url', expect.stringContaining('/company/DM999999'));
  });

  it('is also what an empty list means', async () => {
    record('DX000002', 'charges', { items: [], total_count: 0, unfiltered_count: 0 });
    record('DX000002', 'insolvency', { cases: [] });
    expect(await read('companies_house.charges', 'DX000002')).toMatchObject({ outcome: 'empty' });
    expect(await read('companies_house.insolvency', 'DX000002')).toMatchObject({ outcome: 'empty' });
  });

  it('is not what a missing key means', async () => {
    const keyless = { apiKey: undefined };
    const real = { ...keyless, baseUrl: 'https://api.company-information.service.gov.uk' };
    const withSettings = (settings: object) => ({ channels: { companies_house: { settings } } });
    expect(await read('companies_house.profile', 'DM000001', withSettings(real))).toMatchObject({
      outcome: 'skipped',
      reason: 'Companies House key not configured',
    });
    expect(await read('companies_house.profile', 'DM000001', withSettings(keyless))).toMatchObject({ outcome: 'ok' });
  });
});

describe('a provider that fails', () => {
  it.each([
    ['a gateway page', { kind: 'html' }, 'Companies House did not answer (502)', 3],
    ['a failure of its own', { kind: 'status', status: 500 }, 'Companies House did not answer (500)', 3],
    ['unavailability', { kind: 'status', status: 503 }, 'Companies House did not answer (503)', 3],
    ['a broken connection', { kind: 'reset' }, 'Companies House could not be reached', 3],
    ['half an answer', { kind: 'truncated' }, 'Companies House sent an answer that is cut off or damaged', 1],
    ['damaged JSON', { kind: 'malformed' }, 'Companies House sent an answer that is cut off or damaged', 1],
    ['nothing', { kind: 'empty' }, 'Companies House sent an answer that is cut off or damaged', 1],
    ['a page instead of data', { kind: 'content_type' }, 'Companies House answered in an unknown form (text/html)', 1],
    [
      'a gateway page for 404',
      { kind: 'html', status: 404 },
      'Companies House answered in an unknown form (text/html)',
      1,
    ],
    ['an unknown status', { kind: 'status', status: 418 }, 'Companies House answered with status 418', 1],
    ['no permission', { kind: 'status', status: 401 }, 'Companies House refused our key (401)', 1],
    ['a ban', { kind: 'status', status: 403 }, 'Companies House refused our key (403)', 1],
    [
      'a redirect to a private address',
      { kind: 'redirect' },
      'Companies House redirected to an address that is not allowed',
      1,
    ],
  ])('with %s is unavailable with the reason', async (_name, fault, reason, requests) => {
    await sandbox.disturb(fault);
    const outcome = await read('companies_house.profile', 'DM000001');
    expect(outcome).toMatchObject({ outcome: 'unavailable', source: 'companies_house.profile', reason, retryAt: null });
    expect((await sandbox.stats()).total).toBe(requests);
  });

  it.each(ALL)('%s names the member of a document in an unknown form', async (id) => {
    await sandbox.disturb({ kind: 'wrong_shape' });
    expect(await read(id, 'DM000002')).toMatchObject({
      outcome: 'unavailable',
      reason: expect.stringMatching(/^Companies House answered in an unknown form \(.+: (company_name|items|cases)\)$/),
    });
  });

  it('recovers from a failure that passes', async () => {
    await sandbox.disturb({ kind: 'html', count: 2 });
    expect(await read('companies_house.profile', 'DM000001')).toMatchObject({ outcome: 'ok' });
    expect((await sandbox.stats()).statuses).toEqual({ 502: 2, 200: 1 });
  });

  it('that hangs is given up after the time limit, without another try', async () => {
    await sandbox.disturb({ kind: 'hang' });
    const channels = { companies_house: { timeoutMs: 200 } };
    const started = performance.now();
    expect(await read('companies_house.profile', 'DM000001', { channels })).toMatchObject({
      outcome: 'unavailable',
      reason: 'Companies House did not answer within 0.2 seconds',
    });
    expect(performance.now() - started).toBeLessThan(2_000);
    await expect.poll(async () => (await sandbox.stats()).total).toBe(1);
  });

  it('in the middle of a list makes the list unavailable rather than short', async () => {
    const page = '/company/DM000002/filing-history';
    await sandbox.disturb({ path: page, kind: 'slow', delay_ms: 0, count: 1 }, { path: page, kind: 'malformed' });
    expect(await read('companies_house.filing_history', 'DM000002')).toMatchObject({ outcome: 'unavailable' });
  });

  it('leaves the other sources alone', async () => {
    await sandbox.disturb({ path: '/company/*/officers', kind: 'status', status: 500 });
    const sources = open();
    const input = { companyNumber: 'DM000009' };
    expect(await sources.read('companies_house.officers', input)).toMatchObject({ outcome: 'unavailable' });
    expect(await sources.read('companies_house.charges', input)).toMatchObject({ outcome: 'ok' });
  });

  it('never sees our key in a message', async () => {
    await sandbox.disturb({ kind: 'status', status: 401 });
    const outcome = await read('companies_house.profile', 'DM000001');
    expect(JSON.stringify(outcome)).not.toMatch(/test-key|Basic|127\.0\.0\.1/);
  });
});

describe('a job that has to stop', () => {
  it('stops at once, with the reason of its signal', async () => {
    await sandbox.disturb({ kind: 'hang' });
    const controller = new AbortController();
    const reading = read('companies_house.profile', 'DM000001', { signal: controller.signal });
    const stopped = new AppError('cancelled');
    controller.abort(stopped);
    await expect(reading).rejects.toBe(stopped);
  });

  it('asks nothing when it was stopped before', async () => {
    const signal = AbortSignal.abort(new AppError('timed_out'));
    await expect(read('companies_house.profile', 'DM000001', { signal })).rejects.toMatchObject({ code: 'timed_out' });
    expect((await sandbox.stats()).total).toBe(0);
  });

  it('is told when to come back while the register takes no requests', async () => {
    await sandbox.disturb({ kind: 'rate_limited', reset_in_seconds: 120 });
    const blocked: Date[] = [];
    const budget = { take: async () => undefined, block: async (until: Date) => void blocked.push(until) };
    const sources = open({ channels: { companies_house: { budget } } });
    const input = { companyNumber: 'DM000001' };
    const failure = await sources.read('companies_house.profile', input).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'provider_rate_limited' });
    const inSeconds = (until: Date | undefined) => ((until?.getTime() ?? 0) - Date.now()) / 1_000;
    expect(inSeconds(failure instanceof AppError ? failure.retryAt : undefined)).toBeCloseTo(120, -1);
    expect(inSeconds(blocked[0])).toBeCloseTo(120, -1);
    await sandbox.reset();
    expect(await sources.read('companies_house.profile', input)).toMatchObject({ outcome: 'ok' });
  });
});
