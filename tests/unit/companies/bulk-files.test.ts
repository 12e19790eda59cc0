import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { companyStatusText, companyTypeText } from '@/lib/companies/enumerations/register-text';
import { importCompanies, type RowProblem } from '@/lib/companies/import/import-companies';
import { openCsvFiles } from '@/lib/companies/import/open-csv-files';
import type { CompanyImportRow } from '@/lib/companies/import/to-company-row';
import { hasSharedData, sharedData } from '../../support/shared-data';

/** Only companies whose number hashes even are for development; nothing is said about the others. */
function isForDevelopment(id: string): boolean {
  return Number.parseInt(createHash('sha256').update(id).digest('hex').slice(0, 2), 16) % 2 === 0;
}

async function readAll(file: string) {
  const rows = new Map<string, CompanyImportRow>();
  const rejected: RowProblem[] = [];
  const names: string[] = [];
  let read = 0;
  for await (const csv of openCsvFiles(sharedData('bulk-csv', file))) {
    names.push(csv.name);
    const counts = await importCompanies(await csv.open(), {
      async save(batch) {
        for (const row of batch) if (isForDevelopment(row.id)) rows.set(row.id, row);
        return { inserted: batch.length, updated: 0, unchanged: 0 };
      },
      batchSize: 1_000,
      concurrency: 1,
      asOf: csv.asOf,
      onRejected: (problem) => rejected.push(problem),
    });
    read += counts.read;
  }
  return { rows, rejected, names, read };
}

describe.skipIf(!hasSharedData)('real bulk files', () => {
  it('all import; what is rejected has no name or no number of the register', async () => {
    const files = readdirSync(sharedData('bulk-csv')).filter((file) => /\.(csv|zip)$/.test(file));
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      const { read, rejected } = await readAll(file);
      expect(read).toBeGreaterThan(0);
      for (const { reason } of rejected) expect(reason).toMatch(/no company name|not a company number/);
    }
  });

  it('gives every company of the 2020 file known codes and real dates', async () => {
    const { rows, rejected, read } = await readAll('BasicCompanyData-2020-05-01_sample-4537.csv');
    expect(read).toBe(4_537);
    expect(rejected).toEqual([]);
    expect(rows.size).toBeGreaterThan(2_000);
    const statuses = new Set([...rows.values()].map(({ status }) => status));
    expect([...statuses].every((status) => typeof status === 'string' && companyStatusText(status) !== '')).toBe(true);
    const types = new Set([...rows.values()].map(({ company_type }) => company_type));
    expect([...types].every((type) => typeof type === 'string' && companyTypeText(type) !== '')).toBe(true);
    for (const row of rows.values()) {
      expect(row.as_of).toBe('2020-05-01');
      // The register itself has no date of incorporation for a few very old bodies.
      if (row.incorporated_on !== null) expect(row.incorporated_on).toMatch(/^(1[789]|20)\d\d-\d\d-\d\d$/);
    }
  });

  it('reads the header with stray blanks, CRLF, quotes and subsets of columns alike', async () => {
    const subset = await readAll('companieshr-1000.csv');
    expect(subset.read).toBe(1_000);
    for (const row of subset.rows.values()) expect(row).not.toHaveProperty('incorporated_on');
    const blanks = await readAll('relately-product217-sample.csv');
    expect(blanks.rejected).toEqual([]);

    expect(blanks.rows.size).toBeGreaterThan(3);
  });

  it('finds the files in an archive and leaves out what a Mac adds', async () => {
    const { names, read } = await readAll('uktrade-ch_part1_2.zip');
    expect(names).toEqual(['uktrade-ch_part1_2.zip/BasicCompanyData-2018-02-01-part1_2.csv']);
    expect(read).toBe(9);
  });
});

describe('files that cannot be opened', () => {
  const open = async (path: string) => {
    for await (const file of openCsvFiles(path)) return file.name;
    return null;
  };

  it('are refused with the reason', async () => {
    await expect(open('/nowhere/companies.csv')).rejects.toMatchObject({
      code: 'invalid_request',
      detail: 'There is no readable file /nowhere/companies.csv.',
    });
    await expect(open(import.meta.dirname)).rejects.toMatchObject({ detail: expect.stringContaining('is not a file') });
  });
});
