import { stringify } from 'csv-stringify/sync';
import { type BatchItemRow, type BatchRow, listBatchItems } from '@/lib/batches/batch-ledger';
import { findQueue, type RegisteredQueue } from '@/lib/queue/queues';
import type { BatchItem } from '@/types/batches';
import { toBatchItem } from './batch-body';

const PAGE_SIZE = 2_000;

type Column = { name: string; value(item: BatchItem): unknown };

const COMMON: Column[] = [
  { name: 'company_number', value: (item) => item.company_id },
  { name: 'company_name', value: (item) => item.company_name },
  { name: 'outcome', value: (item) => item.outcome },
  { name: 'reason', value: (item) => item.reason ?? item.error?.message },
  { name: 'error_code', value: (item) => item.error?.code },
  { name: 'job_id', value: (item) => item.job_id },
  { name: 'report_id', value: (item) => item.report_id },
];
const FINISHED: Column = { name: 'finished_at', value: (item) => item.finished_at };

/** What of a queue's result becomes a column; a further queue is missed here by the compiler. */
const RESULT_COLUMNS: { [D in RegisteredQueue as D['name']]: Column[] } = {
  research: [
    { name: 'report_status', value: ({ result }) => result?.status },
    { name: 'report_confidence', value: ({ result }) => result?.confidence_score },
  ],
  enrichment: [
    {
      name: 'fields_filled',
      value: ({ result }) => (Array.isArray(result?.fields_filled) ? result.fields_filled.length : undefined),
    },
    { name: 'completeness', value: ({ result }) => result?.completeness_after },
  ],
  'buying-signals': [{ name: 'signals_found', value: ({ result }) => result?.found }],
  scoring: [
    { name: 'score_overall', value: ({ result }) => result?.overall },
    { name: 'score_coverage', value: ({ result }) => result?.coverage },
    { name: 'verdict', value: ({ result }) => result?.verdict },
  ],
};

/** Every company of a batch as CSV (RFC 4180, UTF-8), read and sent page by page, so that a million fit into memory. */
export function exportBatch(batch: BatchRow, userId: string): Response {
  const queue = findQueue(batch.queue);
  const columns = [...COMMON, ...(queue ? RESULT_COLUMNS[queue.name] : []), FINISHED];
  const encoder = new TextEncoder();
  let after: string | undefined;
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const rows = (await listBatchItems(batch.id, userId, { after, limit: PAGE_SIZE })) ?? [];
      controller.enqueue(encoder.encode(toCsv(columns, rows, isFirst)));
      isFirst = false;
      after = rows.at(-1)?.company_id;
      if (rows.length < PAGE_SIZE) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="oppspot-batch-${batch.id.slice(0, 8)}.csv"`,
      'cache-control': 'private, no-cache',
    },
  });
}

function toCsv(columns: readonly Column[], rows: readonly BatchItemRow[], header: boolean): string {
  const records = rows.map(toBatchItem).map((item) => columns.map(({ value }) => value(item)));
  return stringify(header ? [columns.map(({ name }) => name), ...records] : records, {
    record_delimiter: 'windows',
    // A spreadsheet would run a name that begins like a formula.
    escape_formulas: true,
    cast: { number: (value) => ({ value: String(value), escape_formulas: false }) },
  });
}
