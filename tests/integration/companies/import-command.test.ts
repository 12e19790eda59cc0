import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCompany, searchCompanies } from '@/lib/companies/company-repository';
import { serviceClient } from '@/lib/supabase/service-client';
import { runCommand } from '../../support/run-command';
import { hasSharedData, sharedData } from '../../support/shared-data';

const VARIABLES = ['SUPABASE_URL', 'SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY', 'REDIS_URL'];
const FULL_HEADER =
  'CompanyName, CompanyNumber,RegAddress.AddressLine1,RegAddress.PostTown,RegAddress.PostCode,CompanyCategory,CompanyStatus,IncorporationDate,SICCode.SicText_1';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'oppspot-import-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, ...lines: string[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, `${lines.join('\r\n')}\r\n`);
  return file;
}

function runImport(...args: string[]) {
  const variables = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name] ?? '']));
  return runCommand('scripts/import-companies.ts', args, variables);
}

const row = (number: number, name: string) =>
  `"${name}",${61000000 + number},${number} HIGH STREET,TESTVILLE,TE1 1ST,Private Limited Company,Active,14/06/2016,62012 - Software`;

describe('the import command', () => {
  it('imports a file, changes nothing when it is imported again, and leaves the companies searchable', async () => {
    const file = write(
      'full.csv',
      FULL_HEADER,
      ...Array.from({ length: 1_200 }, (_, n) => row(n, `QUIXOTRY ${n} LIMITED`)),
    );
    const first = await runImport(file);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('1200 rows read, 1200 inserted, 0 updated, 0 unchanged, 0 rejected');
    const second = await runImport(file);
    expect(second.stdout).toContain('1200 rows read, 0 inserted, 0 updated, 1200 unchanged, 0 rejected');

    expect(await getCompany(serviceClient(), '61000007')).toMatchObject({
      name: 'QUIXOTRY 7 LIMITED',
      status: 'active',
      company_type: 'ltd',
      incorporated_on: '2016-06-14',
      sic_codes: ['62012'],
      postal_code: 'TE1 1ST',
      is_demo: false,
    });
    const mistyped = await searchCompanies(serviceClient(), { q: 'quixotri 7' });
    expect(mistyped.items.map(({ name }) => name)).toContain('QUIXOTRY 7 LIMITED');
  });

  it('takes nothing away that a file with fewer columns does not mention', async () => {
    await runImport(write('one.csv', FULL_HEADER, row(5_000, 'ZEPHYRINE LIMITED')));
    const { stdout } = await runImport(
      write('few.csv', 'CompanyName,CompanyNumber,CompanyStatus', 'ZEPHYRINE LIMITED,61005000,Liquidation'),
    );
    expect(stdout).toContain('1 updated');
    expect(await getCompany(serviceClient(), '61005000')).toMatchObject({
      status: 'liquidation',
      incorporated_on: '2016-06-14',
      address: { line_1: '5000 HIGH STREET' },
    });
  });

  it('reports rejected rows with line and reason, imports the rest, and says so by its exit code', async () => {
    const file = write('some.csv', 'CompanyName,CompanyNumber', 'GOOD LIMITED,61006001', ',61006002', 'BAD LIMITED,12');
    const rejects = path.join(folder, 'rejects.csv');
    const { code, stdout, stderr } = await runImport(file, '--rejects', rejects);
    expect(code).toBe(1);
    expect(stdout).toContain('3 rows read, 2 inserted');
    expect(stderr).toContain('some.csv, line 3 (61006002): rejected: has no company name');
    expect(readFileSync(rejects, 'utf8')).toBe(
      'file,line,company_number,reason\n"some.csv","3","61006002","has no company name"\n',
    );
  });

  it('checks without saving', async () => {
    const file = write('dry.csv', 'CompanyName,CompanyNumber', 'DRY LIMITED,61007001');
    const { code, stdout } = await runImport(file, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('1 could be imported (nothing was saved)');
    expect(await getCompany(serviceClient(), '61007001')).toBeNull();
  });

  it.each([
    [
      'a file that never closes a quote',
      () => [write('quote.csv', 'CompanyName,CompanyNumber', '"X,61008001')],
      'line 2',
    ],
    ['a file that is not there', () => ['/nowhere/at-all.csv'], 'There is no readable file /nowhere/at-all.csv.'],
    ['no file at all', () => [], 'Name at least one file.'],
    ['an option it does not know', () => ['--frobnicate'], '--help'],
  ])('stops with the reason for %s', async (_what, args, reason) => {
    const { code, stderr } = await runImport(...args());
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });

  it('explains itself', async () => {
    const { code, stdout } = await runImport('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('companies:import');
  });

  it.skipIf(!hasSharedData)('imports real archives and files twice without a difference', async () => {
    const files = ['drkane-CompaniesHouseTestData.zip', 'BasicCompanyData-2020-05-01_sample-4537.csv'].map((name) =>
      sharedData('bulk-csv', name),
    );
    const first = await runImport(...files);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('4624 rows read');
    const second = await runImport(...files);
    expect(second.stdout).toMatch(/4624 rows read, 0 inserted, 0 updated, 4624 unchanged/);
  });
});

describe('a list of companies', () => {
  it('goes on page by page without repeating or leaving out one', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchCompanies(serviceClient(), { q: 'QUIXOTRY 11', limit: 20, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(100);
  });

  it('refuses a cursor of another list', async () => {
    await expect(searchCompanies(serviceClient(), { cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
