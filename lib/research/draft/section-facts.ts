import type { EvidenceBook } from '../evidence/evidence-book';
import type { Gap, Section, Statement } from '../schema';
import type { ResearchedCompany, SectionDraft } from './section-draft';

/** All that a writer is given: statements and gaps. It cannot see a source's answer, so it cannot add to it. */
export type SectionFacts = {
  company: ResearchedCompany;
  statement(field: string): Statement | null;
  gap(field: string): Gap | null;
  /** Statements beside the fields, such as one for each signal. */
  extras(field: string): Statement[];
  /** A statement of any section before, by its id. */
  byId(id: string): Statement | null;
  /** What an earlier section says about a field. */
  entryOf: SectionDraft['entryOf'];
  /** The section's gaps in the order in which they were found. */
  gaps: readonly Gap[];
};

/** The writer's view of a section. */
export function toFacts(draft: SectionDraft, book: EvidenceBook): SectionFacts {
  const { fields, extras } = draft.result();
  const entries: Section['fields'] = fields;
  return {
    company: draft.company,
    statement: (field) => {
      const entry = entries[field];
      if (entry !== undefined) return 'statement' in entry ? (book.statement(entry.statement) ?? null) : null;
      return extras.find((statement) => statement.field === field) ?? null;
    },
    gap: (field) => {
      const entry = entries[field];
      return entry !== undefined && 'gap' in entry ? (book.gapById(entry.gap) ?? null) : null;
    },
    byId: (id) => book.statement(id) ?? null,
    entryOf: draft.entryOf,
    extras: (field) => extras.filter((statement) => statement.field === field),
    gaps: Object.values(entries).flatMap((entry) => ('gap' in entry ? (book.gapById(entry.gap) ?? []) : [])),
  };
}
