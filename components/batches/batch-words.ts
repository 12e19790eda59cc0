import { z } from 'zod';
import { formatNumber, formatPercent } from '@/components/format/format-value';
import { queueTitle } from '@/components/jobs/queue-names';
import {
  BATCH_OUTCOMES,
  type Batch,
  type BatchCounts,
  type BatchFilter,
  type BatchItem,
  type BatchOutcome,
} from '@/types/batches';

export const OUTCOME_WORDS: Record<BatchOutcome, string> = {
  pending: 'Not started',
  queued: 'Waiting',
  active: 'Running',
  completed: 'Done',
  skipped: 'Skipped',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** "1 company", "2,000 companies". */
export function countCompanies(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? 'company' : 'companies'}`;
}

/** What a batch is called: its own name, or what it does with which companies. */
export function batchTitle({ name, queue, filter, total }: Pick<Batch, 'name' | 'queue' | 'filter' | 'total'>): string {
  if (name) return name;
  if (filter) return `${queueTitle(queue)} of ${describeFilter(filter)}`;
  return total === null ? `${queueTitle(queue)} of a list` : `${queueTitle(queue)} of ${countCompanies(total)}`;
}

/** "companies matching “tea”, status active". */
export function describeFilter({ q, status, sic, locality }: BatchFilter): string {
  const parts = [
    q ? `companies matching “${q}”` : 'all companies',
    status && `status ${status.replaceAll('-', ' ')}`,
    sic && `SIC ${sic}`,
    locality && `in ${locality}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** "120 done, 3 failed". */
export function describeCounts(counts: BatchCounts): string {
  return BATCH_OUTCOMES.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${formatNumber(counts[outcome])} ${OUTCOME_WORDS[outcome].toLowerCase()}`)
    .join(', ');
}

/** One line that says how a batch stands. It changes only when the batch does. */
export function describeBatch(batch: Batch): string {
  switch (batch.status) {
    case 'preparing':
      return batch.reason ?? 'Its companies are being counted.';
    case 'running':
      return batch.reason ?? 'Working through its companies, a few at a time, so that nobody else has to wait.';
    case 'cancelling':
      return 'Being stopped: what has not started is left out, what runs is stopped. What is finished stays.';
    case 'cancelled':
      return 'Cancelled. What was finished before stays.';
    case 'completed':
      return [describeEnd(batch), batch.reason].filter(Boolean).join(' ');
  }
}

function describeEnd({ counts, total }: Batch): string {
  if (total === 0) return 'No company matched: there was nothing to do.';
  if (counts.failed === 0) return 'Every company has its outcome.';
  return `Every company has its outcome; ${countCompanies(counts.failed)} failed and can be tried again.`;
}

const outcomeSchemas = {
  research: z.object({ sections_complete: z.number(), confidence_score: z.number() }),
  enrichment: z.object({ fields_filled: z.array(z.unknown()), completeness_after: z.number() }),
  scoring: z.object({ overall: z.number().nullable() }),
  signals: z.object({ found: z.number() }),
};

/** What came of one company in a few words; null when there is nothing to say beyond the outcome. */
export function describeItem({ reason, error, result }: BatchItem): string | null {
  return error?.message ?? reason ?? (result && describeResult(result));
}

function describeResult(result: Record<string, unknown>): string | null {
  const research = outcomeSchemas.research.safeParse(result);
  if (research.success) {
    const { sections_complete: sections, confidence_score: confidence } = research.data;
    return `${sections} of 8 sections, confidence ${formatPercent(confidence)}`;
  }
  const scoring = outcomeSchemas.scoring.safeParse(result);
  if (scoring.success) {
    return scoring.data.overall === null ? 'Not enough known for a score' : `Score ${Math.round(scoring.data.overall)}`;
  }
  const enrichment = outcomeSchemas.enrichment.safeParse(result);
  if (enrichment.success) {
    const { fields_filled: fields, completeness_after: share } = enrichment.data;
    return `${fields.length} ${fields.length === 1 ? 'field' : 'fields'} read, ${formatPercent(share)} complete`;
  }
  const signals = outcomeSchemas.signals.safeParse(result);
  if (!signals.success) return null;
  if (signals.data.found === 0) return 'No signals';
  return `${formatNumber(signals.data.found)} ${signals.data.found === 1 ? 'signal' : 'signals'}`;
}
