import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { importCompanies } from '@/lib/companies/import/import-companies';
import { saveImportBatch } from '@/lib/companies/import/save-import-batch';

const HELP = `Imports invented companies and shows rows per second and whether memory stays flat.

  npm run bench:import -- [--rows 200000] [--save]

  --save   write to the configured database; without it, reading and mapping alone are measured`;

const HEADER =
  'CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1, RegAddress.AddressLine2,RegAddress.PostTown,RegAddress.County,RegAddress.Country,RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,DissolutionDate,IncorporationDate,Accounts.AccountRefDay,Accounts.AccountRefMonth,Accounts.NextDueDate,Accounts.LastMadeUpDate,Accounts.AccountCategory,Returns.NextDueDate,Returns.LastMadeUpDate,Mortgages.NumMortCharges,Mortgages.NumMortOutstanding,Mortgages.NumMortPartSatisfied,Mortgages.NumMortSatisfied,SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4,ConfStmtNextDueDate, ConfStmtLastMadeUpDate\r\n';
/** How much the process may grow after the first tenth of the file: the garbage of a few batches, never the file. */
const MAX_GROWTH_MB = 64;

function* lines(rows: number): Generator<string> {
  yield HEADER;
  for (let n = 0; n < rows; n += 1) {
    const number = String(70_000_000 + n);
    yield `"BENCHMARK ${n} LIMITED",${number},,,"${n % 300} HIGH STREET",,LONDON,,ENGLAND,N1 1AA,Private Limited Company,Active,United Kingdom,,14/06/2016,31,3,31/12/2026,31/03/2026,TOTAL EXEMPTION FULL,,,0,0,0,0,62012 - Business and domestic software development,,,,27/06/2026,13/06/2026\r\n`;
  }
}

function memoryMb(): number {
  return Math.round(process.memoryUsage().rss / 1024 / 1024);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { rows: { type: 'string', default: '200000' }, save: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const rows = Number(values.rows);
  const samples: number[] = [];
  const started = performance.now();
  const { read } = await importCompanies(Readable.from(lines(rows)), {
    save: async (batch) =>
      values.save ? saveImportBatch(batch) : { inserted: 0, updated: 0, unchanged: batch.length },
    batchSize: 1_000,
    concurrency: 2,
    asOf: null,
    onProgress: () => samples.push(memoryMb()),
  });
  const seconds = (performance.now() - started) / 1000;
  const early = Math.max(...samples.slice(0, Math.ceil(samples.length / 10)));
  const peak = Math.max(...samples);
  console.log(`${read} rows in ${seconds.toFixed(1)} s: ${Math.round(read / seconds)} rows/s`);
  console.log(
    `memory: ${early} MB in the first tenth, ${peak} MB at most (${peak - early} MB of ${MAX_GROWTH_MB} allowed)`,
  );
  return peak - early <= MAX_GROWTH_MB ? 0 : 1;
}

process.exitCode = await main();
