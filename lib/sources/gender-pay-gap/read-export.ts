import type { Readable } from 'node:stream';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import { readCsv } from '@/lib/companies/import/read-csv';
import { isRealDay } from '@/lib/companies/register/calendar';
import { AppError } from '@/lib/errors';
import type { PayGapRow } from './schema';

/** Columns that every edition of the export has (2018 to 2024 were looked at); the others are passed over. */
const COLUMNS = [
  'EmployerName',
  'CompanyNumber',
  'DiffMeanHourlyPercent',
  'DiffMedianHourlyPercent',
  'DiffMeanBonusPercent',
  'DiffMedianBonusPercent',
  'CompanyLinkToGPGInfo',
  'ResponsiblePerson',
  'EmployerSize',
  'SubmittedAfterTheDeadline',
  'DueDate',
  'DateSubmitted',
] as const;
type Column = (typeof COLUMNS)[number] | 'EmployerId';
/** Text of a cell, trimmed; '' where the row has none. */
type Cells = (column: Column) => string;

export type ExportRow =
  | { kind: 'return'; row: PayGapRow }
  /** A public body, a charity or a mutual: the return of somebody who is not on the register of companies. */
  | { kind: 'not_a_company' }
  | { kind: 'rejected'; reason: string };

/**
 * Reads the official yearly export, row by row.
 * @throws AppError `invalid_request` when the text is no CSV or has other columns; the detail names the line.
 */
export async function* readPayGapExport(input: Readable): AsyncGenerator<{ line: number; row: ExportRow }> {
  let places: ReadonlyMap<string, number> | null = null;
  for await (const { cells, line } of readCsv(input)) {
    if (places === null) {
      places = readHeader(cells, line);
      continue;
    }
    const known = places;
    yield { line, row: toRow((column) => (cells[known.get(column) ?? -1] ?? '').trim()) };
  }
  if (places === null) throw new AppError('invalid_request', { detail: 'The file is empty: it has no header.' });
}

function readHeader(cells: readonly string[], line: number): Map<string, number> {
  const places = new Map(cells.map((cell, index) => [cell.trim(), index]));
  const missing = COLUMNS.filter((column) => !places.has(column));
  if (missing.length === 0) return places;
  throw new AppError('invalid_request', {
    detail: `Line ${line}: this is not an export of gender pay gap returns, it has no column ${missing.join(', ')}.`,
    extras: { line },
  });
}

function toRow(cell: Cells): ExportRow {
  const number = parseCompanyNumber(cell('CompanyNumber'));
  if (number === null) return { kind: 'not_a_company' };
  const dueOn = readDay(cell('DueDate'));
  if (dueOn === null) return { kind: 'rejected', reason: `DueDate ${shown(cell('DueDate'))} is not a date` };
  if (cell('EmployerName') === '') return { kind: 'rejected', reason: 'EmployerName is empty' };
  const gaps = readGaps(cell);
  if ('problem' in gaps) return { kind: 'rejected', reason: gaps.problem };
  return {
    kind: 'return',
    row: {
      company_number: number,
      // The deadline lies in the second year of "2021 to 2022".
      reporting_year: Number(dueOn.slice(0, 4)) - 1,
      employer_name: cell('EmployerName'),
      employer_id: /^\d+$/.test(cell('EmployerId')) ? cell('EmployerId') : null,
      size_band: cell('EmployerSize') === 'Not Provided' ? null : cell('EmployerSize') || null,
      ...gaps,
      responsible_person: cell('ResponsiblePerson') || null,
      report_url: readLink(cell('CompanyLinkToGPGInfo')),
      submitted_on: readDay(cell('DateSubmitted')),
      submitted_late: cell('SubmittedAfterTheDeadline') === 'True',
    },
  };
}

function readGaps(cell: Cells) {
  const [meanHourly, medianHourly, meanBonus, medianBonus] = [
    readPercent(cell('DiffMeanHourlyPercent')),
    readPercent(cell('DiffMedianHourlyPercent')),
    readPercent(cell('DiffMeanBonusPercent')),
    readPercent(cell('DiffMedianBonusPercent')),
  ];
  if (meanHourly === undefined || medianHourly === undefined || meanBonus === undefined || medianBonus === undefined) {
    return { problem: 'a percentage is not a number' };
  }
  return {
    mean_hourly_percent: meanHourly,
    median_hourly_percent: medianHourly,
    mean_bonus_percent: meanBonus,
    median_bonus_percent: medianBonus,
  };
}

/** @returns null for nothing, undefined for what is no number. */
function readPercent(text: string): number | null | undefined {
  if (text === '') return null;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** `05/04/2020 00:00:00` in older exports, `2022/04/05 00:00:00` in newer ones. */
function readDay(text: string): string | null {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})\b/.exec(text) ?? [];
  const iso = year === undefined ? text.slice(0, 10).replaceAll('/', '-') : `${year}-${month}-${day}`;
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && isRealDay(iso) ? iso : null;
}

/** Some employers put a remark where the link belongs. */
function readLink(text: string): string | null {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? text : null;
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 30));
}
