import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { callRpc } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { parseCompanyNumber } from '../company-number';
import { toDay } from '../register/calendar';

const BATCH_ROWS = 1_000;
const BATCH_TIMEOUT_MS = 60_000;

/** What is kept of an entry. Dates of birth, nationality and addresses are not even read. */
const entrySchema = z.object({
  company_number: z.string(),
  data: z.object({
    kind: z.string(),
    name: z.string().nullish(),
    natures_of_control: z.array(z.string()).nullish(),
    notified_on: z.string().nullish(),
    ceased_on: z.string().nullish(),
    identification: z
      .object({
        registration_number: z.union([z.string(), z.number()]).nullish(),
        place_registered: z.string().nullish(),
        country_registered: z.string().nullish(),
        legal_form: z.string().nullish(),
      })
      .nullish(),
    links: z.object({ self: z.string() }),
  }),
});
const totalsSchema = z.object({
  data: z.object({
    kind: z.string().startsWith('totals#'),
    persons_of_significant_control_count: z.int().optional(),
    statements_count: z.int().optional(),
    exemptions_count: z.int().optional(),
  }),
});
const savedSchema = z.object({ inserted: z.int(), updated: z.int(), unchanged: z.int(), unknown: z.int() });
type Saved = z.infer<typeof savedSchema>;

export type PscRow = {
  company_number: string;
  psc_id: string;
  kind: string;
  name: string | null;
  natures_of_control: string[];
  notified_on: string | null;
  ceased_on: string | null;
  registration_number: string | null;
  place_registered: string | null;
  legal_form: string | null;
  snapshot_on: string | null;
};
export type PscCounts = Saved & {
  read: number;
  rejected: number;
  /** What the snapshot itself says that it holds, in its last line; null when that line is missing. */
  announced: number | null;
};

export type PscImport = {
  /** Day of the snapshot; null when unknown. */
  asOf: string | null;
  /** Writes one batch; the table when absent. */
  save?(rows: readonly PscRow[]): Promise<Saved>;
  onRejected?(line: number, reason: string): void;
  onProgress?(counts: PscCounts): void;
  signal?: AbortSignal;
};

/**
 * Imports the register's snapshot of persons with significant control: one JSON document a line, the last one the totals.
 * Entries of companies that are not in the workspace are counted and passed over. Importing it again changes nothing.
 * @throws AppError `invalid_request` when no line is such an entry, whatever `save` throws, and the signal's reason.
 */
export async function importPscSnapshot(input: Readable, options: PscImport): Promise<PscCounts> {
  const counts: PscCounts = {
    read: 0,
    rejected: 0,
    announced: null,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    unknown: 0,
  };
  const save = options.save ?? ((rows) => saveRows(rows, options.signal));
  let batch: PscRow[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    const saved = await save(batch);
    batch = [];
    for (const key of ['inserted', 'updated', 'unchanged', 'unknown'] as const) counts[key] += saved[key];
    options.onProgress?.(counts);
  };
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    options.signal?.throwIfAborted();
    line += 1;
    const found = readLine(text, options.asOf);
    if (found.kind === 'nothing') continue;
    if (found.kind === 'totals') {
      counts.announced = (counts.announced ?? 0) + found.total;
      continue;
    }
    counts.read += 1;
    if (found.kind === 'entry') batch.push(found.row);
    else {
      counts.rejected += 1;
      options.onRejected?.(line, found.reason);
    }
    if (batch.length >= BATCH_ROWS) await flush();
  }
  await flush();
  if (counts.read > 0 && counts.read === counts.rejected) {
    throw new AppError('invalid_request', { detail: 'No line of the file is an entry of the snapshot.' });
  }
  return counts;
}

type Line =
  | { kind: 'entry'; row: PscRow }
  | { kind: 'totals'; total: number }
  | { kind: 'rejected'; reason: string }
  | { kind: 'nothing' };

function readLine(text: string, asOf: string | null): Line {
  if (text.trim() === '') return { kind: 'nothing' };
  const json = parseJson(text);
  const entry = entrySchema.safeParse(json);
  if (!entry.success) {
    const totals = totalsSchema.safeParse(json);
    if (!totals.success) return { kind: 'rejected', reason: 'is no entry of the snapshot' };
    const { persons_of_significant_control_count: persons, statements_count, exemptions_count } = totals.data.data;
    return { kind: 'totals', total: (persons ?? 0) + (statements_count ?? 0) + (exemptions_count ?? 0) };
  }
  const number = parseCompanyNumber(entry.data.company_number);
  if (number === null) return { kind: 'rejected', reason: 'names no company number of the register' };
  return { kind: 'entry', row: toRow(number, entry.data.data, asOf) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function toRow(number: string, data: z.infer<typeof entrySchema>['data'], asOf: string | null): PscRow {
  const { identification } = data;
  return {
    company_number: number,
    // `/company/09145694/persons-with-significant-control/individual/bIhu...` -> `individual/bIhu...`
    psc_id: data.links.self.split('/').slice(-2).join('/'),
    kind: data.kind,
    name: data.name ?? null,
    natures_of_control: data.natures_of_control ?? [],
    notified_on: toDay(data.notified_on),
    ceased_on: toDay(data.ceased_on),
    registration_number: registrationNumber(identification?.registration_number),
    place_registered: identification?.place_registered ?? identification?.country_registered ?? null,
    legal_form: identification?.legal_form ?? null,
    snapshot_on: asOf,
  };
}

/** British numbers have eight characters; people often leave out the leading zeros. Foreign ones stay as they are. */
function registrationNumber(text: string | number | null | undefined): string | null {
  const number = String(text ?? '').trim();
  if (number === '') return null;
  return /^\d{6,7}$/.test(number) ? number.padStart(8, '0') : number;
}

function saveRows(rows: readonly PscRow[], signal?: AbortSignal): Promise<Saved> {
  const client = serviceClient({ timeoutMs: BATCH_TIMEOUT_MS });
  const args = { p_rows: rows.map((row) => ({ ...row })) };
  return callRpc(client, 'import_persons_with_significant_control', args, savedSchema, signal ? { signal } : {});
}
