import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { FigureId } from '@/lib/sources/accounts/figures';
import { readAccounts } from '@/lib/sources/accounts/read-accounts';
import type { AccountsReading } from '@/lib/sources/accounts/schema';
import { sharedData } from './shared-data';

const COLUMNS: Readonly<Record<string, FigureId>> = {
  turnover: 'turnover',
  employees: 'employees',
  net_assets: 'net_assets',
  equity: 'equity',
  cash: 'cash',
  current_assets: 'current_assets',
  net_current_assets: 'net_current_assets',
  profit_loss: 'profit_loss',
  gross_profit: 'gross_profit',
  tal_less_cl: 'total_assets_less_current_liabilities',
};

export type Difference = { file: string; figure: string; reference: string; ours: string; why: string };
export type Comparison = {
  /** Rows of the reference that are for development and whose file is there. */
  filings: number;
  agreeing: number;
  /** Development rows without their file. */
  absent: number;
  /** Figures that either side has; and those on which both agree in value and date. */
  figures: number;
  agreeingFigures: number;
  withoutTurnover: number;
  differences: Difference[];
};

/** One row of the reference whose file is there. */
export type ReferenceRow = {
  file: string;
  companyNumber: string;
  /** The latest day on which a figure of the current year stands. */
  balanceSheetDate: string;
  /** What the reference has per figure and year, such as `1390 on 2016-09-30`; '' where it has nothing. */
  figures: Readonly<Record<string, Readonly<Record<'current' | 'previous', string>>>>;
};

/** The rows of the reference that are for development, name a day and have their file. */
export function referenceRows(): ReferenceRow[] {
  return developmentRows().flatMap((row) => {
    const { file = '', company_number: companyNumber = '' } = row;
    const days = Object.keys(COLUMNS).map((column) => row[`${column}_current_date`] ?? '');
    const balanceSheetDate = days.sort().at(-1) ?? '';
    if (balanceSheetDate === '' || !fs.existsSync(sharedData('accounts', file))) return [];
    const figures = Object.entries(COLUMNS).map(([column, figure]) => [
      figure,
      { current: cell(row, column, 'current'), previous: cell(row, column, 'previous') },
    ]);
    // Some rows have lost their leading zeros.
    return [
      { file, companyNumber: companyNumber.padStart(8, '0'), balanceSheetDate, figures: Object.fromEntries(figures) },
    ];
  });
}

/** Compares our readings of real filed accounts with an independent reading: value and date of ten figures, two years. */
export function compareWithReference(): Comparison {
  const rows = developmentRows();
  const present = rows.filter(({ file = '' }) => fs.existsSync(sharedData('accounts', file)));
  const compared = present.map(compareRow);
  return {
    filings: present.length,
    agreeing: compared.filter(({ differences }) => differences.length === 0).length,
    absent: rows.length - present.length,
    figures: compared.reduce((sum, { figures }) => sum + figures, 0),
    agreeingFigures: compared.reduce((sum, { figures, differences }) => sum + figures - differences.length, 0),
    withoutTurnover: compared.filter(({ hasTurnover }) => !hasTurnover).length,
    differences: compared.flatMap(({ differences }) => differences),
  };
}

function developmentRows(): Record<string, string>[] {
  return z
    .array(z.record(z.string(), z.string()))
    .parse(parse(fs.readFileSync(sharedData('accounts', 'reference-reading.csv')), { columns: true }))
    .filter((row) => isForDevelopment(row.company_number ?? ''));
}

/** The other half of the rows is left alone, see the README of the shared data. */
export function isForDevelopment(companyNumber: string): boolean {
  return Number.parseInt(createHash('sha256').update(companyNumber).digest('hex').slice(0, 2), 16) % 2 === 0;
}

function compareRow(row: Record<string, string>) {
  const { file = '' } = row;
  const reading = readAccounts(fs.readFileSync(sharedData('accounts', file), 'utf8'));
  const differences: Difference[] = [];
  let figures = 0;
  for (const [column, figure] of Object.entries(COLUMNS)) {
    for (const year of ['current', 'previous'] as const) {
      const reference = cell(row, column, year);
      const ours = figureText(reading, figure, year);
      if (reference === '' && ours === '') continue;
      figures += 1;
      if (reference === ours) continue;
      const why = reading.figures[figure].problem ?? '';
      differences.push({ file, figure: `${figure} (${year})`, reference, ours, why });
    }
  }
  return { differences, figures, hasTurnover: reading.figures.turnover.current !== null };
}

/** A figure of a reading with its date, such as `1390 on 2016-09-30`; '' where there is none. */
export function figureText(reading: AccountsReading, figure: FigureId, year: 'current' | 'previous'): string {
  const place = reading.figures[figure][year];
  const fact = place === null ? undefined : reading.facts[place.tag]?.[place.context];
  if (fact === undefined) return '';
  return shown(String(fact.pence === null ? fact.count : fact.pence / 100), fact.end ?? '');
}

function cell(row: Record<string, string>, column: string, year: 'current' | 'previous'): string {
  return shown(row[`${column}_${year}`] ?? '', row[`${column}_${year}_date`] ?? '');
}

function shown(value: string, date: string): string {
  return value === '' ? '' : `${Number(value)} on ${date}`;
}
