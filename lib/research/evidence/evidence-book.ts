import type { SourceOrigin } from '@/lib/sources/source';
import { type AgeBasis, afterConflict, evidenceConfidence, statementConfidence } from '../confidence';
import type { Evidence, Gap, ReportSource, SectionFragment, Statement } from '../schema';

/** Everything that is read so far is asked for by company number, the surest match there is (m of research 1.6). */
const MATCH_BY_NUMBER = 1;

/** A piece of evidence to be cited: what stands where, and how it ages. */
export type Citation = {
  origin: SourceOrigin;
  locator: string;
  snippet: string;
  basis: AgeBasis;
  /** ISO date or instant from which the fact ages. */
  since: string;
  publishedAt?: string | null;
};

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
  const evidence = earlier.flatMap((fragment) => fragment.evidence);
  const statements = earlier.flatMap((fragment) => fragment.statements);
  const gaps = earlier.flatMap((fragment) => fragment.gaps);
  const sources = earlier.flatMap((fragment) => fragment.sources);
  const taken = {
    evidence: evidence.length,
    statements: statements.length,
    gaps: gaps.length,
    sources: sources.length,
  };

  function sourceIndex(origin: SourceOrigin): number {
    const known = sources.find((source) => source.url === origin.url && source.title === origin.title);
    if (known !== undefined) return known.index;
    const source: ReportSource = {
      index: sources.length + 1,
      title: origin.title,
      url: origin.url,
      source_type: origin.sourceType,
      retrieved_at: origin.retrievedAt,
      published_at: origin.publishedAt,
      reliability: origin.reliability,
    };
    sources.push(source);
    return source.index;
  }

  /** The same place in the same answer is one piece of evidence, however often it is cited. */
  function cite({ origin, locator, snippet, publishedAt }: Citation): string {
    const known = evidence.find(
      (entry) =>
        entry.source === origin.source &&
        entry.sha256 === origin.sha256 &&
        entry.locator === locator &&
        entry.snippet === snippet,
    );
    if (known !== undefined) return known.id;
    const entry: Evidence = {
      id: `E${evidence.length + 1}`,
      source: origin.source,
      source_index: sourceIndex(origin),
      url: origin.url,
      retrieved_at: origin.retrievedAt,
      published_at: publishedAt ?? origin.publishedAt,
      sha256: origin.sha256,
      locator,
      snippet,
    };
    evidence.push(entry);
    return entry.id;
  }

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
  for (const { origin, basis, since } of citations) {
    const provider = origin.source.split('.')[0] ?? origin.source;
    const worth = evidenceConfidence({ reliability: origin.reliability, match: MATCH_BY_NUMBER, basis, since }, now);
    byProvider.set(provider, [...(byProvider.get(provider) ?? []), worth]);
  }
  return [...byProvider.values()];
}
