import type { ImportFields, RowCells } from './row-cells';

const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i;
const PARTS = {
  care_of: 'RegAddress.CareOf',
  po_box: 'RegAddress.POBox',
  line_1: 'RegAddress.AddressLine1',
  line_2: 'RegAddress.AddressLine2',
  locality: 'RegAddress.PostTown',
  region: 'RegAddress.County',
  country: 'RegAddress.Country',
  postal_code: 'RegAddress.PostCode',
} as const;

/** The registered office as `companies` keeps it; nothing when the file has no address columns. */
export function toAddress(cells: RowCells): ImportFields {
  if (cells.has('registered_office_address')) return fromOneCell(cells.text('registered_office_address'));
  if (!Object.values(PARTS).some((column) => cells.has(column))) return {};
  const parts = Object.entries(PARTS).flatMap(([part, column]) => {
    const text = cells.text(column);
    return text === null ? [] : [[part, text] as const];
  });
  return withColumns(Object.fromEntries(parts));
}

/** "1 Unicorn Parade, Unicorn Hill, Redditch, B97 4QR": the post code is known by its form, the rest stays as written. */
function fromOneCell(text: string | null): ImportFields {
  if (text === null) return withColumns({});
  const parts = text.split(',').map((part) => part.trim());
  const last = parts.at(-1) ?? '';
  if (!POSTCODE.test(last)) return withColumns({ line_1: text });
  return withColumns({ line_1: parts.slice(0, -1).join(', '), postal_code: last });
}

function withColumns(address: Record<string, string>): ImportFields {
  return { address, locality: address.locality ?? null, postal_code: address.postal_code ?? null };
}
