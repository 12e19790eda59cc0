import { filedOn, placed } from '@/lib/companies/register/filing-values';
import { findCaseOpenings } from '@/lib/companies/register/insolvency-openings';
import { copied, type SourceReader, textOf } from '../source-reader';

/** Counts from the charges themselves: the profile's `has_charges` is false for companies that have some. */
export const chargesReader: SourceReader<'companies_house.charges'> = {
  source: 'companies_house.charges',
  facts({ items }) {
    const outstanding = outstandingOf(items);
    const holders = items
      .filter(isOutstanding)
      .flatMap(({ persons_entitled }) => (persons_entitled ?? []).flatMap(({ name }) => name ?? []));
    const snippet = `${items.length} charges, ${outstanding} outstanding`;
    return [
      { field: 'charges_total', value: items.length, locator: '$.items', snippet },
      { field: 'charges_outstanding', value: outstanding, locator: '$.items', snippet },
      {
        field: 'charge_holders',
        value: [...new Set(holders)],
        locator: '$.items',
        snippet: textOf([...new Set(holders)].join('; ') || snippet),
      },
    ];
  },
  columns: ({ items }) => ({ charges_total: items.length, charges_outstanding: outstandingOf(items) }),
  whenEmpty: {
    facts: [
      { field: 'charges_total', value: 0, locator: '$', snippet: 'no charges on the register' },
      { field: 'charges_outstanding', value: 0, locator: '$', snippet: 'no charges on the register' },
    ],
    columns: { charges_total: 0, charges_outstanding: 0 },
  },
};

function isOutstanding({ status }: { status: string }): boolean {
  return status === 'outstanding' || status === 'part-satisfied';
}

function outstandingOf(items: readonly { status: string }[]): number {
  return items.filter(isOutstanding).length;
}

export const filingsReader: SourceReader<'companies_house.filing_history'> = {
  source: 'companies_house.filing_history',
  facts({ items, total_count }) {
    const total = total_count ?? items.length;
    const latest = latestFiled(placed(items));
    const accounts = latestFiled(
      placed(items).filter(({ filing }) => filing.category === 'accounts' && filing.type === 'AA'),
    );
    return [
      { field: 'filings_total', value: total, locator: '$.total_count', snippet: `${total} filings` },
      copied('last_filing_on', latest?.day, `$.items[${latest?.index ?? 0}].date`),
      copied('last_accounts_filed_on', accounts?.day, `$.items[${accounts?.index ?? 0}].date`),
    ];
  },
  whenEmpty: { facts: [{ field: 'filings_total', value: 0, locator: '$', snippet: 'no filings on the register' }] },
};

function latestFiled(items: ReturnType<typeof placed>): { day: string; index: number } | null {
  const dated = items.flatMap(({ filing, index }) => {
    const day = filedOn(filing);
    return day === null ? [] : [{ day, index }];
  });
  return dated.sort((a, b) => b.day.localeCompare(a.day) || a.index - b.index)[0] ?? null;
}

export const insolvencyReader: SourceReader<'companies_house.insolvency'> = {
  source: 'companies_house.insolvency',
  facts(insolvency) {
    const openings = findCaseOpenings(insolvency);
    const cases = insolvency.cases.map(({ type }, index) => ({
      type,
      opened_on: openings.find((opening) => opening.index === index)?.openedOn ?? null,
    }));
    const snippet = textOf(cases.map(({ type }) => type).join('; ') || 'no insolvency case');
    return [{ field: 'insolvency_cases', value: cases, locator: '$.cases', snippet }];
  },
  whenEmpty: {
    facts: [{ field: 'insolvency_cases', value: [], locator: '$', snippet: 'no insolvency case on the register' }],
  },
};
