import type { SourceOutcome } from '@/lib/sources/source';
import type { EvidenceBook } from '../evidence/evidence-book';
import { sourceLabel } from '../field-labels';
import type { Gap, Section, SectionId } from '../schema';
import { upperFirst } from '../writer/phrases';

export type Unanswered = Exclude<SourceOutcome<unknown>, { outcome: 'ok' }>;

/** The ways in which a section says that it does not know something. */
export function draftGaps(section: SectionId, book: EvidenceBook, fields: Section['fields']) {
  function gap(field: string, reason: Gap['reason'], detail: string, tried: readonly string[] = []): Gap {
    const entry = book.gap({ section, field, reason, detail, tried: [...tried] });
    fields[field] = { gap: entry.id };
    return entry;
  }

  return {
    gap,

    /** The answer is there and does not hold the member. */
    absent(field: string, source: string, why?: Pick<Gap, 'reason' | 'detail'>): void {
      const detail = why?.detail ?? `${upperFirst(sourceLabel(source))} does not state it.`;
      gap(field, why?.reason ?? 'not_disclosed', detail, [source]);
    },

    /** The answer is not there: nothing found, could not look, or nobody set the source up. */
    missing(field: string, outcome: Unanswered): void {
      if (outcome.outcome === 'empty') {
        gap(field, 'not_found', outcome.reason, [outcome.origin.source]);
        return;
      }
      if (outcome.outcome === 'skipped') {
        gap(field, 'not_configured', outcome.reason, [outcome.source]);
        return;
      }
      const detail = `Could not read ${sourceLabel(outcome.source)}: ${outcome.reason}`;
      gap(field, 'source_failed', detail, [outcome.source]);
    },
  };
}
