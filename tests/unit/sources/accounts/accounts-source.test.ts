import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PROVIDERS } from '@/lib/sources/providers';
import { createSourcesIn } from '@/lib/sources/registry';
import { memoryCache } from '@/lib/sources/source-cache';
import { documentId, recordAccounts } from '@/tests/support/accounts-recordings';
import { openTestSandbox, type TestSandbox } from '@/tests/support/faulty-sandbox';
import { sourceContext } from '@/tests/support/source-context';
import { taggedAccounts } from '@/tests/support/tagged-accounts';

const NUMBER = '01234567';
const DOCUMENTS = 'companies-house-documents';
const figures = [{ tag: 'Equity', text: '1,000', context: 'now-day' }];
const last = taggedAccounts({ figures });
const before = taggedAccounts({
  period: ['2023-04-01', '2024-03-31'],
  previous: ['2022-04-01', '2023-03-31'],
  figures,
});

let sandbox: TestSandbox;
beforeAll(async () => {
  const accounts = [
    { madeUpTo: '2024-03-31', filedOn: '2024-12-01', document: before },
    { madeUpTo: '2025-03-31', filedOn: '2025-10-01', document: taggedAccounts({}) },
    // Amended accounts replace those that were filed before them.
    { madeUpTo: '2025-03-31', filedOn: '2025-11-01', type: 'AAMD', document: last },
    { madeUpTo: '2026-03-31', filedOn: '2026-01-01', type: 'AA01', document: null },
  ];
  const another = [{ madeUpTo: '2025-03-31', document: taggedAccounts({ companyNumber: '07654321', figures }) }];
  sandbox = await openTestSandbox({
    rateLimit: 100_000,
    recordings: [
      await recordAccounts(NUMBER, accounts),
      await recordAccounts('01111111', [{ madeUpTo: '2025-03-31', document: null }]),
      await recordAccounts('02222222', another),
      await recordAccounts('03333333', []),
    ],
  });
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function read(companyNumber: string, overrides: Parameters<typeof sourceContext>[1] = {}) {
  return createSourcesIn(sourceContext(sandbox.url, overrides)).read('accounts.figures', { companyNumber });
}

describe('Filed accounts from the register', () => {
  it('are the latest ones, amended ones first, and the ones before', async () => {
    const outcome = await read(NUMBER);
    expect(outcome).toMatchObject({
      outcome: 'ok',
      origin: {
        title: 'Filed accounts made up to 31 March 2025',
        url: expect.stringContaining(`/company/${NUMBER}/filing-history/filing2/document?format=xhtml`),
        publishedAt: '2025-11-01',
        reliability: 0.97,
      },
    });
    const documents = outcome.outcome === 'ok' ? outcome.data.documents : [];
    expect(documents.map(({ document_id, balance_sheet_date }) => [document_id, balance_sheet_date])).toEqual([
      [documentId(NUMBER, 2), '2025-03-31'],
      [documentId(NUMBER, 0), '2024-03-31'],
    ]);
  });

  it('come by a redirect that is given no credentials: a storage that refuses them answers', async () => {
    expect((await read(NUMBER)).outcome).toBe('ok');
    const { statuses, paths } = await sandbox.stats(DOCUMENTS);
    expect(paths[`/storage/${documentId(NUMBER, 2)}`]).toBe(1);
    expect(statuses).toEqual({ 200: 4, 302: 2 });
  });

  it('are kept for good: the next job asks for no document', async () => {
    const cache = memoryCache();
    await read(NUMBER, { cache });
    await sandbox.reset();
    const later = () => new Date(Date.now() + 400 * 86_400_000);
    expect((await read(NUMBER, { cache, now: later })).outcome).toBe('ok');
    expect((await sandbox.stats(DOCUMENTS)).total).toBe(0);
  });

  it('on paper or as PDF only are nothing found, with the reason, and are looked for again after a day', async () => {
    const cache = memoryCache();
    expect(await read('01111111', { cache })).toMatchObject({
      outcome: 'empty',
      reason:
        'The accounts made up to 31 March 2025 are on the register as a scan or PDF only, so their figures cannot be read.',
    });
    await read('01111111', { cache });
    expect((await sandbox.stats(DOCUMENTS)).total).toBe(1);
    await read('01111111', { cache, now: () => new Date(Date.now() + 2 * 86_400_000) });
    expect((await sandbox.stats(DOCUMENTS)).total).toBe(2);
  });

  it('of another company are not used', async () => {
    expect(await read('02222222')).toMatchObject({
      outcome: 'unavailable',
      code: 'provider_contract',
      reason: expect.stringContaining('another company'),
    });
  });

  it('that were never filed are nothing found', async () => {
    expect(await read('03333333')).toMatchObject({ outcome: 'empty', reason: expect.stringContaining('no ') });
    expect((await sandbox.stats(DOCUMENTS)).total).toBe(0);
  });

  it('are not asked for without a key', async () => {
    const settings = { apiKey: undefined, baseUrl: PROVIDERS.companies_house_documents.baseUrl };
    expect(await read(NUMBER, { channels: { companies_house_documents: { settings } } })).toMatchObject({
      outcome: 'skipped',
      reason: expect.stringContaining('key not configured'),
    });
  });

  it.each(['truncated', 'malformed', 'empty', 'html'])('that come %s are not read in part', async (kind) => {
    await sandbox.disturb({ provider: DOCUMENTS, path: '/storage/*', kind });
    expect(await read(NUMBER)).toMatchObject({ outcome: 'unavailable' });
  });

  it('stand by themselves when the ones before are damaged', async () => {
    await sandbox.disturb({ provider: DOCUMENTS, path: `/storage/${documentId(NUMBER, 0)}`, kind: 'truncated' });
    const outcome = await read(NUMBER);
    expect(outcome.outcome === 'ok' && outcome.data.documents).toHaveLength(1);
  });

  it('are read whole by whoever asks again after both came badly, one of them late', async () => {
    const cache = memoryCache();
    const channels = { companies_house_documents: { timeoutMs: 200 } };
    await sandbox.disturb({ provider: DOCUMENTS, path: `/storage/${documentId(NUMBER, 2)}`, kind: 'malformed' });
    await sandbox.disturb({ provider: DOCUMENTS, path: `/document/${documentId(NUMBER, 0)}`, kind: 'hang' });
    expect(await read(NUMBER, { cache, channels })).toMatchObject({ outcome: 'unavailable' });
    await sandbox.reset();
    const again = await read(NUMBER, { cache });
    expect(again.outcome === 'ok' && again.data.documents).toHaveLength(2);
  }, 20_000);

  it('are unavailable while the filing history is', async () => {
    await sandbox.disturb({
      provider: 'companies-house',
      path: '/company/*/filing-history',
      kind: 'status',
      status: 503,
    });
    expect(await read(NUMBER)).toMatchObject({ outcome: 'unavailable', source: 'accounts.figures' });
  });
});
