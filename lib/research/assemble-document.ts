import { stateOf } from './build-section';
import { coverageOf, reportConfidence } from './confidence';
import type { Gap, ReportDocument, ReportScore, Section, SectionFragment } from './schema';
import { SECTIONS } from './sections';

/** What a report is about and when it was written: all that its sections do not say themselves. */
export type ReportMeta = {
  reportId: string;
  companyId: string;
  /** The name as we know it; the register's own name is preferred. */
  companyName: string;
  isDemo: boolean;
  /** ISO instant. */
  generatedAt: string;
  /** The model that was asked, and its cost in US dollars over all attempts. */
  modelUse?: { model: string | null; costUsd: number | null } | undefined;
};

const UNSCORED: ReportScore = { overall: null, coverage: 0, components: [], caps: [] };

/**
 * The report as data from its sections, in order. The same sections and the same time give the same bytes.
 * It is complete when all sections are there and no source that a required field needs has failed.
 */
export function assembleDocument(fragments: readonly SectionFragment[], meta: ReportMeta): ReportDocument {
  const sections = fragments.map(({ section }) => section);
  const statements = fragments.flatMap((fragment) => fragment.statements);
  const gaps = fragments.flatMap((fragment) => fragment.gaps);
  const sources = fragments.flatMap((fragment) => fragment.sources);
  const complete = fragments.filter((fragment) => isComplete(fragment)).length;
  const legalName = statements.find(({ field }) => field === 'legal_name')?.value;
  return {
    version: 1,
    report: {
      id: meta.reportId,
      company: {
        id: meta.companyId,
        name: typeof legalName === 'string' ? legalName : meta.companyName,
        company_number: meta.companyId,
      },
      generated_at: meta.generatedAt,
      as_of: sources.map(({ retrieved_at }) => retrieved_at).sort()[0] ?? meta.generatedAt,
      status: complete === SECTIONS.length ? 'complete' : 'partial',
      written_by: writersOf(sections),
      model: meta.modelUse?.model ?? null,
      cost_usd: meta.modelUse?.costUsd ?? null,
      coverage: coverageOfReport(fragments, gaps),
      confidence: reportConfidence(
        sections.map(({ id, confidence }) => ({
          weight: SECTIONS.find((entry) => entry.id === id)?.weight ?? 0,
          confidence,
        })),
      ),
      sections_complete: complete,
      total_sources: sources.length,
      is_demo: meta.isDemo,
    },
    sections,
    statements,
    evidence: fragments.flatMap((fragment) => fragment.evidence),
    gaps,
    sources,
    signals: fragments.flatMap((fragment) => fragment.signals),
    score: fragments.findLast(({ score }) => score !== null)?.score ?? UNSCORED,
  };
}

function writersOf(sections: readonly Section[]): ReportDocument['report']['written_by'] {
  const writers = new Set(sections.flatMap(({ sentences }) => sentences.map((sentence) => sentence.written_by)));
  if (!writers.has('model')) return 'template';
  return writers.has('template') ? 'mixed' : 'model';
}

/**
 * A report that is still being written, or that was stopped: what is finished, and every other section present and
 * marked as not there yet.
 */
export function partialDocument(fragments: readonly SectionFragment[], meta: ReportMeta): ReportDocument {
  let gapCount = fragments.reduce((count, fragment) => count + fragment.gaps.length, 0);
  const all = SECTIONS.map((definition): SectionFragment => {
    const built = fragments.find(({ section }) => section.id === definition.id);
    if (built !== undefined) return built;
    const gaps = definition.required.map((field): Gap => {
      gapCount += 1;
      const detail = 'Still being researched.';
      return {
        id: `G${gapCount}`,
        section: definition.id,
        field,
        reason: 'not_found',
        tried: [],
        detail,
        at: meta.generatedAt,
      };
    });
    return {
      section: {
        id: definition.id,
        title: definition.title,
        confidence: null,
        coverage: 0,
        as_of: meta.generatedAt,
        stale: false,
        fields: Object.fromEntries(gaps.map(({ field, id }) => [field, { gap: id }])),
        sentences: [],
      },
      statements: [],
      evidence: [],
      gaps,
      sources: [],
      signals: [],
      score: null,
    };
  });
  const document = assembleDocument(all, meta);
  const complete = fragments.filter((fragment) => isComplete(fragment)).length;
  return { ...document, report: { ...document.report, status: 'partial', sections_complete: complete } };
}

function coverageOfReport(fragments: readonly SectionFragment[], gaps: readonly Gap[]): number {
  const reasons = new Map(gaps.map(({ id, reason }) => [id, reason]));
  const states = fragments.flatMap(({ section }) =>
    (SECTIONS.find(({ id }) => id === section.id)?.required ?? []).map((field) =>
      stateOf(section.fields[field], (id) => reasons.get(id)),
    ),
  );
  return coverageOf(states);
}

/** No required field of the section is open because its source failed. */
function isComplete({ section, gaps }: SectionFragment): boolean {
  const required = SECTIONS.find(({ id }) => id === section.id)?.required ?? [];
  return !gaps.some(({ field, reason }) => reason === 'source_failed' && required.includes(field));
}
