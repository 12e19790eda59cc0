import type { Readable } from 'node:stream';
import { AppError } from '@/lib/errors';
import { type Columns, readHeader } from './bulk-columns';
import { readCsv } from './read-csv';
import { type CompanyImportRow, toCompanyRow } from './to-company-row';

/** What saving a batch did, as `import_companies` counts it. */
export type SavedCounts = { inserted: number; updated: number; unchanged: number };
export type ImportCounts = SavedCounts & { read: number; rejected: number; warnings: number };
export type RowProblem = { line: number; companyNumber: string | null; reason: string };

export type ImportOptions = {
  /** Writes one batch; called for several batches at a time. */
  save(rows: CompanyImportRow[]): Promise<SavedCounts>;
  /** Rows in a batch. */
  batchSize: number;
  /** Batches on their way at the same time. */
  concurrency: number;
  /** Day for which the file is true; null when unknown. */
  asOf: string | null;
  onRejected?(problem: RowProblem): void;
  onWarning?(problem: RowProblem): void;
  /** After every batch: the counts so far and the bytes of the file that were read. */
  onProgress?(counts: ImportCounts, bytes: number): void;
  /** Filled while the import runs, so that a failed one can say how far it came. */
  counts?: ImportCounts;
  signal?: AbortSignal;
};

export function noCounts(): ImportCounts {
  return { read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, warnings: 0 };
}

/**
 * Reads companies from a CSV in the form of the register's bulk file and saves them in batches.
 *
 * Memory does not grow with the file: reading waits while `concurrency` batches are being saved. A row without a usable
 * number or name is rejected and reported; it never stops the rest.
 * @throws AppError `invalid_request` for a text that is not such a CSV (the detail names the line), whatever `save`
 * throws, and the signal's reason. Batches saved before stay saved: importing again is harmless.
 */
export async function importCompanies(input: Readable, options: ImportOptions): Promise<ImportCounts> {
  const counts = options.counts ?? noCounts();
  const saving = new Set<Promise<void>>();
  let failure: unknown;
  let batch: CompanyImportRow[] = [];
  let bytes = 0;

  const flush = async () => {
    const rows = batch;
    batch = [];
    if (rows.length === 0) return;
    const task = saveBatch(rows, options, counts)
      .then(() => options.onProgress?.(counts, bytes))
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => saving.delete(task));
    saving.add(task);
    if (saving.size >= options.concurrency) await Promise.race(saving);
    if (failure !== undefined) throw failure;
  };

  try {
    for await (const record of readRows(input)) {
      options.signal?.throwIfAborted();
      bytes = record.bytes;
      counts.read += 1;
      const row = readRow(record, options, counts);
      if (row !== null) batch.push(row);
      if (batch.length >= options.batchSize) await flush();
    }
    await flush();
  } finally {
    await Promise.all(saving);
  }
  if (failure !== undefined) throw failure;
  return counts;
}

type RowRecord = { cells: string[]; line: number; bytes: number; columns: Columns };

async function* readRows(input: Readable): AsyncGenerator<RowRecord> {
  let columns: Columns | null = null;
  for await (const { cells, line, bytes } of readCsv(input)) {
    if (columns === null) columns = readHeader(cells, line);
    else yield { cells, line, bytes, columns };
  }
  if (columns === null) throw new AppError('invalid_request', { detail: 'The file is empty: it has no header.' });
}

function readRow(record: RowRecord, options: ImportOptions, counts: ImportCounts): CompanyImportRow | null {
  const { line } = record;
  const reading = toCompanyRow(record.cells, record.columns);
  if (!reading.ok) {
    counts.rejected += 1;
    options.onRejected?.({ line, companyNumber: reading.companyNumber, reason: reading.reason });
    return null;
  }
  for (const reason of reading.warnings) {
    counts.warnings += 1;
    options.onWarning?.({ line, companyNumber: reading.row.id, reason });
  }
  return options.asOf === null ? reading.row : { ...reading.row, as_of: options.asOf };
}

/** In order of company number, so that batches that share companies wait for each other instead of locking up. */
async function saveBatch(rows: CompanyImportRow[], options: ImportOptions, counts: ImportCounts): Promise<void> {
  const saved = await options.save(rows.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)));
  counts.inserted += saved.inserted;
  counts.updated += saved.updated;
  counts.unchanged += saved.unchanged;
}
