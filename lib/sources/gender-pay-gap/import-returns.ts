import type { Readable } from 'node:stream';
import { z } from 'zod';
import { callRpc } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { readPayGapExport } from './read-export';
import type { PayGapRow } from './schema';

const BATCH_ROWS = 1_000;
const BATCH_TIMEOUT_MS = 60_000;
const savedSchema = z.object({ inserted: z.int(), updated: z.int(), unchanged: z.int() });

export type PayGapCounts = z.infer<typeof savedSchema> & { read: number; notCompanies: number; rejected: number };

export type PayGapImport = {
  /** Writes one batch; the table when absent. */
  save?(rows: readonly PayGapRow[]): Promise<z.infer<typeof savedSchema>>;
  onRejected?(line: number, reason: string): void;
  signal?: AbortSignal;
};

/**
 * Imports one yearly export. Importing it again changes nothing; a row that cannot be read is reported and passed over.
 * @throws AppError `invalid_request` when the file is no such export, whatever `save` throws, and the signal's reason.
 */
export async function importPayGapReturns(input: Readable, options: PayGapImport = {}): Promise<PayGapCounts> {
  const counts = { read: 0, notCompanies: 0, rejected: 0, inserted: 0, updated: 0, unchanged: 0 };
  const save = options.save ?? ((rows) => saveRows(rows, options.signal));
  let batch: PayGapRow[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    const saved = await save(batch);
    batch = [];
    counts.inserted += saved.inserted;
    counts.updated += saved.updated;
    counts.unchanged += saved.unchanged;
  };
  for await (const { line, row } of readPayGapExport(input)) {
    options.signal?.throwIfAborted();
    counts.read += 1;
    if (row.kind === 'return') batch.push(row.row);
    if (row.kind === 'not_a_company') counts.notCompanies += 1;
    if (row.kind === 'rejected') {
      counts.rejected += 1;
      options.onRejected?.(line, row.reason);
    }
    if (batch.length >= BATCH_ROWS) await flush();
  }
  await flush();
  return counts;
}

function saveRows(rows: readonly PayGapRow[], signal?: AbortSignal) {
  const client = serviceClient({ timeoutMs: BATCH_TIMEOUT_MS });
  return callRpc(client, 'import_pay_gap_returns', { p_rows: [...rows] }, savedSchema, signal ? { signal } : {});
}
