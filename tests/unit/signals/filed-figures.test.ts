import { describe, expect, it } from 'vitest';
import { readPath } from '@/lib/research/evidence/json-path';
import { numberKeys } from '@/lib/research/evidence/number-keys';
import { detectSignals } from '@/lib/signals/detect-signals';
import { readAccounts } from '@/lib/sources/accounts/read-accounts';
import { contextOf, history } from '../../support/register-sources';
import { type TaggedAccounts, type TaggedFigure, taggedAccounts } from '../../support/tagged-accounts';

type Filed = TaggedAccounts & { filedOn?: string; id?: string };

const LAST = ['2025-04-01', '2026-03-31'] as const;
const BEFORE = ['2024-04-01', '2025-03-31'] as const;
const people = (text: string, context = 'now'): TaggedFigure => ({
  tag: 'AverageNumberEmployeesDuringPeriod',
  unit: 'pure',
  text,
  context,
});
const money = (tag: string, text: string, context = 'now', negative = false): TaggedFigure => ({
  tag,
  text,
  context,
  negative,
});
const twoYears = (figures: TaggedFigure[], more: Filed = {}): Filed => ({
  period: LAST,
  previous: BEFORE,
  figures,
  ...more,
});
const accountsFiling = (madeUpTo: string, filedOn: string, id: string, type = 'AA') => ({
  transaction_id: id,
  category: 'accounts',
  type,
  date: filedOn,
  description: 'accounts-with-accounts-type-total-exemption-full',
  description_values: { made_up_date: madeUpTo },
});

/** What the accounts source answers for documents, the last one first. */
function figuresOf(documents: readonly Filed[]) {
  return {
    company_number: '01234567',
    documents: documents.map(({ filedOn = '2026-11-05', id = 'filing0', ...accounts }) => ({
      ...readAccounts(taggedAccounts(accounts)),
      document_id: `doc-${id}`,
      transaction_id: id,
      made_up_to: accounts.period?.[1] ?? null,
      filed_on: filedOn,
      title: 'Filed accounts',
      url: 'https://register.example/document',
      retrieved_at: '2026-11-23T09:00:00.000Z',
      sha256: 'b'.repeat(64),
    })),
  };
}

async function detect(documents: readonly Filed[], filings = [accountsFiling(LAST[1], '2026-11-05', 'filing0')]) {
  const figures = figuresOf(documents);
  const answers = { 'companies_house.filing_history': history(filings), 'accounts.figures': figures };
  const { signals, checks } = await detectSignals(contextOf(answers), { companyNumber: '01234567' });
  return { signals, checks, figures };
}

describe('filed figures are an event on the day they were filed', () => {
  it.each([
    [
      'people, a fifth more',
      [people('48'), people('40', 'before')],
      'expansion',
      0.85,
      'headcount_growth',
      'Average number of employees rose from 40 to 48 in the accounts filed on 5 November 2026',
    ],
    [
      'people, a fifth fewer',
      [people('32'), people('40', 'before')],
      'financial_event',
      0.9,
      'headcount_drop',
      'Average number of employees fell from 40 to 32 in the accounts filed on 5 November 2026',
    ],
    [
      'more turnover',
      [money('TurnoverRevenue', '1,200,000'), money('TurnoverRevenue', '1,000,000', 'before')],
      'financial_event',
      0.9,
      'turnover_growth',
      'Turnover rose from £1,000,000 to £1,200,000 in the accounts filed on 5 November 2026',
    ],
    [
      'less turnover',
      [money('TurnoverRevenue', '700,000'), money('TurnoverRevenue', '1,000,000', 'before')],
      'financial_event',
      0.9,
      'turnover_drop',
      'Turnover fell from £1,000,000 to £700,000 in the accounts filed on 5 November 2026',
    ],
    [
      'net assets that are gone',
      [money('NetAssetsLiabilities', '5,000', 'now-day', true), money('NetAssetsLiabilities', '12,000', 'before-day')],
      'financial_event',
      0.9,
      'equity_turned_negative',
      'Net assets turned negative, from £12,000 to -£5,000 in the accounts filed on 5 November 2026',
    ],
    [
      'equity that is back',
      [money('Equity', '5,000.50', 'now-day'), money('Equity', '12,000', 'before-day', true)],
      'financial_event',
      0.9,
      'equity_turned_positive',
      'Equity turned positive, from -£12,000 to £5,000.50 in the accounts filed on 5 November 2026',
    ],
  ])('%s', async (_what, figures, type, confidence, kind, title) => {
    const { signals, figures: answer } = await detect([twoYears(figures)]);
    expect(signals).toMatchObject([
      {
        type,
        kind,
        title,
        confidence,
        event_date: '2026-11-05',
        expires_on: '2027-03-05',
        dedupe_key: `01234567:${type}:filing0:${kind}`,
        origin: { source: 'accounts.figures' },
      },
    ]);
    const [signal] = signals;
    expect([...numberKeys(signal?.snippet ?? '')]).toEqual(expect.arrayContaining([...numberKeys(title)]));
    expect(readPath(answer, signal?.locator ?? '').found).toBe(true);
  });

  it('takes the first filing for the day where accounts were amended, says so and is less sure', async () => {
    const { signals } = await detect(
      [twoYears([people('48'), people('40', 'before')], { id: 'amended', filedOn: '2026-11-20' })],
      [accountsFiling(LAST[1], '2026-11-20', 'amended', 'AAMD'), accountsFiling(LAST[1], '2026-06-01', 'first')],
    );
    expect(signals).toMatchObject([
      {
        event_date: '2026-06-01',
        dedupe_key: '01234567:expansion:first:headcount_growth',
        title:
          'Average number of employees rose from 40 to 48 in the accounts filed on 1 June 2026 and amended on 20 November 2026',
        confidence: 0.75,
      },
    ]);
  });

  it('takes the year before from the accounts before, where the last ones do not repeat it', async () => {
    const before = { ...twoYears([people('40')]), period: BEFORE, previous: ['2023-04-01', '2024-03-31'] as const };
    const { signals } = await detect([twoYears([people('48')]), { ...before, id: 'filing1', filedOn: '2025-11-05' }]);
    expect(signals.map(({ kind }) => kind)).toEqual(['headcount_growth']);
  });
});

describe('filed figures are no event', () => {
  const rise = [people('48'), people('40', 'before')];

  it.each([
    ['of fewer than a fifth', twoYears([people('47'), people('40', 'before')])],
    ['of one person', twoYears([people('2'), people('1', 'before')])],
    ['from nobody', twoYears([people('5'), people('0', 'before')])],
    ['of a few hundred pounds', twoYears([money('TurnoverRevenue', '900'), money('TurnoverRevenue', '100', 'before')])],
    [
      'of a balance that was and is negative',
      twoYears([
        money('NetAssetsLiabilities', '90,000', 'now-day', true),
        money('NetAssetsLiabilities', '10,000', 'before-day', true),
      ]),
    ],
    ['between periods of different lengths', twoYears(rise, { previous: ['2024-01-01', '2025-03-31'] })],
    [
      'between balance sheets that are not a year apart',
      twoYears(
        [
          money('NetAssetsLiabilities', '5,000', 'now-day', true),
          money('NetAssetsLiabilities', '12,000', 'before-day'),
        ],
        { previous: ['2023-10-01', '2024-09-30'] },
      ),
    ],
    ['without a year before', twoYears([people('48')])],
  ])('a change %s', async (_why, accounts) => {
    const { signals, checks } = await detect([accounts]);
    expect(signals).toEqual([]);
    expect(checks.find(({ detector }) => detector === 'filed_figures')?.outcome).toBe('none');
  });

  it('when the figure of the year before was changed after it was first filed', async () => {
    const before: Filed = { period: BEFORE, previous: ['2023-04-01', '2024-03-31'], figures: [people('46')] };
    const { signals } = await detect([twoYears(rise), { ...before, id: 'filing1', filedOn: '2025-11-05' }]);
    expect(signals).toEqual([]);
  });

  it('when the accounts were filed before the days that are looked at, or no filing is of that balance sheet', async () => {
    const old = [accountsFiling(LAST[1], '2025-11-05', 'filing0')];
    expect((await detect([twoYears(rise)], old)).signals).toEqual([]);
    const another = [accountsFiling('2026-06-30', '2026-11-05', 'filing0')];
    expect((await detect([twoYears(rise)], another)).signals).toEqual([]);
  });

  it('where the accounts are a scan: then nobody could look, and that is said', async () => {
    const answers = {
      'companies_house.filing_history': history([accountsFiling(LAST[1], '2026-11-05', 'filing0')]),
    };
    const { checks } = await detectSignals(contextOf(answers), { companyNumber: '01234567' });
    for (const name of ['filed_figures', 'headcount_growth']) {
      expect(checks.find(({ detector }) => detector === name)).toMatchObject({
        outcome: 'not_run',
        cause: 'nothing_to_ask',
        reason: 'The register has nothing here.',
        unread: ['accounts.figures'],
      });
    }
    const none = await detectSignals(contextOf({ 'companies_house.filing_history': history([]) }), {
      companyNumber: '01234567',
    });
    expect(none.checks.find(({ detector }) => detector === 'filed_figures')?.outcome).toBe('none');
  });
});
