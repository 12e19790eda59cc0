import type { FigureId } from '@/lib/sources/accounts/figures';
import type { AccountsFact, AccountsFigures } from '@/lib/sources/accounts/schema';
import type { FactDraft, SourceReader } from '../source-reader';

/** Figures of the last accounts; amounts in hundredths of their currency, with the currency and the date beside. */
export const accountsReader: SourceReader<'accounts.figures'> = {
  source: 'accounts.figures',
  facts: (data) => [money(data, 'turnover'), money(data, 'net_assets', 'equity'), employees(data)],
};

function money(data: AccountsFigures, field: FigureId, ...equals: FigureId[]): FactDraft {
  const [found] = [field, ...equals].flatMap((id) => factOf(data, id) ?? []);
  if (found === undefined || found.fact.pence === null) return unknown(field);
  const { fact, locator } = found;
  const value = { pence: fact.pence, currency: fact.unit, as_of: fact.end };
  return { field, value, locator, snippet: snippetOf(fact) };
}

function employees(data: AccountsFigures): FactDraft {
  const found = factOf(data, 'employees');
  if (found === null) return unknown('employees');
  return { field: 'employees', value: found.fact.count, locator: found.locator, snippet: snippetOf(found.fact) };
}

function factOf({ documents }: AccountsFigures, id: FigureId): { fact: AccountsFact; locator: string } | null {
  const place = documents[0]?.figures[id].current;
  const fact = place ? documents[0]?.facts[place.tag]?.[place.context] : undefined;
  return place && fact ? { fact, locator: `$.documents[0].facts['${place.tag}']['${place.context}']` } : null;
}

function snippetOf({ text, sign, unit, pence, end }: AccountsFact): string {
  return `${sign ?? ''}${text} ${pence === null ? 'employees' : unit}, ${end}`;
}

function unknown(field: FigureId): FactDraft {
  return { field, value: null, locator: '$.documents[0].figures', snippet: '' };
}
