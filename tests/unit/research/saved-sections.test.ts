import { afterAll, beforeAll, expect, test } from 'vitest';
import { partialDocument } from '@/lib/research/assemble-document';
import { checkReport } from '@/lib/research/groundedness';
import { reportDocumentSchema, SECTION_IDS } from '@/lib/research/schema';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { NOW, REPORT_ID, type Research, researchInSandbox } from './research-stand';

const META = {
  reportId: REPORT_ID,
  companyId: 'DM000002',
  companyName: 'Name as imported',
  isDemo: true,
  generatedAt: NOW.toISOString(),
};

let sandbox: RunningSandbox;
let whole: Research;
beforeAll(async () => {
  sandbox = await startSandbox({ rateLimit: 100_000 });
  whole = await researchInSandbox(sandbox.url, 'DM000002', { isDemo: true });
});
afterAll(() => sandbox.close());

const again = (savedSections: readonly unknown[], now = NOW) =>
  researchInSandbox(sandbox.url, 'DM000002', { isDemo: true, savedSections, now });

test('a second attempt goes on after the saved sections and ends in the same report', async () => {
  const resumed = await again(whole.fragments.slice(0, 4));
  expect(resumed.fragments.map(({ section }) => section.id)).toEqual(SECTION_IDS.slice(4));
  expect(JSON.stringify(resumed.document)).toBe(JSON.stringify(whole.document));
});

test('a second attempt with everything saved only puts the report together', async () => {
  const resumed = await again(whole.fragments);
  expect(resumed.fragments).toEqual([]);
  expect(JSON.stringify(resumed.document)).toBe(JSON.stringify(whole.document));
});

test('sections that do not fit together are built anew', async () => {
  const [first, , third] = whole.fragments;
  expect((await again([first, third])).fragments).toHaveLength(7);
  expect((await again(['nonsense'])).fragments).toHaveLength(8);
});

test('sections of yesterday are built anew', async () => {
  const tomorrow = new Date(NOW.getTime() + 25 * 3_600_000);
  expect((await again(whole.fragments, tomorrow)).fragments).toHaveLength(8);
});

test('sections of today serve although an answer they rest on was kept from last week', async () => {
  const kept = structuredClone(whole.fragments);
  const lastWeek = new Date(NOW.getTime() - 7 * 24 * 3_600_000).toISOString();
  for (const { section, sources } of kept) {
    section.as_of = lastWeek;
    for (const source of sources) source.retrieved_at = lastWeek;
  }
  expect((await again(kept)).fragments).toEqual([]);
});

test('sections whose source failed are built anew, since it may answer now', async () => {
  const failed = structuredClone(whole.fragments);
  const gap = failed[2]?.gaps[0];
  if (gap !== undefined) gap.reason = 'source_failed';
  expect((await again(failed)).fragments.map(({ section }) => section.id)).toEqual(SECTION_IDS.slice(2));
});

test('a report in the making has all eight sections, the unfinished ones marked as such', () => {
  const partial = partialDocument(whole.fragments.slice(0, 3), META);
  expect(reportDocumentSchema.parse(partial)).toEqual(partial);
  expect(partial.report).toMatchObject({ status: 'partial', sections_complete: 3, is_demo: true });
  expect(partial.sections.map(({ id }) => id)).toEqual(SECTION_IDS);
  expect(partial.sections[3]).toMatchObject({ coverage: 0, confidence: null, sentences: [] });
  expect(partial.gaps.at(-1)).toMatchObject({ detail: 'Still being researched.', reason: 'not_found' });
  expect(checkReport(partial)).toEqual([]);
});

test('a report of which nothing is finished is readable too', () => {
  const partial = partialDocument([], META);
  expect(reportDocumentSchema.parse(partial).report.company.name).toBe('Name as imported');
  expect(partial.report.sections_complete).toBe(0);
});
