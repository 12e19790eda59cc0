import { afterConflict, evidenceConfidence, statementConfidence } from '../confidence';
import type { Gap, SectionFragment, Statement } from '../schema';
import { createCitationList } from './citation-list';
import type { Citation } from './citations';

/** What is asked for by company number has the surest match there is (m of research 1.6). */
const MATCH_BY_NUMBER = 1;

export type StatementInput = {
  field: string;
  value: Statement['value'];
  method: Statement['method'];
  citations: readonly Citation[];
  asOf: string;
  unit?: string | null;
  currency?: string | null;
  period?: string | null;
  /** Gets the evidence ids in the order of the citations. */
  formula?: (evidenceIds: readonly string[]) => string;
  ruleConfidence?: number;
};

export type GapInput = Omit<Gap, 'id' | 'at'>;
type Fragment = Pick<SectionFragment, 'statements' | 'evidence' | 'gaps' | 'sources'>;

export type EvidenceBook = ReturnType<typeof createEvidenceBook>;

/**
 * The one place that gives out E, S, G and source numbers, in the order in which things are stated.
 * @param earlier fragments of sections that an earlier attempt finished: numbering goes on after them.
 */
export function createEvidenceBook(now: Date, earlier: readonly Fragment[] = []) {
  const statements = earlier.flatMap((fragment) => fragment.statements);
  const gaps = earlier.flatMap((fragment) => fragment.gaps);
  const { evidence, sources, cite } = createCitationList(earlier);
  const taken = {
    evidence: evidence.length,
    statements: statements.length,
    gaps: gaps.length,
    sources: sources.length,
  };

  function state(input: StatementInput): Statement {
    const ids = input.citations.map(cite);
    const statement: Statement = {
      id: `S${statements.length + 1}`,
      field: input.field,
      value: input.value,
      unit: input.unit ?? null,
      currency: input.currency ?? null,
      period: input.period ?? null,
      as_of: input.asOf,
      method: input.method,
      formula: input.formula?.(ids) ?? null,
      evidence: [...new Set(ids)],
      confidence: statementConfidence(worthByOrigin(input.citations, now), input.method, input.ruleConfidence),
      conflicts: [],
    };
    statements.push(statement);
    return statement;
  }

  /** States what other statements suggest: worth the weakest of them, times what an inference is worth. */
  function infer(field: string, value: Statement['value'], from: readonly Statement[], asOf: string): Statement {
    const statement: Statement = {
      id: `S${statements.length + 1}`,
      field,
      value,
      unit: null,
      currency: null,
      period: null,
      as_of: asOf,
      method: 'inferred',
      formula: null,
      evidence: [...new Set(from.flatMap((base) => base.evidence))],
      confidence: statementConfidence([from.map((base) => base.confidence)], 'inferred'),
      conflicts: [],
    };
    statements.push(statement);
    return statement;
  }

  function gap(input: GapInput): Gap {
    const { section, field, reason, tried, detail } = input;
    const entry: Gap = { id: `G${gaps.length + 1}`, section, field, reason, tried, detail, at: now.toISOString() };
    gaps.push(entry);
    return entry;
  }

  /** Two statements that contradict each other name each other; the kept one loses confidence. */
  function conflict(kept: Statement, other: Statement): void {
    kept.conflicts.push(other.id);
    other.conflicts.push(kept.id);
    kept.confidence = afterConflict(kept.confidence);
  }

  /** What was added since the last call: the share of one section. */
  function takeFragment(): Fragment {
    const fragment = {
      statements: statements.slice(taken.statements),
      evidence: evidence.slice(taken.evidence),
      gaps: gaps.slice(taken.gaps),
      sources: sources.slice(taken.sources),
    };
    taken.evidence = evidence.length;
    taken.statements = statements.length;
    taken.gaps = gaps.length;
    taken.sources = sources.length;
    return fragment;
  }

  return {
    cite,
    state,
    infer,
    gap,
    conflict,
    takeFragment,
    contents: () => ({ statements, evidence, gaps }),
    statement: (id: string) => statements.find((entry) => entry.id === id),
    statementsOf: (field: string) => statements.filter((entry) => entry.field === field),
    gapById: (id: string) => gaps.find((entry) => entry.id === id),
  };
}

/** All sources of one provider are one origin: they cannot confirm each other. */
function worthByOrigin(citations: readonly Citation[], now: Date): number[][] {
  const byProvider = new Map<string, number[]>();
  for (const { origin, basis, since, match = MATCH_BY_NUMBER } of citations) {
    const provider = origin.source.split('.')[0] ?? origin.source;
    const worth = evidenceConfidence({ reliability: origin.reliability, match, basis, since }, now);
    byProvider.set(provider, [...(byProvider.get(provider) ?? []), worth]);
  }
  return [...byProvider.values()];
}
