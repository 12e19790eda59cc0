import type { ReportDocument } from '../schema';

/** The numbers of the sources behind statements or evidence, each once, in their order. */
export type Citer = {
  statements(ids: readonly string[]): number[];
  evidence(ids: readonly string[]): number[];
};

export function citerOf({ statements, evidence }: Pick<ReportDocument, 'statements' | 'evidence'>): Citer {
  const evidenceOf = new Map(statements.map((statement) => [statement.id, statement.evidence]));
  const sourceOf = new Map(evidence.map(({ id, source_index }) => [id, source_index]));
  const citeEvidence = (ids: readonly string[]) => {
    const numbers = new Set(ids.flatMap((id) => sourceOf.get(id) ?? []));
    return [...numbers].sort((a, b) => a - b);
  };
  return {
    statements: (ids) => citeEvidence(ids.flatMap((id) => evidenceOf.get(id) ?? [])),
    evidence: citeEvidence,
  };
}
