import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { importCompanies } from '@/lib/companies/import/import-companies';
import { saveImportBatch } from '@/lib/companies/import/save-import-batch';
import { startQueueStack } from '../tests/support/queue-stack';
import { copyWithPsql, psqlVersion } from './import/psql-copy';
import { FIRST_NUMBER, syntheticLines, writeSyntheticFile } from './import/synthetic-file';
import { median } from './percentiles';

const HELP = `Imports invented companies and shows rows per second and whether memory stays flat.

  npm run bench:import -- [--rows 200000] [--save [--runs 3] [--concurrency 2]]

  --save   write to a database of its own, which is removed at the end, beside \`psql \\copy\` of the same file into a
           bare table. Without it, reading and mapping alone are measured.

For the published figures: npm run bench:import -- --save --rows 1000000`;

/** How much the process may grow after the first tenth of the file: the garbage of a few batches, never the file. */
const MAX_GROWTH_MB = 64;
const BATCH_ROWS = 1_000;

type Options = { rows: number; runs: number; concurrency: number };

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '200000' },
      runs: { type: 'string', default: '3' },
      concurrency: { type: 'string', default: '2' },
      save: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const options = { rows: Number(values.rows), runs: Number(values.runs), concurrency: Number(values.concurrency) };
  return values.save ? compare(options) : readOnly(options);
}

async function readOnly({ rows, concurrency }: Options): Promise<number> {
  const { seconds, isFlat } = await measure(Readable.from(syntheticLines(rows)), concurrency, async (batch) => ({
    inserted: 0,
    updated: 0,
    unchanged: batch.length,
  }));
  console.log(`${rows} rows read and mapped in ${seconds.toFixed(1)} s: ${rate(rows, seconds)}`);
  return isFlat ? 0 : 1;
}

/** One after the other, in turns, so that whatever else the machine does meets both. */
async function compare(options: Options): Promise<number> {
  const stack = await startQueueStack({ LOG_LEVEL: 'warn' });
  try {
    return await compareOn(stack.databaseUrl, options);
  } finally {
    await stack.stop();
  }
}

async function compareOn(databaseUrl: string, { rows, runs, concurrency }: Options): Promise<number> {
  const version = await psqlVersion();
  if (version === null) console.log('psql is not on this machine: the import runs without its peer.');
  const folder = mkdtempSync(path.join(tmpdir(), 'oppspot-bench-'));
  const file = path.join(folder, 'BasicCompanyData-2026-11-01.csv');
  const ours: number[] = [];
  const copies: number[] = [];
  let allFlat = true;
  try {
    await writeSyntheticFile(file, rows);
    for (let turn = 1; turn <= runs; turn += 1) {
      if (version !== null) copies.push(await copyWithPsql(databaseUrl, file));
      const { seconds, isFlat } = await measure(createReadStream(file), concurrency, saveImportBatch);
      ours.push(seconds);
      allFlat &&= isFlat;
      console.log(`run ${turn}: import ${seconds.toFixed(1)} s${last(copies, ', psql \\copy ')}`);
      await removeRows(databaseUrl, rows);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`import, ${rows} rows, median of ${runs}: ${rate(rows, median(ours))}`);
  if (version !== null) {
    console.log(`${version}, \\copy of the same file, median of ${runs}: ${rate(rows, median(copies))}`);
    console.log(`ratio: the import takes ${(median(ours) / median(copies)).toFixed(1)} times as long as \\copy`);
    console.log('(\\copy checks and maps nothing, keeps texts, and its table has no index; companies has six)');
  }
  return allFlat ? 0 : 1;
}

async function measure(input: Readable, concurrency: number, save: Parameters<typeof importCompanies>[1]['save']) {
  const samples: number[] = [];
  const started = performance.now();
  await importCompanies(input, {
    save,
    batchSize: BATCH_ROWS,
    concurrency,
    asOf: null,
    onProgress: () => samples.push(Math.round(process.memoryUsage().rss / 1024 / 1024)),
  });
  const seconds = (performance.now() - started) / 1000;
  const early = Math.max(...samples.slice(0, Math.ceil(samples.length / 10)));
  const growth = Math.max(...samples) - early;
  console.log(`memory: ${early} MB in the first tenth, ${growth} MB more at most (${MAX_GROWTH_MB} allowed)`);
  return { seconds, isFlat: growth <= MAX_GROWTH_MB };
}

/** Every turn begins with the same table. */
async function removeRows(databaseUrl: string, rows: number): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`delete from public.companies where id between ${String(FIRST_NUMBER)} and ${String(FIRST_NUMBER + rows - 1)}
      and name like 'BENCHMARK %'`;
    await sql`vacuum analyze public.companies`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function rate(rows: number, seconds: number): string {
  return `${Math.round(rows / seconds).toLocaleString('en-GB')} rows/s (${seconds.toFixed(1)} s)`;
}

function last(seconds: readonly number[], words: string): string {
  const latest = seconds.at(-1);
  return latest === undefined ? '' : `${words}${latest.toFixed(1)} s`;
}

process.exitCode = await main();
