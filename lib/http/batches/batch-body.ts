import type { BatchItemRow, BatchRow } from '@/lib/batches/batch-ledger';
import { ERRORS } from '@/lib/errors';
import { type Batch, type BatchItem, isBatchEnded, MAX_BATCH_COMPANIES } from '@/types/batches';

/** Samples of its pace, each over at least five seconds, before a batch is estimated. */
const ENOUGH_SAMPLES = 2;

/** The batch on the wire. Says the same for the same version, so that its ETag can be trusted. */
export function toBatch(row: BatchRow): Batch {
  const done = row.completed + row.failed + row.cancelled + row.skipped;
  const total = done + row.pending + row.open;
  const ended = isBatchEnded(row.status);
  const self = `/api/batches/${row.id}`;
  return {
    id: row.id,
    name: row.name,
    queue: row.queue,
    status: row.status,
    total: row.collected_to === null ? total : null,
    counts: {
      pending: row.pending,
      queued: Math.max(0, row.open - row.active),
      active: Math.min(row.active, row.open),
      completed: row.completed,
      failed: row.failed,
      cancelled: row.cancelled,
      skipped: row.skipped,
    },
    progress: ended ? 100 : row.collected_to === null && total > 0 ? Math.floor((done / total) * 100) : 0,
    reason: reasonOf(row),
    filter: row.filter,
    created_at: row.created_at,
    started_at: row.started_at,
    finished_at: row.finished_at,
    estimated_completion: estimatedCompletion(row),
    version: row.version,
    links: {
      self,
      items: `${self}/items`,
      export: `${self}/export?format=csv`,
      retry: ended && row.failed > 0 ? `${self}/retry` : null,
    },
  };
}

function estimatedCompletion({ status, pace, pace_samples: samples, pending, open, updated_at }: BatchRow) {
  if (status !== 'running' || pace === null || pace <= 0 || samples < ENOUGH_SAMPLES) return null;
  return new Date(Date.parse(updated_at) + ((pending + open) / pace) * 1_000).toISOString();
}

/** Why it waits, or what else a person should know, in plain words. */
function reasonOf(row: BatchRow): string | null {
  switch (row.status) {
    case 'preparing':
      return row.collected_to === null
        ? 'The failed companies are being made ready again.'
        : `Its companies are being counted: ${row.pending.toLocaleString('en-GB')} so far.`;
    case 'cancelling':
      return 'Nothing more starts; what runs is being stopped.';
    case 'running':
      return waitingReason(row) ?? truncation(row);
    default:
      return truncation(row);
  }
}

function waitingReason({ open, active, delayed, delayed_until: until, delay_code: code }: BatchRow): string | null {
  if (open === 0 || active > 0) return null;
  if (delayed === 0) return 'Waiting for a free place: what people start goes first.';
  const at = until === null ? '' : ` It goes on at ${until.slice(11, 16)} UTC.`;
  return `${titleOf(code) ?? 'Its next companies are tried again later'}.${at}`;
}

function truncation({ truncated }: BatchRow): string | null {
  if (!truncated) return null;
  return `More than ${MAX_BATCH_COMPANIES.toLocaleString('en-GB')} companies match; the rest was left out.`;
}

const ITEM_REASONS: Record<string, string> = {
  in_flight: 'You had a job for this company under way already.',
  fresh_report: 'You have a fresh report on this company.',
};

/** One company of a batch on the wire. */
export function toBatchItem({ code, run_at: runAt, error, ...row }: BatchItemRow): BatchItem {
  const failed = row.outcome === 'failed';
  return {
    ...row,
    reason: (code === null ? null : ITEM_REASONS[code]) ?? retryReason(row.outcome, runAt, error),
    error: failed ? (error ?? errorOf(code)) : null,
  };
}

function retryReason(outcome: string, runAt: string | null, error: BatchItem['error']): string | null {
  if (outcome !== 'queued' || runAt === null) return null;
  return `${error?.message ?? 'It is tried again.'} Next attempt at ${runAt.slice(11, 16)} UTC.`;
}

/** Of a company for which no job was made. */
function errorOf(code: string | null): BatchItem['error'] {
  const title = titleOf(code);
  return code === null || title === null ? null : { code, message: `${title}.` };
}

function titleOf(code: string | null): string | null {
  return Object.entries(ERRORS).find(([name]) => name === code)?.[1].title ?? null;
}
