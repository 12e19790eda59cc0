import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { importCompanies, type RowProblem, type SavedCounts } from '@/lib/companies/import/import-companies';
import type { CompanyImportRow } from '@/lib/companies/import/to-company-row';

/** The register's own header, stray blanks included. */
const HEADER = [
  'CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1, RegAddress.AddressLine2',
  'RegAddress.PostTown,RegAddress.County,RegAddress.Country,RegAddress.PostCode,CompanyCategory,CompanyStatus',
  'CountryOfOrigin,DissolutionDate,IncorporationDate,Accounts.AccountRefDay,Accounts.AccountRefMonth',
  'Accounts.NextDueDate,Accounts.LastMadeUpDate,Accounts.AccountCategory,Returns.NextDueDate,Returns.LastMadeUpDate',
  'Mortgages.NumMortCharges,Mortgages.NumMortOutstanding,Mortgages.NumMortPartSatisfied,Mortgages.NumMortSatisfied',
  'SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4,LimitedPartnerships.NumGenPartners',
  'LimitedPartnerships.NumLimPartners,URI,PreviousName_1.CONDATE, PreviousName_1.CompanyName',
].join(',');
const ROW =
  '"EXAMPLE, WIDGETS LIMITED",SC12345,,,1 HIGH STREET,,EDINBURGH,,SCOTLAND,EH1 1AA,Private Limited Company,' +
  'Active - Proposal to Strike off,United Kingdom,,14/06/2016,31,3,31/12/2026,31/03/2026,TOTAL EXEMPTION FULL,,,3,1,1,1,' +
  '62012 - Business and domestic software development,None Supplied,,,0,0,http://x,05/01/2020,OLD EXAMPLE LIMITED';

async function run(text: string, options: Partial<Parameters<typeof importCompanies>[1]> = {}) {
  const saved: CompanyImportRow[] = [];
  const rejected: RowProblem[] = [];
  const warned: RowProblem[] = [];
  const counts = await importCompanies(Readable.from([text]), {
    save: async (rows): Promise<SavedCounts> => {
      saved.push(...rows);
      return { inserted: rows.length, updated: 0, unchanged: 0 };
    },
    batchSize: 100,
    concurrency: 2,
    asOf: null,
    onRejected: (problem) => rejected.push(problem),
    onWarning: (problem) => warned.push(problem),
    ...options,
  });
  return { counts, saved, rejected, warned };
}

describe('a row of the bulk file', () => {
  it('becomes a company with the codes of the register’s API', async () => {
    const { saved, counts } = await run(`${HEADER}\r\n${ROW.replace('SC12345', 'sc123456')}\r\n`, {
      asOf: '2026-11-01',
    });
    expect(saved).toEqual([
      {
        id: 'SC123456',
        name: 'EXAMPLE, WIDGETS LIMITED',
        status: 'active',
        status_detail: 'active-proposal-to-strike-off',
        company_type: 'ltd',
        country_of_origin: 'United Kingdom',
        incorporated_on: '2016-06-14',
        dissolved_on: null,
        address: { line_1: '1 HIGH STREET', locality: 'EDINBURGH', country: 'SCOTLAND', postal_code: 'EH1 1AA' },
        locality: 'EDINBURGH',
        postal_code: 'EH1 1AA',
        sic_codes: ['62012'],
        accounts_category: 'total-exemption-full',
        accounts_made_up_to: '2026-03-31',
        accounts_next_due: '2026-12-31',
        charges_total: 3,
        charges_outstanding: 2,
        previous_names: [{ name: 'OLD EXAMPLE LIMITED', effective_from: null, ceased_on: '2020-01-05' }],
        as_of: '2026-11-01',
      },
    ]);
    expect(counts).toEqual({ read: 1, inserted: 1, updated: 0, unchanged: 0, rejected: 0, warnings: 0 });
  });

  it('says nothing about columns that the file does not have', async () => {
    const { saved } = await run('\uFEFFCompanyName,CompanyNumber,CompanyStatus\n"A ""B"" LTD",6,Active\n');
    expect(saved).toEqual([{ id: '00000006', name: 'A "B" LTD', status: 'active', status_detail: null }]);
  });

  it('is read from exports that use the names of the API as well', async () => {
    const header = 'company_number,company_name,company_status,date_of_creation,registered_office_address,sic_codes';
    const { saved } = await run(
      `${header}\n06436514,A LTD,active,2007-11-26,"1 Parade, Redditch, B97 4QR",65120;66220\n`,
    );
    expect(saved).toMatchObject([
      {
        id: '06436514',
        incorporated_on: '2007-11-26',
        address: { line_1: '1 Parade, Redditch', postal_code: 'B97 4QR' },
        sic_codes: ['65120', '66220'],
      },
    ]);
  });

  it('is rejected with its line and reason when number or name cannot be used, and the rest goes on', async () => {
    const text = 'CompanyName,CompanyNumber\nA LTD,01234567\n,01234568\nB LTD,\nC LTD,TESTC003\n"D\nLTD",1234569\n';
    const { counts, rejected, saved } = await run(text);
    expect(rejected).toEqual([
      { line: 3, companyNumber: '01234568', reason: 'has no company name' },
      { line: 4, companyNumber: null, reason: 'has no company number' },
      { line: 5, companyNumber: 'TESTC003', reason: '"TESTC003" is not a company number' },
    ]);
    expect(saved.map(({ id, name }) => [id, name])).toEqual([
      ['01234567', 'A LTD'],
      ['01234569', 'D LTD'],
    ]);
    expect(counts).toMatchObject({ read: 5, inserted: 2, rejected: 3 });
  });

  it('is rejected when an unquoted comma has shifted its columns', async () => {
    const { rejected } = await run('CompanyName,CompanyNumber\nA LTD,01234567,surplus\nB LTD,01234568,\n');
    expect(rejected).toMatchObject([{ line: 2, reason: expect.stringContaining('a comma may be unquoted') }]);
  });

  it('keeps its number and name when another field cannot be read, and warns of the field', async () => {
    const text =
      'CompanyName,CompanyNumber,IncorporationDate,CompanyStatus,SICCode.SicText_1\nA LTD,01234567,31/02/2020,Flying,x\n';
    const { counts, saved, warned } = await run(text);
    expect(saved).toEqual([
      { id: '01234567', name: 'A LTD', incorporated_on: null, status: null, status_detail: null, sic_codes: [] },
    ]);
    expect(warned.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'CompanyStatus: "Flying" is not a known value'],
      [2, 'IncorporationDate: "31/02/2020" is not a date'],
      [2, 'SICCode.SicText_1: "x" has no SIC code'],
    ]);
    expect(counts).toMatchObject({ rejected: 0, warnings: 3 });
  });

  it('takes "NA", as re-exports write it, for nothing', async () => {
    const { saved, warned } = await run('CompanyName,CompanyNumber,DissolutionDate\nA LTD,01234567,NA\n');
    expect(saved).toMatchObject([{ dissolved_on: null }]);
    expect(warned).toEqual([]);
  });
});

describe('a file that is not a bulk file', () => {
  it.each([
    ['has no header', '', 'The file is empty: it has no header.'],
    ['has another header', 'Name,Number\nA,1\n', /^Line 1: the header has no column CompanyName and CompanyNumber/],
    ['lacks the number', 'CompanyName\nA\n', /^Line 1: the header has no column CompanyNumber/],
    [
      'never closes a quote',
      'CompanyName,CompanyNumber\nA,01234567\n"B,01234568\nC,01234569\n',
      'In the row that begins on line 3 a quote is opened and never closed, so the rest of the file cannot be read.',
    ],
    [
      'has a quote inside a field',
      'CompanyName,CompanyNumber\nA "x" B,01234567\n',
      /^In the row that begins on line 2 /,
    ],
  ])('%s: it is refused with the line', async (_what, text, detail) => {
    await expect(run(text)).rejects.toMatchObject({
      code: 'invalid_request',
      detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
    });
  });

  it('does not swallow the memory of the machine looking for the end of a quote', async () => {
    const endless = Readable.from(
      (function* () {
        yield 'CompanyName,CompanyNumber\n"A';
        for (;;) yield 'x'.repeat(10_000);
      })(),
    );
    const saving = importCompanies(endless, {
      save: async () => ({ inserted: 0, updated: 0, unchanged: 0 }),
      batchSize: 10,
      concurrency: 1,
      asOf: null,
    });
    await expect(saving).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('a large file', () => {
  const ROWS = 20_000;
  function* lines() {
    yield 'CompanyName,CompanyNumber\n';
    for (let n = 1; n <= ROWS; n += 1) yield `COMPANY ${n} LTD,${String(n).padStart(8, '0')}\n`;
  }

  it('is saved in batches, with no more on their way than allowed, and no more read than needed', async () => {
    let running = 0;
    let most = 0;
    let yielded = 0;
    let saved = 0;
    let furthestAhead = 0;
    const counting = Readable.from(
      (function* () {
        for (const line of lines()) {
          yielded += 1;
          yield line;
        }
      })(),
    );
    const counts = await importCompanies(counting, {
      async save(rows) {
        running += 1;
        most = Math.max(most, running);
        furthestAhead = Math.max(furthestAhead, yielded - saved);
        await new Promise(setImmediate);
        saved += rows.length;
        running -= 1;
        return { inserted: rows.length, updated: 0, unchanged: 0 };
      },
      batchSize: 500,
      concurrency: 3,
      asOf: null,
    });
    expect(counts).toMatchObject({ read: ROWS, inserted: ROWS });
    expect(most).toBe(3);
    // Three batches on their way, one being filled, and the streams' own small buffers.
    expect(furthestAhead).toBeLessThan(5_000);
  });

  it('stops at the first batch that cannot be saved, and says how far it came', async () => {
    const counts = { read: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0, warnings: 0 };
    let batches = 0;
    const saving = run([...lines()].join(''), {
      counts,
      concurrency: 1,
      async save(rows) {
        batches += 1;
        if (batches === 3) throw new Error('the database is gone');
        return { inserted: rows.length, updated: 0, unchanged: 0 };
      },
    });
    await expect(saving).rejects.toThrow('the database is gone');
    expect(counts.inserted).toBe(200);
    expect(counts.read).toBeLessThan(ROWS);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const saving = run([...lines()].join(''), {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('stopped')),
    });
    await expect(saving).rejects.toThrow('stopped');
  });
});
