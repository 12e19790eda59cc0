import { describe, expect, test } from 'vitest';
import { checkReport } from '@/lib/research/groundedness';
import type { ReportDocument } from '@/lib/research/schema';
import { startSandbox } from '@/sandbox/start-sandbox';
import { type RecordedAccounts, recordAccounts } from '@/tests/support/accounts-recordings';
import { context, taggedAccounts } from '@/tests/support/tagged-accounts';
import { gapIn, researchInSandbox, textOf, valueIn } from './research-stand';

const NUMBER = '01234567';
const LAST = ['2024-04-01', '2025-03-31'] as const;
const BEFORE = ['2023-04-01', '2024-03-31'] as const;

/** Researches a company with the given accounts; every sentence has to pass every check. */
async function research(accounts: readonly RecordedAccounts[], type?: string): Promise<ReportDocument> {
  const sandbox = await startSandbox({ recordings: [await recordAccounts(NUMBER, accounts, type)] });
  try {
    const { document, dropped, payloads } = await researchInSandbox(sandbox.url, NUMBER);
    expect({ dropped, violations: checkReport(document, payloads) }).toEqual({ dropped: [], violations: [] });
    return document;
  } finally {
    await sandbox.close();
  }
}

function statement(document: ReportDocument, field: string) {
  return document.statements.find((entry) => entry.field === field);
}

describe('figures of filed accounts', () => {
  test('cite the tag and the context, in pence, and grow by a formula', async () => {
    const document = await research([
      {
        madeUpTo: LAST[1],
        document: taggedAccounts({
          figures: [
            { tag: 'TurnoverRevenue', text: '6,573,139' },
            { tag: 'TurnoverRevenue', text: '6,000,000', context: 'before' },
            { tag: 'Equity', text: '12,345.67', context: 'now-day', negative: true },
            { tag: 'AverageNumberEmployeesDuringPeriod', text: '15', unit: 'pure' },
          ],
        }),
      },
    ]);
    const turnover = statement(document, 'turnover');
    expect(turnover).toMatchObject({
      value: 657_313_900,
      currency: 'GBP',
      period: `${LAST[0]}/${LAST[1]}`,
      as_of: LAST[1],
    });
    expect(document.evidence.find(({ id }) => id === turnover?.evidence[0])).toMatchObject({
      source: 'accounts.figures',
      locator: "$.documents[0].facts['core:TurnoverRevenue']['now']",
      snippet: expect.stringContaining('text: 6,573,139'),
      url: expect.stringContaining(`/company/${NUMBER}/filing-history/filing0/document`),
    });
    expect(statement(document, 'turnover_growth')).toMatchObject({
      value: 9.6,
      unit: 'percent',
      method: 'computed',
      formula: expect.stringMatching(/^growth_percent\(E\d+, E\d+\)$/),
    });
    expect(textOf(document, 'financials')).toContain(
      'In the period to 31 March 2025 the company had turnover of £6,573,139 (up 9.6% from £6,000,000).',
    );
    // Equity answers for net assets: they are two sides of one balance sheet.
    expect(valueIn(document, 'financials', 'net_assets')).toBe(-1_234_567);
    expect(textOf(document, 'financials')).toContain('shows negative equity of £12,345.67');
    expect(valueIn(document, 'risk', 'negative_equity')).toBe(true);
    expect(textOf(document, 'risk')).toContain('It owes more than it has: equity is negative in its last accounts.');
    expect(gapIn(document, 'financials', 'gross_profit')).toMatchObject({
      reason: 'not_disclosed',
      detail: 'The accounts made up to 31 March 2025 hold no such figure.',
    });
  });

  test('of periods of different lengths are not compared', async () => {
    const figures = [
      { tag: 'TurnoverRevenue', text: '1,000' },
      { tag: 'TurnoverRevenue', text: '2,000', context: 'before' },
    ];
    const previous = ['2023-01-01', '2024-03-31'] as const;
    const document = await research([{ madeUpTo: LAST[1], document: taggedAccounts({ figures, previous }) }]);
    expect(valueIn(document, 'financials', 'turnover_previous')).toBe(200_000);
    expect(gapIn(document, 'financials', 'turnover_growth')).toMatchObject({
      reason: 'not_applicable',
      detail: 'The periods differ in length, 12 and 15 months, so turnover cannot be compared.',
    });
    expect(textOf(document, 'financials')).toContain('turnover of £1,000 (£2,000 in the period to 31 March 2024)');
  });

  test('that were changed after they were first filed are shown both ways and not compared', async () => {
    const document = await research([
      {
        madeUpTo: LAST[1],
        document: taggedAccounts({
          figures: [
            { tag: 'NetAssetsLiabilities', text: '900', context: 'now-day' },
            { tag: 'NetAssetsLiabilities', text: '700', context: 'before-day' },
          ],
        }),
      },
      {
        madeUpTo: BEFORE[1],
        document: taggedAccounts({
          period: BEFORE,
          previous: ['2022-04-01', '2023-03-31'],
          figures: [{ tag: 'NetAssetsLiabilities', text: '800', context: 'now-day' }],
        }),
      },
    ]);
    expect(statement(document, 'net_assets_previous')?.conflicts).toEqual([
      statement(document, 'net_assets_previous_as_first_filed')?.id,
    ]);
    expect(gapIn(document, 'financials', 'net_assets_growth')?.detail).toContain(
      'was changed after it was first filed',
    );
    expect(textOf(document, 'financials')).toContain('net assets first filed as £800 and later as £700');
  });

  test('of the year before come from the accounts before where the last ones leave them out', async () => {
    const document = await research([
      { madeUpTo: LAST[1], document: taggedAccounts({ figures: [{ tag: 'TurnoverRevenue', text: '1,100' }] }) },
      {
        madeUpTo: BEFORE[1],
        document: taggedAccounts({ period: BEFORE, figures: [{ tag: 'TurnoverRevenue', text: '1,000' }] }),
      },
    ]);
    const previous = statement(document, 'turnover_previous');
    expect(previous?.value).toBe(100_000);
    expect(document.evidence.find(({ id }) => id === previous?.evidence[0])?.url).toContain('/filing-history/filing1/');
    expect(valueIn(document, 'financials', 'turnover_growth')).toBe(10);
  });

  test('that cannot be right are gaps that say why', async () => {
    const figures = [
      { tag: 'Equity', text: '1', context: 'now-day' },
      { tag: 'AverageNumberEmployeesDuringPeriod', text: '0.02', unit: 'pure' },
    ];
    const document = await research([{ madeUpTo: LAST[1], document: taggedAccounts({ figures }) }]);
    expect(gapIn(document, 'financials', 'employees')).toMatchObject({
      reason: 'not_found',
      detail: 'The filing gives less than one employee, which is no number of people.',
    });
  });

  test('of a group are not taken for the company’s own', async () => {
    const group =
      '<xbrldi:explicitMember dimension="bus:GroupCompanyDataDimension">bus:Consolidated</xbrldi:explicitMember>';
    const year = `<xbrli:startDate>${LAST[0]}</xbrli:startDate><xbrli:endDate>${LAST[1]}</xbrli:endDate>`;
    const page = taggedAccounts({
      currency: 'USD',
      contexts: context('group', NUMBER, year, group),
      figures: [
        { tag: 'TurnoverRevenue', text: '5,000', context: 'group' },
        { tag: 'NetAssetsLiabilities', text: '3,400', context: 'now-day' },
      ],
    });
    const document = await research([{ madeUpTo: LAST[1], document: page }], 'group');
    expect(gapIn(document, 'financials', 'turnover')?.detail).toContain('only of its group');
    expect(textOf(document, 'financials')).toContain('net assets of USD 3,400');
    expect(textOf(document, 'financials')).toContain('Figures are those of the company itself; the accounts also hold');
  });

  test('of group accounts that do not say whose they are leave that open', async () => {
    const figures = [{ tag: 'NetAssetsLiabilities', text: '3,400', context: 'now-day' }];
    const document = await research([{ madeUpTo: LAST[1], document: taggedAccounts({ figures }) }], 'group');
    expect(gapIn(document, 'financials', 'group_vs_company')?.reason).toBe('not_found');
  });

  test('on paper or as PDF only are said to be so, for every figure and for equity', async () => {
    const document = await research([{ madeUpTo: LAST[1], document: null }]);
    for (const field of ['turnover', 'net_assets', 'employees']) {
      expect(gapIn(document, 'financials', field)).toMatchObject({
        reason: 'not_found',
        detail: expect.stringContaining('as a scan or PDF only'),
        tried: ['accounts.figures'],
      });
    }
    expect(gapIn(document, 'risk', 'negative_equity')?.detail).toContain('as a scan or PDF only');
  });

  test('come with what the directors say the company does', async () => {
    const page =
      '<ix:nonNumeric name="bus:DescriptionPrincipalActivities" contextRef="now">Repair of tower clocks in Kent</ix:nonNumeric>';
    const figures = [{ tag: 'Equity', text: '1', context: 'now-day' }];
    const document = await research([{ madeUpTo: LAST[1], document: taggedAccounts({ figures, page }) }]);
    expect(valueIn(document, 'business', 'what_it_does')).toBe('Repair of tower clocks in Kent');
    expect(textOf(document, 'business')).toContain(
      'In its last accounts its directors say what it does: “Repair of tower clocks in Kent”.',
    );
  });
});
