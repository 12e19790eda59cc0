import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import { importPayGapReturns } from '@/lib/sources/gender-pay-gap/import-returns';
import { payGapSource } from '@/lib/sources/gender-pay-gap/pay-gap-source';
import type { PayGapReturns, PayGapRow } from '@/lib/sources/gender-pay-gap/schema';
import { hasSharedData, sharedData } from '@/tests/support/shared-data';
import { sourceContext } from '@/tests/support/source-context';

/** The official exports, as they are. */
const FILES = ['gpg-2018-2019.csv', 'gpg-2019-2020.csv', 'gpg-2021-2022.csv', 'gpg-2023-2024-part.csv'];

async function importFile(input: Readable) {
  const rows: PayGapRow[] = [];
  const rejected: string[] = [];
  const counts = await importPayGapReturns(input, {
    save: async (batch) => {
      rows.push(...batch);
      return { inserted: batch.length, updated: 0, unchanged: 0 };
    },
    onRejected: (line, reason) => rejected.push(`${line}: ${reason}`),
  });
  return { rows, rejected, counts };
}

/** Rows of odd numbers are kept for acceptance. */
function isForDevelopment(number: string): boolean {
  return Number.parseInt(createHash('sha256').update(number).digest('hex').slice(0, 2), 16) % 2 === 0;
}

describe.each(FILES)('the export %s', (file) => {
  it.skipIf(!hasSharedData)('is read without a rejected row, each value as it stands in the file', async () => {
    const path = sharedData('gender-pay-gap', file);
    const { rows, rejected, counts } = await importFile(createReadStream(path));
    expect(rejected).toEqual([]);
    expect(counts.read).toBe(counts.notCompanies + rows.length);
    const raw: Record<string, string>[] = parse(readFileSync(path), { columns: true, bom: true });
    const expected = raw.flatMap((cells) => {
      const number = parseCompanyNumber(cells.CompanyNumber ?? '');
      if (number === null || !isForDevelopment(number)) return [];
      const median = cells.DiffMedianHourlyPercent?.trim() ?? '';
      return [[number, cells.EmployerName?.trim(), median === '' ? null : Number(median)]];
    });
    const read = rows
      .filter(({ company_number: number }) => isForDevelopment(number))
      .map((row) => [row.company_number, row.employer_name, row.median_hourly_percent]);
    expect(read).toEqual(expected);
    expect(read.length).toBeGreaterThan(100);
  });
});

describe('an export of pay gaps', () => {
  const HEADER =
    'EmployerName,CompanyNumber,DiffMeanHourlyPercent,DiffMedianHourlyPercent,DiffMeanBonusPercent,DiffMedianBonusPercent,CompanyLinkToGPGInfo,ResponsiblePerson,EmployerSize,SubmittedAfterTheDeadline,DueDate,DateSubmitted';
  const imported = (...lines: string[]) => importFile(Readable.from([[HEADER, ...lines].join('\r\n')]));

  it('gives the reporting year by its deadline, and a number with its zeros', async () => {
    const { rows } = await imported(
      'A LTD,1234567,"\t-2.30",0,,,see site,Ada (MD),Not Provided,True,05/04/2020 00:00:00,',
    );
    expect(rows).toMatchObject([
      {
        company_number: '01234567',
        reporting_year: 2019,
        mean_hourly_percent: -2.3,
        median_hourly_percent: 0,
        mean_bonus_percent: null,
        size_band: null,
        report_url: null,
        submitted_late: true,
        submitted_on: null,
      },
    ]);
  });

  it('loses only the rows that cannot be read, with line and reason', async () => {
    const { rows, rejected } = await imported(
      'A LTD,01234567,much,0,,,,,250 to 499,False,2022/04/05 00:00:00,2022/03/31 13:09:40',
      'B LTD,01234568,1,0,,,,,250 to 499,False,soon,',
      'C LTD,01234569,1,0,,,,,250 to 499,False,2022/04/05 00:00:00,',
    );
    expect(rejected).toEqual(['2: a percentage is not a number', '3: DueDate "soon" is not a date']);
    expect(rows.map(({ employer_name: name }) => name)).toEqual(['C LTD']);
  });

  it('is refused when it is another file', async () => {
    await expect(importFile(Readable.from(['CompanyName,CompanyNumber\nA,1']))).rejects.toThrow(
      'this is not an export of gender pay gap returns',
    );
  });
});

describe('the source of pay gaps', () => {
  const readFrom = (returns: PayGapReturns) => {
    const imports = sourceContext('http://127.0.0.1:9').imported;
    const ctx = sourceContext('http://127.0.0.1:9', {
      imported: { ...imports, payGap: { returnsOf: async () => returns } },
    });
    return payGapSource.read(ctx, { companyNumber: '01234567' });
  };

  it('is skipped while nothing was imported, and says which years it knows when a company is not in them', async () => {
    expect(await readFrom({ years: [], imported_at: null, returns: [] })).toMatchObject({ outcome: 'skipped' });
    const outcome = await readFrom({ years: [2019, 2021], imported_at: '2026-11-01T00:00:00Z', returns: [] });
    expect(outcome).toMatchObject({ outcome: 'empty', reason: expect.stringContaining('2019 to 2020, 2021 to 2022') });
  });
});
