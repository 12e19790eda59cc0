import { expect, test } from 'vitest';
import { isHttpUrl } from '@/components/evidence/is-http-url';
import { citeEvidence, citeStatements, indexReport, type ReportBody } from '@/components/report/report-index';

const evidence = (id: string, sourceIndex: number, snippet: string) => ({
  id,
  source: 'companies_house.profile',
  source_index: sourceIndex,
  url: 'https://find-and-update.company-information.service.gov.uk/company/DM000001',
  retrieved_at: '2025-10-12T10:00:00Z',
  published_at: null,
  sha256: '00',
  locator: `$.${id}`,
  snippet,
});
const statement = (id: string, field: string, value: number | string, evidenceIds: string[]) => ({
  id,
  field,
  value,
  unit: null,
  currency: null,
  period: null,
  as_of: '2025-10-12',
  method: 'copied' as const,
  formula: null,
  evidence: evidenceIds,
  confidence: 0.98,
  conflicts: [],
});
const source = (index: number, title: string) => ({
  index,
  title,
  url: 'https://example.org/',
  source_type: 'register',
  retrieved_at: '2025-10-12T10:00:00Z',
  published_at: null,
  reliability: 0.98,
});

const body: ReportBody = {
  sections: [],
  statements: [
    statement('S1', 'legal_name', 'DEMO LIMITED', ['E1']),
    statement('S2', 'officers_active', 2, ['E2', 'E3']),
    statement('S3', 'status', 'active', ['E4']),
  ],
  evidence: [
    evidence('E1', 1, 'DEMO LIMITED'),
    evidence('E2', 2, 'a'),
    evidence('E3', 2, 'b'),
    evidence('E4', 1, 'active'),
  ],
  gaps: [],
  sources: [source(1, 'Company profile'), source(2, 'Officers')],
};
const index = indexReport(body);

test('a sentence has one mark for each source, in the order of the list of sources', () => {
  expect(citeStatements(index, ['S2', 'S1', 'S3']).map(({ number }) => number)).toEqual([1, 2]);
});

test('a mark opens every excerpt of its source that the sentence stands on, with what each proves', () => {
  const [profile] = citeStatements(index, ['S1', 'S3']);
  expect(profile?.evidence.title).toBe('Company profile');
  expect(profile?.evidence.excerpts).toEqual([
    { snippet: 'DEMO LIMITED', locator: '$.E1', note: 'Legal name: DEMO LIMITED' },
    { snippet: 'active', locator: '$.E4', note: 'Status: active' },
  ]);
});

test('marks for bare evidence say nothing that was not read', () => {
  expect(citeEvidence(index, ['E2', 'E2'])[0]?.evidence.excerpts).toEqual([
    { snippet: 'a', locator: '$.E2', note: undefined },
  ]);
});

test('ids that the report does not hold give no mark', () => {
  expect(citeStatements(index, ['S99'])).toEqual([]);
  expect(citeEvidence(index, ['E99'])).toEqual([]);
});

test('only http and https addresses may become links', () => {
  expect(['https://a.example', 'http://a.example'].every(isHttpUrl)).toBe(true);
  expect(['javascript:alert(1)', 'data:text/html,x', '//a.example', 'a'].some(isHttpUrl)).toBe(false);
});
