import { describe, expect, it } from 'vitest';
import { readAccounts } from '@/lib/sources/accounts/read-accounts';
import { figureText } from '@/tests/support/accounts-reference';
import { context, taggedAccounts } from '@/tests/support/tagged-accounts';

const DAY = '<xbrli:instant>2025-03-31</xbrli:instant>';
const YEAR = '<xbrli:startDate>2024-04-01</xbrli:startDate><xbrli:endDate>2025-03-31</xbrli:endDate>';

function member(dimension: string, name: string): string {
  return `<xbrldi:explicitMember dimension="bus:${dimension}">bus:${name}</xbrldi:explicitMember>`;
}

describe('Filed accounts', () => {
  it('give figures of this year and the year before, each with its tag and context', () => {
    const reading = readAccounts(
      taggedAccounts({
        figures: [
          { tag: 'TurnoverRevenue', text: '6,573,139' },
          { tag: 'TurnoverRevenue', text: '9,795,754', context: 'before' },
          { tag: 'NetAssetsLiabilities', text: '4,334', scale: 3, context: 'now-day' },
          { tag: 'ProfitLoss', text: '17,377', negative: true },
          { tag: 'AverageNumberEmployeesDuringPeriod', text: '15', unit: 'pure' },
        ],
      }),
    );
    expect(reading.balance_sheet_date).toBe('2025-03-31');
    expect(reading.previous_date).toBe('2024-03-31');
    expect(reading.figures.turnover).toEqual({
      current: { tag: 'core:TurnoverRevenue', context: 'now' },
      previous: { tag: 'core:TurnoverRevenue', context: 'before' },
      problem: null,
    });
    expect(reading.facts['core:TurnoverRevenue']?.now).toEqual({
      text: '6,573,139',
      scale: null,
      sign: null,
      unit: 'GBP',
      pence: 657_313_900,
      count: null,
      start: '2024-04-01',
      end: '2025-03-31',
    });
    expect(figureText(reading, 'net_assets', 'current')).toBe('4334000 on 2025-03-31');
    expect(figureText(reading, 'profit_loss', 'current')).toBe('-17377 on 2025-03-31');
    expect(figureText(reading, 'employees', 'current')).toBe('15 on 2025-03-31');
    expect(reading.figures.gross_profit).toEqual({ current: null, previous: null, problem: null });
  });

  it('are the company’s own: figures of segments and of the group are left out, and the group is noticed', () => {
    const reading = readAccounts(
      taggedAccounts({
        contexts: [
          context('retail', '01234567', YEAR, member('OperatingSegmentsDimension', 'Retail')),
          context('group', '01234567', YEAR, member('GroupCompanyDataDimension', 'Consolidated')),
          context(
            'typed',
            '01234567',
            YEAR,
            '<xbrldi:typedMember dimension="bus:X"><bus:Y>1</bus:Y></xbrldi:typedMember>',
          ),
        ].join(''),
        figures: [
          { tag: 'TurnoverRevenue', text: '3,495,463', context: 'retail' },
          { tag: 'TurnoverRevenue', text: '7,530,515' },
          { tag: 'TurnoverRevenue', text: '99', context: 'typed' },
          { tag: 'GrossProfitLoss', text: '88', context: 'group' },
        ],
      }),
    );
    expect(figureText(reading, 'turnover', 'current')).toBe('7530515 on 2025-03-31');
    expect(figureText(reading, 'gross_profit', 'current')).toBe('');
    expect(reading).toMatchObject({ figures_of: 'company', has_group_figures: true });
  });

  it('name creditors by when they are due', () => {
    const within = member('MaturitiesOrExpirationPeriodsDimension', 'WithinOneYear');
    const after = member('MaturitiesOrExpirationPeriodsDimension', 'AfterOneYear');
    const reading = readAccounts(
      taggedAccounts({
        contexts: context('soon', '01234567', DAY, within) + context('late', '01234567', DAY, after),
        figures: [
          { tag: 'Creditors', text: '120', context: 'soon' },
          { tag: 'Creditors', text: '30', context: 'late' },
          { tag: 'Equity', text: '1', context: 'now-day' },
        ],
      }),
    );
    expect(figureText(reading, 'creditors_within_one_year', 'current')).toBe('120 on 2025-03-31');
    expect(figureText(reading, 'creditors_after_one_year', 'current')).toBe('30 on 2025-03-31');
    expect(figureText(reading, 'creditors', 'current')).toBe('');
  });

  it.each([
    [{ text: '0.02', unit: 'pure' }, 'less than one employee'],
    [{ text: '12', unit: 'money' }, 'an amount in GBP'],
    [{ text: '1', unit: 'pure', negative: true }, 'a negative number of employees'],
    [{ text: 'twelve', unit: 'pure' }, 'without a readable number'],
  ])('with an impossible number of employees (%o) give a reason in its place', (employees, reason) => {
    const reading = readAccounts(
      taggedAccounts({
        figures: [
          { tag: 'Equity', text: '1', context: 'now-day' },
          { tag: 'AverageNumberEmployeesDuringPeriod', ...employees },
        ],
      }),
    );
    expect(reading.figures.employees.current).toBeNull();
    expect(reading.figures.employees.problem).toContain(reason);
  });

  it('that repeat a figure are read once, and those that contradict themselves not at all', () => {
    const twice = (second: string) =>
      readAccounts(
        taggedAccounts({
          figures: [
            { tag: 'Equity', text: '5', scale: 3, context: 'now-day' },
            { tag: 'Equity', text: second, context: 'now-day' },
          ],
        }),
      ).figures.equity;
    expect(twice('5,000')).toMatchObject({ current: { tag: 'core:Equity' }, problem: null });
    expect(twice('5,001')).toMatchObject({ current: null, problem: expect.stringContaining('two different values') });
  });

  it('with figures of a month beside those of the year give those of the year', () => {
    const month = '<xbrli:startDate>2025-03-01</xbrli:startDate><xbrli:endDate>2025-03-31</xbrli:endDate>';
    const everything = '<xbrli:startDate>2015-03-01</xbrli:startDate><xbrli:endDate>2025-03-31</xbrli:endDate>';
    const reading = readAccounts(
      taggedAccounts({
        contexts: context('month', '01234567', month) + context('since', '01234567', everything),
        figures: [
          { tag: 'TurnoverRevenue', text: '10', context: 'month' },
          { tag: 'TurnoverRevenue', text: '120' },
          { tag: 'TurnoverRevenue', text: '900', context: 'since' },
        ],
      }),
    );
    expect(figureText(reading, 'turnover', 'current')).toBe('120 on 2025-03-31');
  });

  it('with texts in pieces are put together, without what is excluded and with nested facts', () => {
    const page = `<ix:nonNumeric name="bus:DescriptionPrincipalActivities" contextRef="now" continuedAt="c1"><p>Making
      <b>gar</b>den</p><ix:exclude>Page 3</ix:exclude></ix:nonNumeric><div>Page 4</div><ix:continuation id="c1"
      continuedAt="c1">sheds &amp; more&nbsp;sheds, for £<ix:nonFraction name="core:Equity" contextRef="now-day"
      unitRef="money">12</ix:nonFraction>.</ix:continuation>`;
    const reading = readAccounts(taggedAccounts({ page }));
    expect(reading.facts['bus:DescriptionPrincipalActivities']?.now?.text).toBe(
      'Making garden sheds & more sheds, for £12.',
    );
    expect(figureText(reading, 'equity', 'current')).toBe('12 on 2025-03-31');
  });

  it('do not take the filing software’s filler for an activity', () => {
    const page =
      '<ix:nonNumeric name="bus:DescriptionPrincipalActivities" contextRef="now">No description of principal activity</ix:nonNumeric>';
    const figures = [{ tag: 'Equity', text: '1', context: 'now-day' }];
    expect(readAccounts(taggedAccounts({ page, figures })).principal_activity).toBeNull();
  });

  it('in plain XBRL are read the same way', () => {
    const reading = readAccounts(`<?xml version="1.0"?>
<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:pt="http://www.xbrl.org/uk/fr/gaap/pt/2004-12-01"
  xmlns:gc="http://www.xbrl.org/uk/fr/gcd/2004-12-01" xmlns:iso4217="http://www.xbrl.org/2003/iso4217">
${context('a', '01234567', '<xbrli:instant>2016-09-30</xbrli:instant>')}
<xbrli:unit id="GBP"><xbrli:measure>iso4217:GBP</xbrli:measure></xbrli:unit>
<gc:BalanceSheetDate contextRef="a">2016-09-30</gc:BalanceSheetDate>
<pt:ShareholderFunds contextRef="a" unitRef="GBP">-100</pt:ShareholderFunds>
</xbrli:xbrl>`);
    expect(reading).toMatchObject({ kind: 'xbrl', balance_sheet_date: '2016-09-30' });
    expect(figureText(reading, 'equity', 'current')).toBe('-100 on 2016-09-30');
  });

  const whole = taggedAccounts({ figures: [{ tag: 'Equity', text: '1', context: 'now-day' }] });
  it.each([
    ['cut off', whole.slice(0, -40), 'cut off or damaged'],
    ['with a broken tag', whole.replace('</p>', '</q>'), 'cut off or damaged'],
    ['of a gateway', '<html><body>502 Bad Gateway</body></html>', 'no tagged facts'],
    ['that are a PDF', '%PDF-1.7 \u0000', 'cut off or damaged'],
    ['that are empty', '', 'cut off or damaged'],
    ['without figures', taggedAccounts({}), 'no figures of the company'],
    [
      'that would grow without end',
      `<!DOCTYPE x [<!ENTITY a "aaaa">]>${whole.slice(38)}`.replace('>1<', '>&a;<'),
      'no figures',
    ],
  ])('%s fail with a clear reason', (_, text, reason) => {
    expect(() => readAccounts(text)).toThrow(
      expect.objectContaining({ code: 'provider_contract', detail: expect.stringContaining(reason) }),
    );
  });
});
