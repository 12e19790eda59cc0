import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { checkReport } from '@/lib/research/groundedness';
import { reportDocumentSchema } from '@/lib/research/schema';
import { createSourcesIn, SOURCE_IDS, type SourceId, type Sources } from '@/lib/sources/registry';
import type { SourceOutcome } from '@/lib/sources/source';
import { openTestSandbox, type TestSandbox } from '@/tests/support/faulty-sandbox';
import { sourceContext } from '@/tests/support/source-context';
import {
  emptyAnswer,
  failedAnswer,
  gapIn,
  NOW,
  researchInSandbox,
  researchWith,
  skippedAnswer,
  textOf,
  valueIn,
} from './research-stand';

/** A required field that each source alone can answer. */
const ANSWERED_BY = [
  ['companies_house.profile', 'identity', 'legal_name'],
  ['companies_house.officers', 'ownership', 'officers_active'],
  ['companies_house.filing_history', 'signals', 'signals_count'],
  ['companies_house.psc', 'ownership', 'psc'],
  ['companies_house.charges', 'risk', 'charges_outstanding'],
  ['companies_house.insolvency', 'risk', 'insolvency_cases'],
] as const;

/** Sources whose fields no report has to have. */
const OPTIONAL: readonly SourceId[] = [
  'companies_house.exemptions',
  'companies_house.parent_chain',
  'register_file.same_address',
  'gleif.entity',
  'contracts_finder.awards',
  'find_a_tender.awards',
  'gazette.notices',
  'gender_pay_gap.returns',
  'accounts.figures',
  'website.pages',
  'website.history',
  'job_boards.roles',
  'job_boards.history',
  'news.articles',
];

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox({ rateLimit: 100_000 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** Real sources, one of which answers otherwise. */
function sourcesWith(broken: string, answer: (id: string) => SourceOutcome<unknown>): Sources {
  const real = createSourcesIn(sourceContext(sandbox.url, { now: () => NOW }));
  const read = async <K extends SourceId>(id: K, input: { companyNumber: string }) =>
    // The answers of the test hold no data, so they are of every source's type.
    id === broken ? (answer(id) as Awaited<ReturnType<typeof real.read<K>>>) : real.read(id, input);
  return { read, readKept: read };
}

describe.each(ANSWERED_BY)('when %s fails', (source, section, field) => {
  test('the report is still written, partial, and says which facts could not be read', async () => {
    const { document, dropped } = await researchWith(sourcesWith(source, failedAnswer), 'DM000001');
    expect(reportDocumentSchema.safeParse(document).success).toBe(true);
    expect(document.report.status).toBe('partial');
    expect(document.report.sections_complete).toBeLessThan(8);
    expect(gapIn(document, section, field)).toMatchObject({ reason: 'source_failed', tried: [source] });
    expect(gapIn(document, section, field)?.detail).toContain('No answer in time.');
    expect(textOf(document, section)).toMatch(/Not known(?: of .*)?: .* could not be read this time/);
    expect(dropped).toEqual([]);
    expect(checkReport(document)).toEqual([]);
  });

  test('a source without a key leaves "not configured", which is no failure', async () => {
    const { document } = await researchWith(sourcesWith(source, skippedAnswer), 'DM000001');
    expect(gapIn(document, section, field)?.reason).toBe('not_configured');
    expect(document.report.status).toBe('complete');
    expect(checkReport(document)).toEqual([]);
  });

  test('nothing found there is neither of the two', async () => {
    const { document } = await researchWith(sourcesWith(source, emptyAnswer), 'DM000001');
    expect(gapIn(document, section, field)?.reason).not.toBe('source_failed');
    expect(document.report.status).toBe('complete');
    expect(checkReport(document)).toEqual([]);
  });
});

test('statements on control that fail leave a partial answer, not a wrong one', async () => {
  const { document } = await researchWith(sourcesWith('companies_house.psc_statements', failedAnswer), 'DM000001');
  expect(gapIn(document, 'ownership', 'psc_statements')?.reason).toBe('source_failed');
  expect(valueIn(document, 'ownership', 'psc')).toBeDefined();
});

test('an outage of the filing history invents no signal and denies none', async () => {
  const { document } = await researchWith(sourcesWith('companies_house.filing_history', failedAnswer), 'DM000001');
  const cited = new Set(document.signals.flatMap(({ evidence }) => evidence));
  const sources = document.evidence.filter(({ id }) => cited.has(id)).map(({ source }) => source);
  expect(sources.filter((source) => source.startsWith('companies_house.'))).toEqual([]);
  expect(textOf(document, 'signals')).not.toContain('No signal was found');
  expect(textOf(document, 'risk')).not.toContain('No strike-off notice');
});

test('a register that is down altogether still gives a report, with the name as imported', async () => {
  // See above.
  const read = async (id: string) => failedAnswer(id) as never;
  const { document } = await researchWith({ read, readKept: read }, 'DM000001');
  expect(document.report).toMatchObject({ status: 'partial', coverage: 0, confidence: 0, total_sources: 0 });
  expect(document.report.company.name).toBe('Name as imported');
  expect(document.gaps.filter(({ reason }) => reason === 'not_found').map(({ field }) => field)).toEqual(
    expect.not.arrayContaining(['legal_name', 'charges_total', 'insolvency_cases']),
  );
  expect(checkReport(document)).toEqual([]);
});

test('an answer about another company is not used', async () => {
  const real = createSourcesIn(sourceContext(sandbox.url, { now: () => NOW }));
  const mixedUp: Sources = {
    ...real,
    read: (id, { companyNumber }) =>
      real.read(id, { companyNumber: id.endsWith('profile') ? 'DM000002' : companyNumber }),
  };
  const { document } = await researchWith(mixedUp, 'DM000001');
  expect(JSON.stringify(document)).not.toContain('GALLEON');
  expect(gapIn(document, 'identity', 'legal_name')).toMatchObject({ reason: 'source_failed' });
});

test('a provider that limits requests makes the job wait instead of writing half a report', async () => {
  const limited = new AppError('provider_rate_limited', { retryAt: new Date(NOW.getTime() + 60_000) });
  const read = async () => {
    throw limited;
  };
  const sources: Sources = { read, readKept: read };
  await expect(researchWith(sources, 'DM000001')).rejects.toBe(limited);
});

describe.each(['truncated', 'malformed', 'wrong_shape'])('when the charges come %s', (kind) => {
  test('no charge is stated or denied', async () => {
    await sandbox.disturb({ path: '/company/*/charges', kind });
    const { document } = await researchInSandbox(sandbox.url, 'DM000002');
    expect(gapIn(document, 'risk', 'charges_outstanding')?.reason).toBe('source_failed');
    expect(textOf(document, 'risk')).not.toMatch(/No charge|registered charge/);
  });
});

test('every source is among those that can fail here', () => {
  const covered = [...ANSWERED_BY.map(([source]) => source), 'companies_house.psc_statements', ...OPTIONAL];
  expect([...SOURCE_IDS].sort()).toEqual([...covered].sort());
});
