import type { Readable } from 'node:stream';
import { finished } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { AppError } from '@/lib/errors';

/** The longest real row has under 2,000 characters: a longer one is a quote that was never closed. */
const MAX_RECORD_CHARACTERS = 100_000;

/** What csv-parse 7 yields with the option `info`; it types its stream's items as `any`. */
type Parsed = { record: string[]; info: Info };

/** One row with the line on which it ends and the bytes read so far. */
export type CsvRecord = { cells: string[]; line: number; bytes: number };

/**
 * Streams the rows of a CSV file: BOM, CRLF, quoted line breaks and rows of differing width are all accepted.
 * @throws AppError `invalid_request` naming the line when the text is not CSV, such as a quote that is never closed.
 */
export async function* readCsv(input: Readable): AsyncGenerator<CsvRecord> {
  let lastLine = 0;
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
    // Called while parsing: after an error the rows that still wait to be read are gone.
    on_record(cells, { lines }) {
      lastLine = lines;
      return cells;
    },
  });
  // A failing input must fail the parser: pipe() alone would leave it waiting.
  finished(input, { writable: false }, (error) => {
    if (error) parser.destroy(error);
  });
  input.pipe(parser);
  try {
    for await (const parsed of parser) {
      const { record, info }: Parsed = parsed;
      yield { cells: record, line: info.lines, bytes: info.bytes };
    }
  } catch (error) {
    throw error instanceof CsvError ? toProblem(error, lastLine + 1) : error;
  } finally {
    input.destroy();
  }
}

/** @param line where the row begins that cannot be read: where it ends may be the end of the file. */
function toProblem(error: CsvError, line: number): AppError {
  const detail = `In the row that begins on line ${line} ${explain(error)}`;
  return new AppError('invalid_request', { detail, extras: { line }, cause: error });
}

function explain(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return 'a quote is opened and never closed, so the rest of the file cannot be read.';
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'a quote stands where none may stand; quotes inside a field must be doubled.';
    default:
      return `the file stops being CSV (${error.message}).`;
  }
}
