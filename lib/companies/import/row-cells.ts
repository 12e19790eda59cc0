import { isRealDay } from '@/lib/companies/register/calendar';
import type { Json } from '@/types/database';
import type { Columns } from './bulk-columns';

export type ImportFields = Record<string, Json>;

/** Reads the cells of one row by column name; remembers what could not be read. */
export type RowCells = {
  has(column: string): boolean;
  /** Trimmed; null for what the register and its re-exports write for nothing. */
  text(column: string): string | null;
  warn(warning: string): void;
};

const NOTHING = new Set(['', 'NA', 'N/A', 'NULL', 'NaN']);

export function cellsOf(record: readonly string[], { places }: Columns, warnings: string[]): RowCells {
  return {
    has: (column) => places.has(column),
    text(column) {
      const place = places.get(column);
      const text = place === undefined ? '' : (record[place] ?? '').trim();
      return NOTHING.has(text) ? null : text;
    },
    warn: (warning) => warnings.push(warning),
  };
}

/** `DD/MM/YYYY` as the register writes it, or an ISO date as re-exports do. */
export function readDay(cells: RowCells, column: string): string | null {
  const text = cells.text(column);
  if (text === null) return null;
  const [, day, month, year] = text.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/) ?? [];
  const iso = day && month ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text.slice(0, 10);
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso) && isRealDay(iso)) return iso;
  cells.warn(`${column}: ${JSON.stringify(text.slice(0, 30))} is not a date`);
  return null;
}
