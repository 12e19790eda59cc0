import { parseCompanyNumber } from '@/lib/companies/company-number';
import type { Json } from '@/types/database';
import { toAccountsCategory, toCompanyType, toStatus } from './bulk-codes';
import type { Columns } from './bulk-columns';
import { cellsOf, type ImportFields, type RowCells, readDay } from './row-cells';
import { toAddress } from './to-address';
import { toPreviousNames } from './to-previous-names';

/** A row for `import_companies`: columns of `companies`. A column that the file does not have is absent, not null. */
export type CompanyImportRow = { id: string; name: string } & ImportFields;
export type RowReading =
  | { ok: true; row: CompanyImportRow; warnings: string[] }
  | { ok: false; companyNumber: string | null; reason: string };

/**
 * Turns one row of the bulk file into a company row.
 * Only a missing or impossible number or name rejects it; anything else that cannot be read is left out and reported.
 */
export function toCompanyRow(record: readonly string[], columns: Columns): RowReading {
  const warnings: string[] = [];
  const cells = cellsOf(record, columns, warnings);
  const numberText = cells.text('CompanyNumber');
  const reject = (reason: string): RowReading => ({ ok: false, companyNumber: numberText, reason });

  const surplus = record.slice(columns.width).some((cell) => cell.trim() !== '');
  if (surplus)
    return reject(`has ${record.length} columns where the header has ${columns.width}: a comma may be unquoted`);
  if (numberText === null) return reject('has no company number');
  const id = parseCompanyNumber(numberText);
  if (id === null) return reject(`${JSON.stringify(numberText.slice(0, 20))} is not a company number`);
  const name = cells.text('CompanyName');
  if (name === null) return reject('has no company name');
  return { ok: true, row: { id, name: name.replace(/\s+/g, ' '), ...optionalFields(cells) }, warnings };
}

function optionalFields(cells: RowCells): ImportFields {
  const fields: ImportFields = {
    ...statusFields(cells),
    ...toAddress(cells),
    ...toPreviousNames(cells),
    ...chargeFields(cells),
  };
  const set = (field: string, column: string, read: (cells: RowCells, column: string) => Json) => {
    if (cells.has(column)) fields[field] = read(cells, column);
  };
  set('company_type', 'CompanyCategory', (_, column) => coded(cells, column, toCompanyType));
  set('country_of_origin', 'CountryOfOrigin', () => cells.text('CountryOfOrigin'));
  set('incorporated_on', 'IncorporationDate', readDay);
  set('dissolved_on', 'DissolutionDate', readDay);
  set('sic_codes', 'SICCode.SicText_1', sicCodes);
  set('accounts_category', 'Accounts.AccountCategory', (_, column) => coded(cells, column, toAccountsCategory));
  set('accounts_made_up_to', 'Accounts.LastMadeUpDate', readDay);
  set('accounts_next_due', 'Accounts.NextDueDate', readDay);
  set('confirmation_made_up_to', 'ConfStmtLastMadeUpDate', readDay);
  set('confirmation_next_due', 'ConfStmtNextDueDate', readDay);
  return fields;
}

function statusFields(cells: RowCells): ImportFields {
  if (!cells.has('CompanyStatus')) return {};
  const status = coded(cells, 'CompanyStatus', toStatus);
  return { status: status?.status ?? null, status_detail: status?.detail ?? null };
}

function coded<T>(cells: RowCells, column: string, toCode: (text: string) => T | null): T | null {
  const text = cells.text(column);
  if (text === null) return null;
  const code = toCode(text);
  if (code === null) cells.warn(`${column}: ${JSON.stringify(text.slice(0, 60))} is not a known value`);
  return code;
}

/** "62012 - Business and domestic software development" -> 62012; an export of the API lists bare codes in one cell. */
function sicCodes(cells: RowCells): string[] {
  const codes = [1, 2, 3, 4].flatMap((n) => {
    const column = `SICCode.SicText_${n}`;
    const text = cells.text(column);
    if (text === null || /^none supplied$/i.test(text)) return [];
    if (/^[\d\s,;|]+$/.test(text)) return text.match(/\d{4,5}/g) ?? [];
    const code = text.match(/^(\d{4,5})\b/)?.[1];
    if (code === undefined) cells.warn(`${column}: ${JSON.stringify(text.slice(0, 60))} has no SIC code`);
    return code ?? [];
  });
  return [...new Set(codes)];
}

function chargeFields(cells: RowCells): ImportFields {
  if (!cells.has('Mortgages.NumMortCharges')) return {};
  const total = count(cells, 'Mortgages.NumMortCharges');
  const outstanding = count(cells, 'Mortgages.NumMortOutstanding');
  const partSatisfied = count(cells, 'Mortgages.NumMortPartSatisfied');
  return {
    charges_total: total,
    // A charge that is satisfied in part is still there.
    charges_outstanding: outstanding === null ? null : outstanding + (partSatisfied ?? 0),
  };
}

function count(cells: RowCells, column: string): number | null {
  const text = cells.text(column);
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  cells.warn(`${column}: ${JSON.stringify(text.slice(0, 30))} is not a count`);
  return null;
}
