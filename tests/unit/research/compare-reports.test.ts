import { describe, expect, it } from 'vitest';
import { compareReports } from '@/lib/research/compare-reports';
import type { Gap, ReportDocument, Statement } from '@/lib/research/schema';

const DAY = '2026-11-01T10:00:00.000Z';

type Facts = Record<string, Partial<Statement> | { gap: Gap['reason'] }>;

/** A report whose section on identity has these fields. */
function reportOf(facts: Facts, signals: ReportDocument['signals'] = []): ReportDocument {
  const statements: Statement[] = [];
  const gaps: Gap[] = [];
  const fields: ReportDocument['sections'][number]['fields'] = {};
  for (const [field, fact] of Object.entries(facts)) {
    if ('gap' in fact) {
      const id = `G${gaps.length + 1}`;
      gaps.push({ id, section: 'identity', field, reason: fact.gap, tried: [], detail: 'Nothing', at: DAY });
      fields[field] = { gap: id };
      continue;
    }
    const id = `S${statements.length + 1}`;
    const plain = { unit: null, currency: null, period: null, as_of: DAY, method: 'copied' as const, formula: null };
    const rest = { evidence: ['E1'], confidence: 0.9, conflicts: [] };
    statements.push({ id, field, value: null, ...plain, ...rest, ...fact });
    fields[field] = { statement: id };
  }
  const section = {
    id: 'identity' as const,
    title: 'Identity',
    confidence: 0.9,
    coverage: 1,
    as_of: DAY,
    stale: false,
  };
  return {
    version: 1,
    report: {
      id: '00000000-0000-4000-8000-000000000000',
      company: { id: '00000001', name: 'A LTD', company_number: '00000001' },
      generated_at: DAY,
      as_of: DAY,
      status: 'complete',
      written_by: 'template',
      model: null,
      cost_usd: null,
      coverage: 1,
      confidence: 0.9,
      sections_complete: 8,
      total_sources: 1,
      is_demo: false,
    },
    sections: [{ ...section, fields, sentences: [] }],
    statements,
    evidence: [],
    gaps,
    sources: [],
    signals,
    score: { overall: null, coverage: 0, components: [], caps: [] },
  };
}

const changesBetween = (earlier: Facts, later: Facts) =>
  compareReports(reportOf(earlier), reportOf(later)).sections.flatMap(({ changes }) => changes);

describe('comparing two reports', () => {
  it('finds nothing in what was only read again, on another day and with another confidence', () => {
    const { sections, unchanged } = compareReports(
      reportOf({ name: { value: 'A LTD' }, sic_codes: { value: ['62012', '62020'] } }),
      reportOf({
        sic_codes: { value: ['62020', '62012'], as_of: '2026-11-20T10:00:00.000Z', confidence: 0.5 },
        name: { value: 'A LTD', evidence: ['E9'] },
      }),
    );
    expect(sections).toEqual([]);
    expect(unchanged).toBe(2);
  });

  it('tells what is new, gone and changed', () => {
    const changes = changesBetween(
      { name: { value: 'A LTD' }, website: { value: 'https://a.example' }, lei: { gap: 'not_found' } },
      { name: { value: 'B LTD' }, website: { gap: 'not_found' }, lei: { value: 'X' } },
    );
    expect(changes.map(({ field, kind }) => [field, kind])).toEqual([
      ['name', 'changed'],
      ['website', 'gone'],
      ['lei', 'new'],
    ]);
  });

  it('takes the same figure of another period or unit for another fact', () => {
    const figure = { value: 100, unit: 'pence', currency: 'GBP', period: '2024' };
    expect(changesBetween({ turnover: figure }, { turnover: { ...figure, period: '2025' } })).toHaveLength(1);
    expect(changesBetween({ turnover: figure }, { turnover: { ...figure, currency: 'EUR' } })).toHaveLength(1);
  });

  it('names the items that came to a list and that left it', () => {
    const [change] = changesBetween(
      { officers: { value: [{ name: 'Ann' }, { name: 'Bob' }] } },
      { officers: { value: [{ name: 'Cid' }, { name: 'Ann' }] } },
    );
    expect(change?.items).toEqual({ added: [{ name: 'Cid' }], removed: [{ name: 'Bob' }] });
  });

  it('tells "could not look" from "looked in vain"', () => {
    expect(changesBetween({ lei: { gap: 'source_failed' } }, { lei: { gap: 'not_found' } })).toEqual([
      expect.objectContaining({ field: 'lei', kind: 'changed' }),
    ]);
    expect(changesBetween({ lei: { gap: 'not_found' } }, { lei: { gap: 'not_found' } })).toEqual([]);
  });

  it('leaves out what only says how signals were looked for', () => {
    const row = { detector: 'hiring', outcome: 'none' };
    const before = { signals_checked: { value: [row] } };
    expect(changesBetween(before, { signals_checked: { value: [{ ...row, outcome: 'not_run' }] } })).toEqual([]);
  });

  it('compares buying signals by what happened and when', () => {
    const signal = {
      type: 'funding',
      title: 'Shares allotted',
      event_date: '2026-10-01',
      confidence: 0.5,
      evidence: ['E1'],
      expires_on: '2027-01-01',
    };
    const newer = { ...signal, event_date: '2026-11-01' };
    const { signals } = compareReports(
      reportOf({}, [signal]),
      reportOf({}, [{ ...signal, confidence: 0.9, evidence: ['E7'] }, newer]),
    );
    expect(signals).toEqual({ added: [newer], gone: [] });
  });
});
