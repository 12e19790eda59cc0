import { parseArgs } from 'node:util';
import { openDataFiles } from '@/lib/companies/import/open-csv-files';
import { importPscSnapshot, type PscCounts } from '@/lib/companies/import/psc-snapshot';
import { AppError, toAppError } from '@/lib/errors';

const HELP = `Imports the register's snapshot of persons with significant control.

  npm run import:psc -- <snapshot.zip|snapshot.txt> [more files] [options]

  --dry-run   read and check the files, save nothing
  --help      this text

Only entries of companies that are in the workspace are kept: import companies first. Dates of birth, nationality and
addresses of people are not kept. Importing the same file again changes nothing.
Exit code: 0 everything read, 1 lines were rejected or the file is cut off, 2 not finished.
Download, daily, whole or in parts: https://download.companieshouse.gov.uk/en_pscdata.html`;

const REPORTED_LINES = 20;
const SHOWN_EVERY_MS = 5_000;

async function main(): Promise<number> {
  const { values, positionals } = parseOrExplain(process.argv.slice(2));
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (positionals.length === 0)
    throw new AppError('invalid_request', { detail: 'Name at least one file. See --help.' });
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => stop.abort(new AppError('cancelled', { detail: 'Stopped. Entries saved so far stay.' })));
  }
  let isSound = true;
  for (const path of positionals) {
    for await (const file of openDataFiles(path, 'snapshot', /\.(txt|json|ndjson)$/i)) {
      const counts = await importPscSnapshot(await file.open(), {
        asOf: file.asOf,
        ...(values['dry-run'] && { save: async (rows) => ({ ...NOTHING, unchanged: rows.length }) }),
        onRejected: reportTo(file.name),
        onProgress: showProgress(file.name),
        signal: stop.signal,
      });
      isSound = summarise(file.name, counts) && isSound;
    }
  }
  return isSound ? 0 : 1;
}

const NOTHING = { inserted: 0, updated: 0, unchanged: 0, unknown: 0 };

function parseOrExplain(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, 'dry-run': { type: 'boolean' } },
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new AppError('invalid_request', { detail: `${problem} See --help.` });
  }
}

/** The terminal shows the first rejected lines only. */
function reportTo(file: string): (line: number, reason: string) => void {
  let shown = 0;
  return (line, reason) => {
    shown += 1;
    if (shown <= REPORTED_LINES) console.error(`${file}, line ${line}: rejected: ${reason}`);
  };
}

function showProgress(file: string): (counts: PscCounts) => void {
  let shownAt = performance.now();
  return ({ read }) => {
    if (performance.now() - shownAt < SHOWN_EVERY_MS) return;
    shownAt = performance.now();
    console.log(`${file}: ${read.toLocaleString('en-GB')} entries`);
  };
}

/** @returns whether everything that the file announces was read. Parts announce nothing but, in the last, the whole. */
function summarise(file: string, counts: PscCounts): boolean {
  const { read, rejected, announced, inserted, updated, unchanged, unknown } = counts;
  console.log(
    `${file}: ${read} entries read, ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${unknown} of companies that are not here, ${rejected} rejected`,
  );
  if (announced !== null && announced > read && !/_\d+of\d+/.test(file)) {
    console.error(`${file}: announces ${announced} entries, so ${announced - read} are missing.`);
    return false;
  }
  return rejected === 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const { code, detail, spec } = toAppError(error);
    console.error(
      `Import not finished: ${code === 'invalid_request' || code === 'cancelled' ? detail : `${spec.title} (${detail})`}`,
    );
    process.exitCode = 2;
  },
);
