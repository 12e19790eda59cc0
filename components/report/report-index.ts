import type { EvidenceView } from '@/components/evidence/evidence-card';
import { formatFieldName } from '@/components/format/field-names';
import { formatValue } from '@/components/format/format-value';
import type { Evidence, Gap, ReportDocument, ReportSource, Statement } from '@/lib/research/schema';

/** What a report page needs to draw sentences: complete for a finished report, growing while one runs. */
export type ReportBody = Pick<ReportDocument, 'sections' | 'statements' | 'evidence' | 'gaps' | 'sources'>;

export type ReportIndex = {
  statements: ReadonlyMap<string, Statement>;
  evidence: ReadonlyMap<string, Evidence>;
  gaps: ReadonlyMap<string, Gap>;
  sources: ReadonlyMap<number, ReportSource>;
};

export type CitationView = { number: number; evidence: EvidenceView };

export function indexReport(body: ReportBody): ReportIndex {
  return {
    statements: new Map(body.statements.map((statement) => [statement.id, statement])),
    evidence: new Map(body.evidence.map((evidence) => [evidence.id, evidence])),
    gaps: new Map(body.gaps.map((gap) => [gap.id, gap])),
    sources: new Map(body.sources.map((source) => [source.index, source])),
  };
}

/** One citation per source behind the statements, in the order of the list of sources. */
export function citeStatements(index: ReportIndex, statementIds: readonly string[]): CitationView[] {
  const statements = statementIds.flatMap((id) => index.statements.get(id) ?? []);
  const excerpts = statements.flatMap((statement) =>
    statement.evidence.map((evidenceId) => ({ evidenceId, note: noteOf(statement) })),
  );
  return cite(index, excerpts);
}

export function citeEvidence(index: ReportIndex, evidenceIds: readonly string[]): CitationView[] {
  return cite(
    index,
    evidenceIds.map((evidenceId) => ({ evidenceId, note: undefined })),
  );
}

type Excerpt = { evidenceId: string; note: string | undefined };

function cite(index: ReportIndex, excerpts: readonly Excerpt[]): CitationView[] {
  const bySource = new Map<number, { evidence: Evidence; note: string | undefined }[]>();
  for (const { evidenceId, note } of excerpts) {
    const evidence = index.evidence.get(evidenceId);
    if (!evidence) continue;
    const known = bySource.get(evidence.source_index) ?? [];
    if (known.some((entry) => entry.evidence.id === evidenceId && entry.note === note)) continue;
    bySource.set(evidence.source_index, [...known, { evidence, note }]);
  }
  return [...bySource.entries()]
    .sort(([a], [b]) => a - b)
    .map(([number, entries]) => ({ number, evidence: toEvidenceView(index.sources.get(number), entries) }));
}

function toEvidenceView(
  source: ReportSource | undefined,
  entries: readonly { evidence: Evidence; note: string | undefined }[],
): EvidenceView {
  const first = entries[0]?.evidence;
  return {
    title: source?.title ?? first?.source ?? 'Source',
    url: first?.url ?? source?.url ?? '',
    retrievedAt: first?.retrieved_at ?? source?.retrieved_at ?? '',
    publishedAt: first?.published_at ?? null,
    reliability: source?.reliability ?? null,
    excerpts: entries.map(({ evidence, note }) => ({ snippet: evidence.snippet, locator: evidence.locator, note })),
  };
}

/** What the excerpt proves: the field with its value, and how it was worked out when it was not simply read. */
function noteOf(statement: Statement): string {
  const value = formatValue(statement.value, statement);
  const how = statement.formula === null ? '' : ` (${statement.method}: ${statement.formula})`;
  return `${formatFieldName(statement.field)}: ${value}${how}`;
}
