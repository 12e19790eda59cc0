import type { Evidence, Gap, ReportDocument, SectionId, Statement } from '../schema';

/** One thing that is wrong with a report, and where. */
export type Violation = {
  check: 'E1' | 'E2' | 'E3' | 'E5' | 'privacy';
  section: SectionId | null;
  /** Sentence, statement, evidence or field that fails. */
  subject: string;
  detail: string;
};

/** Answers of the sources, by source id: what the evidence points into. */
export type Payloads = Readonly<Record<string, unknown>>;

export type DocumentIndex = {
  statements: ReadonlyMap<string, Statement>;
  evidence: ReadonlyMap<string, Evidence>;
  gaps: ReadonlyMap<string, Gap>;
};

export function indexDocument(document: Pick<ReportDocument, 'statements' | 'evidence' | 'gaps'>): DocumentIndex {
  return {
    statements: new Map(document.statements.map((statement) => [statement.id, statement])),
    evidence: new Map(document.evidence.map((evidence) => [evidence.id, evidence])),
    gaps: new Map(document.gaps.map((gap) => [gap.id, gap])),
  };
}

export function statementsOf(index: DocumentIndex, ids: readonly string[]): Statement[] {
  return ids.flatMap((id) => index.statements.get(id) ?? []);
}

export function gapsOf(index: DocumentIndex, ids: readonly string[]): Gap[] {
  return ids.flatMap((id) => index.gaps.get(id) ?? []);
}

export function evidenceOf(index: DocumentIndex, statement: Statement): Evidence[] {
  return statement.evidence.flatMap((id) => index.evidence.get(id) ?? []);
}
