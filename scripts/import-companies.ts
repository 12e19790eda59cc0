import { createWriteStream, openSync, type WriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import {
  type ImportCounts,
  importCompanies,
  noCounts,
  type RowProblem,
  type SavedCounts,
} from '@/lib/companies/import/import-companies';
import { noteRegisterFile } from '@/lib/companies/import/note-register-file';
import { type CsvFile, openCsvFiles } from '@/lib/companies/import/open-csv-files';
import { saveImportBatch } from '@/lib/companies/import/save-import-batch';
import { AppError, toAppError } from '@/lib/errors';
import { fetchNewest } from './companies-download/fetch-newest';

const HELP = `Imports companies from Companies House "BasicCompanyData" files.

  npm run companies:import -- <file.csv|file.zip> [more files] [options]
  npm run companies:import -- --latest [options]

  --latest             download the newest monthly file of the register and import it; once it was imported, nothing
  --again              with --latest: import it although it was imported before
  --dry-run            read and check the files, save nothing
  --rejects <file>     also write rejected rows to this CSV
  --batch-size <n>     rows in a batch (default 1000)
  --concurrency <n>    batches saved at the same time (default 2)
  --help               this text

Files can be the whole register or any part of it with the columns CompanyName and CompanyNumber, packed or not.
Importing the same file again changes nothing. Exit code: 0 all rows imported, 1 rows were rejected, 2 not finished.
Without a connection, download from https://download.companieshouse.gov.uk/en_output.html elsewhere and name the file.
COMPANIES_DOWNLOAD_URL names a mirror of that page.`;

const REPORTED_LINES = 20;

type Options = {
  files: string[];
  latest: boolean;
  again: boolean;
  dryRun: boolean;
  rejectsPath: string | undefined;
  batchSize: number;
  concurrency: number;
};

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) return 0;
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stop.abort(new AppError('cancelled', { detail: 'Stopped. Rows saved so far stay.' })));
  }
  const monthly = options.latest ? await fetchNewest(stop.signal) : null;
  if (monthly?.isImported && !options.again) {
    console.log(`The file of ${monthly.month} was imported before. There is no newer one; --again imports it again.`);
    return 0;
  }
  const files = monthly === null ? options.files : [monthly.path];
  const rejects = options.rejectsPath === undefined ? null : openRejects(options.rejectsPath);
  const started = performance.now();
  const total = noCounts();
  try {
    for (const path of files) {
      for await (const file of openCsvFiles(path))
        await importFile(file, { ...options, total, rejects, signal: stop.signal });
    }
    if (!options.dryRun) monthly?.noteImported();
  } finally {
    rejects?.end();
    if (total.read > 0) console.log(summary(total, (performance.now() - started) / 1000, options.dryRun));
  }
  return total.rejected > 0 ? 1 : 0;
}

function readOptions(args: string[]): Options | null {
  const { values, positionals } = parseOrExplain(args);
  if (values.help) {
    console.log(HELP);
    return null;
  }
  const latest = values.latest ?? false;
  if (positionals.length === 0 && !latest) throw usage('Name at least one file. With --latest one is downloaded.');
  if (positionals.length > 0 && latest) throw usage('Name files or --latest, not both.');
  return {
    files: positionals,
    latest,
    again: values.again ?? false,
    dryRun: values['dry-run'] ?? false,
    rejectsPath: values.rejects,
    batchSize: wholeNumber('--batch-size', values['batch-size'] ?? '1000', 10_000),
    concurrency: wholeNumber('--concurrency', values.concurrency ?? '2', 16),
  };
}

function parseOrExplain(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        latest: { type: 'boolean' },
        again: { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        rejects: { type: 'string' },
        'batch-size': { type: 'string' },
        concurrency: { type: 'string' },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function usage(problem: string): AppError {
  return new AppError('invalid_request', { detail: `${problem} See --help.` });
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw usage(`${name} must be a whole number from 1 to ${max}.`);
}

type Run = Options & { total: ImportCounts; rejects: WriteStream | null; signal: AbortSignal };

async function importFile(file: CsvFile, run: Run): Promise<void> {
  const progress = showProgress(file);
  const problems = reportProblems(file.name, run.rejects);
  const counts = noCounts();
  try {
    await importCompanies(await file.open(), {
      save: run.dryRun ? countOnly : (rows) => saveImportBatch(rows, run.signal),
      batchSize: run.batchSize,
      concurrency: run.concurrency,
      asOf: file.asOf,
      onRejected: problems.rejected,
      onWarning: problems.warning,
      onProgress: progress.update,
      counts,
      signal: run.signal,
    });
    if (!run.dryRun && file.asOf !== null) await noteRegisterFile(file.asOf);
    progress.end(counts);
  } catch (error) {
    const { code, detail } = toAppError(error);
    throw new AppError(code, { detail: `${file.name}: ${detail}`, cause: error });
  } finally {
    progress.stop();
    problems.finish();
    add(run.total, counts);
  }
}

async function countOnly(rows: readonly unknown[]): Promise<SavedCounts> {
  return { inserted: 0, updated: 0, unchanged: rows.length };
}

/** A bar on a terminal, a plain line every five seconds elsewhere. */
function showProgress(file: CsvFile) {
  const started = performance.now();
  const line = ({ read }: ImportCounts) => {
    const rate = Math.round(read / Math.max((performance.now() - started) / 1000, 0.001));
    return { rows: read.toLocaleString('en-GB'), rate: rate.toLocaleString('en-GB') };
  };
  if (!process.stdout.isTTY) return showLines(file, line);
  const bar = new SingleBar({
    format: `${file.name} |{bar}| {percentage}% | {rows} rows | {rate} rows/s | {eta_formatted} left`,
    hideCursor: true,
    etaBuffer: 100,
  });
  bar.start(Math.max(file.bytes, 1), 0, { rows: '0', rate: '0' });
  return {
    update: (counts: ImportCounts, bytes: number) => bar.update(Math.min(bytes, file.bytes), line(counts)),
    end: (counts: ImportCounts) => bar.update(Math.max(file.bytes, 1), line(counts)),
    stop: () => bar.stop(),
  };
}

function showLines(file: CsvFile, line: (counts: ImportCounts) => { rows: string; rate: string }) {
  let shownAt = performance.now();
  const show = (counts: ImportCounts, share: number) => {
    const { rows, rate } = line(counts);
    console.log(`${file.name}: ${Math.floor(share * 100)}%, ${rows} rows, ${rate} rows/s`);
  };
  return {
    update(counts: ImportCounts, bytes: number) {
      if (performance.now() - shownAt < 5_000) return;
      shownAt = performance.now();
      show(counts, Math.min(bytes / Math.max(file.bytes, 1), 1));
    },
    end: (counts: ImportCounts) => show(counts, 1),
    stop: () => undefined,
  };
}

/** Every rejected row goes to the rejects file; the terminal shows the first ones and how many more there were. */
function reportProblems(file: string, rejects: WriteStream | null) {
  const shown = { rejected: 0, warning: 0 };
  const report = (kind: 'rejected' | 'warning') => (problem: RowProblem) => {
    shown[kind] += 1;
    if (kind === 'rejected') rejects?.write(rejectLine(file, problem));
    if (shown[kind] > REPORTED_LINES) return;
    const who = problem.companyNumber === null ? '' : ` (${problem.companyNumber})`;
    console.error(`${file}, line ${problem.line}${who}: ${kind}: ${problem.reason}`);
  };
  return {
    rejected: report('rejected'),
    warning: report('warning'),
    finish() {
      for (const [kind, count] of Object.entries(shown)) {
        if (count > REPORTED_LINES) console.error(`${file}: ${count - REPORTED_LINES} more rows: ${kind}`);
      }
    },
  };
}

function openRejects(path: string): WriteStream {
  try {
    const stream = createWriteStream(path, { fd: openSync(path, 'w') });
    stream.write('file,line,company_number,reason\n');
    return stream;
  } catch (cause) {
    throw new AppError('invalid_request', { detail: `The rejects file ${path} cannot be written.`, cause });
  }
}

function rejectLine(file: string, { line, companyNumber, reason }: RowProblem): string {
  const cells = [file, String(line), companyNumber ?? '', reason];
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}

function add(total: ImportCounts, counts: ImportCounts): void {
  total.read += counts.read;
  total.inserted += counts.inserted;
  total.updated += counts.updated;
  total.unchanged += counts.unchanged;
  total.rejected += counts.rejected;
  total.warnings += counts.warnings;
}

function summary(counts: ImportCounts, seconds: number, dryRun: boolean): string {
  const rate = Math.round(counts.read / Math.max(seconds, 0.001));
  const saved = dryRun
    ? `${counts.unchanged} could be imported (nothing was saved)`
    : `${counts.inserted} inserted, ${counts.updated} updated, ${counts.unchanged} unchanged`;
  return `${counts.read} rows read, ${saved}, ${counts.rejected} rejected, ${counts.warnings} warnings in ${seconds.toFixed(1)} s (${rate} rows/s)`;
}

function explain({ code, detail, spec }: AppError): string {
  if (code === 'invalid_request' || code === 'cancelled') return detail;
  return `${spec.title} (${detail}) Rows saved so far stay; the same command can be run again.`;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`Import not finished: ${explain(toAppError(error))}`);
    process.exitCode = 2;
  },
);
