import { AppError } from '@/lib/errors';

const PREVIOUS_NAMES = Array.from({ length: 10 }, (_, index) => index + 1);

/** Column names of the bulk file that are read. Other columns (URI, partners, ...) are passed over. */
const BULK_COLUMNS = [
  'CompanyName',
  'CompanyNumber',
  'RegAddress.CareOf',
  'RegAddress.POBox',
  'RegAddress.AddressLine1',
  'RegAddress.AddressLine2',
  'RegAddress.PostTown',
  'RegAddress.County',
  'RegAddress.Country',
  'RegAddress.PostCode',
  'CompanyCategory',
  'CompanyStatus',
  'CountryOfOrigin',
  'DissolutionDate',
  'IncorporationDate',
  'Accounts.NextDueDate',
  'Accounts.LastMadeUpDate',
  'Accounts.AccountCategory',
  'Mortgages.NumMortCharges',
  'Mortgages.NumMortOutstanding',
  'Mortgages.NumMortPartSatisfied',
  'SICCode.SicText_1',
  'SICCode.SicText_2',
  'SICCode.SicText_3',
  'SICCode.SicText_4',
  'ConfStmtNextDueDate',
  'ConfStmtLastMadeUpDate',
  ...PREVIOUS_NAMES.flatMap((n) => [`PreviousName_${n}.CONDATE`, `PreviousName_${n}.CompanyName`]),
];

/** Names that exports of the register's API use for the same columns. */
const ALIASES: Readonly<Record<string, string>> = {
  company_name: 'CompanyName',
  company_number: 'CompanyNumber',
  company_status: 'CompanyStatus',
  company_type: 'CompanyCategory',
  date_of_creation: 'IncorporationDate',
  date_of_cessation: 'DissolutionDate',
  sic_codes: 'SICCode.SicText_1',
  registered_office_address: 'registered_office_address',
};

const CANONICAL = new Map(
  [...BULK_COLUMNS.map((name) => [name.toLowerCase(), name] as const), ...Object.entries(ALIASES)].map(
    ([key, name]) => [key, name] as const,
  ),
);

/** Where each known column stands, and how many columns a row has. */
export type Columns = { places: ReadonlyMap<string, number>; width: number };

/**
 * Reads a header: the register's own (with its stray blanks), a trimmed one, or a subset of it.
 * @throws AppError `invalid_request` when the two columns that make a company are not both there.
 */
export function readHeader(cells: readonly string[], line: number): Columns {
  const places = new Map<string, number>();
  for (const [index, cell] of cells.entries()) {
    const name = CANONICAL.get(cell.trim().toLowerCase());
    if (name !== undefined && !places.has(name)) places.set(name, index);
  }
  const missing = ['CompanyName', 'CompanyNumber'].filter((name) => !places.has(name));
  if (missing.length > 0) {
    const seen = cells.slice(0, 4).map((cell) => JSON.stringify(cell.trim().slice(0, 40)));
    throw new AppError('invalid_request', {
      detail: `Line ${line}: the header has no column ${missing.join(' and ')}; it begins with ${seen.join(', ')}.`,
      extras: { line },
    });
  }
  return { places, width: cells.length };
}
