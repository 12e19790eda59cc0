import { parseCompanyNumber } from '@/lib/companies/company-number';

export type CompanyNumberList = {
  /** Each number once, in the order in which they came. */
  ids: string[];
  repeated: number;
  /** What cannot be a company number, with its line, counted from 1. */
  problems: { line: number; text: string }[];
};

/**
 * Reads company numbers as people paste them: one a line, or several with commas, semicolons or tabs between them, in
 * quotes or not, with or without leading zeros. A first line without any number is taken for a heading.
 */
export function readCompanyNumbers(text: string): CompanyNumberList {
  const ids = new Set<string>();
  const problems: CompanyNumberList['problems'] = [];
  let repeated = 0;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const words = line.split(/[,;\t]/).map(unquote);
    const numbers = words.map((word) => ({ word, id: parseCompanyNumber(word) })).filter(({ word }) => word !== '');
    const isHeading = index === 0 && numbers.length > 0 && numbers.every(({ word }) => !/\d/.test(word));
    if (isHeading) continue;
    for (const { word, id } of numbers) {
      if (id === null) problems.push({ line: index + 1, text: word });
      else if (ids.has(id)) repeated += 1;
      else ids.add(id);
    }
  }
  return { ids: [...ids], repeated, problems };
}

function unquote(text: string): string {
  return text
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
}
