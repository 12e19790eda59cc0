import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export const COLUMNS =
  'CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1, RegAddress.AddressLine2,RegAddress.PostTown,RegAddress.County,RegAddress.Country,RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,DissolutionDate,IncorporationDate,Accounts.AccountRefDay,Accounts.AccountRefMonth,Accounts.NextDueDate,Accounts.LastMadeUpDate,Accounts.AccountCategory,Returns.NextDueDate,Returns.LastMadeUpDate,Mortgages.NumMortCharges,Mortgages.NumMortOutstanding,Mortgages.NumMortPartSatisfied,Mortgages.NumMortSatisfied,SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4,ConfStmtNextDueDate, ConfStmtLastMadeUpDate'.split(
    ',',
  );
/** Numbers that the register is decades away from. */
export const FIRST_NUMBER = 70_000_000;

/** The text of an invented bulk file, line by line. */
export function* syntheticLines(rows: number): Generator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for (let n = 0; n < rows; n += 1) {
    const number = String(FIRST_NUMBER + n);
    yield `"BENCHMARK ${n} LIMITED",${number},,,"${n % 300} HIGH STREET",,LONDON,,ENGLAND,N1 1AA,Private Limited Company,Active,United Kingdom,,14/06/2016,31,3,31/12/2026,31/03/2026,TOTAL EXEMPTION FULL,,,0,0,0,0,62012 - Business and domestic software development,,,,27/06/2026,13/06/2026\r\n`;
  }
}

/** Writes the file that both contenders read. */
export async function writeSyntheticFile(file: string, rows: number): Promise<void> {
  await pipeline(Readable.from(syntheticLines(rows)), createWriteStream(file));
}
