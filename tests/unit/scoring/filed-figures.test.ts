import { describe, expect, it } from 'vitest';
import { accountsAnswer } from '../../support/accounts-answer';
import { contextOf, history, type RawAnswers } from '../../support/register-sources';
import { scoreIn } from '../../support/score-in';
import { taggedAccounts } from '../../support/tagged-accounts';

const NUMBER = '01234567';
const TODAY = '2026-03-01';
const TAGS = {
  netAssets: 'NetAssetsLiabilities',
  cash: 'CashBankOnHand',
  currentAssets: 'CurrentAssets',
  due: 'CreditorsDueWithinOneYear',
  profit: 'ProfitLoss',
  employees: 'AverageNumberEmployeesDuringPeriod',
} as const;
const OF_A_PERIOD = ['profit', 'employees'];

type Figures = { [K in keyof typeof TAGS]?: readonly [now: number, before?: number] };
type Shape = Pick<Parameters<typeof taggedAccounts>[0], 'previous' | 'currency'>;

/** Accounts to 31 March 2025 with these figures, this year and the year before. */
function accounts(figures: Figures, shape: Shape = {}): string {
  const tagged = Object.entries(figures).flatMap(([name, years]) =>
    years.map((value = 0, index) => ({
      // The keys of `figures` are those of TAGS.
      tag: TAGS[name as keyof typeof TAGS],
      text: Math.abs(value).toLocaleString('en-GB'),
      negative: value < 0,
      unit: name === 'employees' ? 'pure' : 'money',
      context: `${index === 0 ? 'now' : 'before'}${OF_A_PERIOD.includes(name) ? '' : '-day'}`,
    })),
  );
  return taggedAccounts({ figures: tagged, ...shape });
}

function answers(type: string, documents: readonly string[] = []): RawAnswers {
  return {
    'companies_house.profile': {
      company_name: 'EXAMPLE LTD',
      company_number: NUMBER,
      company_status: 'active',
      date_of_creation: '2012-05-04',
      accounts: { overdue: false, next_due: '2026-12-31', last_accounts: { type, made_up_to: '2025-03-31' } },
    },
    'companies_house.officers': { items: [{ name: 'EXAMPLE, Jane', officer_role: 'director' }] },
    'companies_house.filing_history': history([{ type: 'CS01', date: '2025-05-10' }]),
    ...(documents.length > 0 && { 'accounts.figures': accountsAnswer(NUMBER, documents) }),
  };
}

async function scored(documents: readonly string[], type = 'total-exemption-full') {
  const result = await scoreIn(contextOf(answers(type, documents), TODAY), NUMBER);
  const of = (name: string) => result.components.find((component) => component.name === name);
  const texts = result.components.flatMap(({ rules }) => rules.map(({ text }) => text));
  return { result, texts, financial: of('financial'), growth: of('growth'), bant: of('bant') };
}

const GROWING: Figures = {
  netAssets: [250_000, 200_000],
  cash: [90_000, 60_000],
  currentAssets: [300_000, 250_000],
  due: [120_000, 110_000],
  profit: [50_000, 40_000],
  employees: [14, 11],
};
const SHRINKING: Figures = {
  netAssets: [90_000, 160_000],
  cash: [10_000, 70_000],
  currentAssets: [100_000, 180_000],
  due: [130_000, 120_000],
  profit: [-70_000, 5_000],
  employees: [8, 12],
};

describe('filed figures in the score', () => {
  it('say in pounds what moved it, with both years as evidence', async () => {
    const { texts, financial } = await scored([accounts(GROWING)]);
    expect(texts).toEqual(
      expect.arrayContaining([
        'Net assets of £250,000 on 31 March 2025.',
        'Net assets rose by 25% in a year, from £200,000 to £250,000.',
        'Current assets of £300,000 are 2.5 times the £120,000 that is due within a year.',
        'Cash rose by 50% in a year, from £60,000 to £90,000.',
        'A profit of £50,000 in the period to 31 March 2025.',
        'The number of employees rose by 27.3% in the year to 31 March 2025, from 11 to 14.',
      ]),
    );
    const trend = financial?.rules.find(({ text }) => text.startsWith('Net assets rose'));
    expect(trend).toMatchObject({
      origin: { source: 'accounts.figures', url: 'https://example.test/filing0' },
      locator: "$.documents[0].facts['core:NetAssetsLiabilities']['now-day']",
      snippet: 'text: 250,000; unit: GBP; pence: 25000000; end: 2025-03-31',
      further: [{ locator: "$.documents[0].facts['core:NetAssetsLiabilities']['before-day']" }],
      computed: { name: 'growth_percent', dates: [], value: 25 },
    });
  });

  it('put a healthy, growing company clearly above a shrinking one', async () => {
    const [growing, shrinking] = [await scored([accounts(GROWING)]), await scored([accounts(SHRINKING)])];
    expect(growing.financial?.score).toBe(100);
    expect(Number(growing.result.overall) - Number(shrinking.result.overall)).toBeGreaterThanOrEqual(25);
    expect(shrinking.texts).toContain('A loss of £70,000 in the period to 31 March 2025.');
  });

  it('of micro-entity accounts, which hold less, do not lower it', async () => {
    const { netAssets, currentAssets, due } = GROWING;
    const little = { netAssets, currentAssets, due } as Figures;
    expect((await scored([accounts(little)], 'micro-entity')).financial?.score).toBe(100);
    expect((await scored([], 'micro-entity')).financial?.score).toBe(100);
  });

  it('tell a company that owes more than it has, and which way it went', async () => {
    const sign = await scored([accounts({ netAssets: [-4_000, 2_500] })]);
    expect(sign.texts).toContain('Net liabilities of £4,000 on 31 March 2025: the company owes more than it has.');
    expect(sign.texts).toContain('Net assets of £2,500 became net liabilities of £4,000 within a year.');
    expect(sign.growth?.rules.some(({ text }) => text.startsWith('Net assets'))).toBe(false);
    const better = await scored([accounts({ netAssets: [-4_000, -9_000] })]);
    expect(better.texts).toContain('Net liabilities shrank from £9,000 to £4,000 within a year.');
  });

  it.each([
    ['periods of different lengths', [accounts(GROWING, { previous: ['2022-10-01', '2024-03-31'] })], 'employees rose'],
    [
      'dates that are no year apart',
      [accounts(GROWING, { previous: ['2023-07-01', '2024-06-30'] })],
      'Net assets rose',
    ],
    [
      'figures that were changed after they were first filed',
      [
        accounts({ netAssets: [250_000, 200_000] }),
        taggedAccounts({
          period: ['2023-04-01', '2024-03-31'],
          previous: ['2022-04-01', '2023-03-31'],
          figures: [{ tag: TAGS.netAssets, text: '210,000', context: 'now-day' }],
        }),
      ],
      'Net assets rose',
    ],
  ])('are not compared over %s', async (_, documents, words) => {
    const { texts } = await scored(documents);
    expect(texts.filter((text) => text.includes(words))).toEqual([]);
    expect(texts).toContain('Net assets of £250,000 on 31 March 2025.');
  });

  it('show money of another currency as it is', async () => {
    const { texts } = await scored([accounts(GROWING, { currency: 'EUR' })]);
    expect(texts).toContain('Net assets of EUR 250,000 on 31 March 2025.');
  });

  it('make no leap of one person more', async () => {
    const employees = async (now: number, before: number) =>
      (await scored([accounts({ employees: [now, before] })])).growth?.rules[0]?.points;
    expect(await employees(3, 2)).toBe(await employees(11, 10));
    expect(await employees(4, 2)).toBeGreaterThan(Number(await employees(3, 2)));
  });

  it('of years ago say nothing about growth today', async () => {
    const ctx = contextOf(answers('total-exemption-full', [accounts(GROWING)]), '2028-01-01');
    const growth = (await scoreIn(ctx, NUMBER)).components.find(({ name }) => name === 'growth');
    expect(growth?.rules.filter(({ origin }) => origin.source === 'accounts.figures')).toEqual([]);
  });

  it('speak for a budget and a need where no event does', async () => {
    const { bant } = await scored([accounts(GROWING)]);
    expect(bant?.rules.map(({ text }) => text)).toEqual([
      'Budget indicated: cash of £90,000 on the balance sheet of 31 March 2025.',
      expect.stringContaining('Authority indicated: the register names Jane Example'),
      'Need indicated: the number of employees grew by 27.3%, and a larger company outgrows what it has.',
    ]);
    expect(bant).toMatchObject({ score: 45, reachable: 100 });
  });
});
