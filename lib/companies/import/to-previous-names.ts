import { type ImportFields, type RowCells, readDay } from './row-cells';

/**
 * Former names, latest first as in the file. `CONDATE` is the day on which the company stopped using the name; the bulk
 * file does not say since when it had it.
 */
export function toPreviousNames(cells: RowCells): ImportFields {
  if (!cells.has('PreviousName_1.CompanyName')) return {};
  const names = Array.from({ length: 10 }, (_, index) => index + 1).flatMap((n) => {
    const name = cells.text(`PreviousName_${n}.CompanyName`);
    return name === null
      ? []
      : [{ name, effective_from: null, ceased_on: readDay(cells, `PreviousName_${n}.CONDATE`) }];
  });
  return { previous_names: names };
}
