import { parseArgs } from 'node:util';
import { openCsvFiles } from '@/lib/companies/import/open-csv-files';
import { AppError, toAppError } from '@/lib/errors';
import { importPayGapReturns, type PayGapCounts } from '@/lib/sources/gender-pay-gap/import-returns';

const HELP = `Imports gender pay gap returns from the official yearly export.

  npm run import:gender-pay-gap -- --file <export.csv|export.zip> [--file <another>] [options]

  --file <path>   an export of one reporting year, packed or not; can be given several times
  --dry-run       read and check the files, save nothing
  --help          this text

Importing the same file again changes nothing; a return that was submitted later replaces the earlier one. Rows without a
company number (public bodies, charities) are counted and passed over.
Exit code: 0 everything read, 1 rows were rejected, 2 not finished.
Download, one file a year: https://gender-pay-gap.service.gov.uk/viewing/download`;

const REPORTED_ROWS = 20;

type Options = { files: string[]; dryRun: boolean };

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) return 0;
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stop.abort(new AppError('cancelled', { detail: 'Stopped. Rows saved so far stay.' })));
  }
  let rejected = 0;
  for (const path of options.files) {
    for await (const file of openCsvFiles(path)) {
      const counts = await importPayGapReturns(await file.open(), {
        ...(options.dryRun && { save: async (rows) => ({ inserted: 0, updated: 0, unchanged: rows.length }) }),
        onRejected: reportTo(file.name),
        signal: stop.signal,
      });
      rejected += counts.rejected;
      console.log(`${file.name}: ${summary(counts, options.dryRun)}`);
    }
  }
  return rejected > 0 ? 1 : 0;
}

function readOptions(args: string[]): Options | null {
  const { values } = parseOrExplain(args);
  if (values.help) {
    console.log(HELP);
    return null;
  }
  if (values.file === undefined) throw usage('Name a file with --file.');
  return { files: values.file, dryRun: values['dry-run'] ?? false };
}

function parseOrExplain(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        file: { type: 'string', multiple: true },
        'dry-run': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function usage(problem: string): AppError {
  return new AppError('invalid_request', { detail: `${problem} See --help.` });
}

/** The terminal shows the first rejected rows only. */
function reportTo(file: string): (line: number, reason: string) => void {
  let shown = 0;
  return (line, reason) => {
    shown += 1;
    if (shown <= REPORTED_ROWS) console.error(`${file}, line ${line}: rejected: ${reason}`);
    if (shown === REPORTED_ROWS + 1) console.error(`${file}: further rejected rows are only counted`);
  };
}

function summary(counts: PayGapCounts, dryRun: boolean): string {
  const saved = dryRun
    ? `${counts.unchanged} could be imported (nothing was saved)`
    : `${counts.inserted} inserted, ${counts.updated} updated, ${counts.unchanged} unchanged`;
  return `${counts.read} rows read, ${saved}, ${counts.notCompanies} not of companies, ${counts.rejected} rejected`;
}

function explain({ code, detail, spec }: AppError): string {
  return code === 'invalid_request' || code === 'cancelled' ? detail : `${spec.title} (${detail})`;
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
