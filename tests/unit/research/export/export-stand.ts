import type { ReportDocument } from '@/lib/research/schema';
import { REPORT_ID } from '../research-stand';

const AT = '2026-11-23T09:00:00.000Z';
const STATEMENT = {
  unit: null,
  currency: null,
  period: null,
  as_of: AT,
  formula: null,
  confidence: 0.9,
  conflicts: [],
};

type Awkward = { name?: string; sentence?: string; title?: string; detail?: string; url?: string };

/** A small report whose texts a test chooses: names and titles are others' words. */
export function reportWith(awkward: Awkward = {}): ReportDocument {
  const { name = 'ŁÓDŹ & ÆRØ LIMITED', sentence = 'It is a company.', title = 'The register' } = awkward;
  const url = awkward.url ?? 'https://register.example/company/1';
  const origin = { url, retrieved_at: AT, published_at: null };
  return {
    version: 1,
    report: {
      id: REPORT_ID,
      company: { id: '00000001', name, company_number: '00000001' },
      generated_at: AT,
      as_of: AT,
      status: 'partial',
      written_by: 'template',
      model: null,
      cost_usd: null,
      coverage: 0.5,
      confidence: 0.9,
      sections_complete: 7,
      total_sources: 1,
      is_demo: false,
    },
    sections: [
      {
        id: 'identity',
        title: 'Identity and status',
        confidence: 0.9,
        coverage: 1,
        as_of: AT,
        stale: false,
        fields: { legal_name: { statement: 'S1' } },
        sentences: [{ text: sentence, statements: ['S1'], gaps: [], written_by: 'template' }],
      },
    ],
    statements: [{ ...STATEMENT, id: 'S1', field: 'company_number', value: name, method: 'copied', evidence: ['E1'] }],
    evidence: [{ ...origin, id: 'E1', source: 'register', source_index: 1, sha256: '', locator: '$', snippet: name }],
    gaps: [
      {
        id: 'G1',
        section: 'identity',
        field: 'lei',
        reason: 'not_found',
        tried: [],
        detail: awkward.detail ?? 'None.',
        at: AT,
      },
    ],
    sources: [{ ...origin, index: 1, title, source_type: 'register', reliability: 0.98 }],
    signals: [],
    score: { overall: null, coverage: 0, components: [], caps: [] },
  };
}
