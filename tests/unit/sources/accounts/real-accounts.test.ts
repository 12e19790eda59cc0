import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import { readAccounts } from '@/lib/sources/accounts/read-accounts';
import { compareWithReference, figureText } from '@/tests/support/accounts-reference';
import { GOLD, type GoldFigure, readGold, toTags } from '@/tests/support/financial-gold';
import { hasSharedData, sharedData } from '@/tests/support/shared-data';
import { taggedAccounts } from '@/tests/support/tagged-accounts';

/** Differences from the reference that were looked at; docs/evaluation.md says why each is right. */
const EXPLAINED = ['Prod223_2125_09627875_20170930.html', 'Prod223_2125_09676057_20170831.html'];
describe.skipIf(!hasSharedData)('Real filed accounts', () => {
  it('accounts/ons-2018, jstammers and vg2000 agree with reference-reading.csv for at least 98 % of the development rows', () => {
    const comparison = compareWithReference();
    expect(comparison.filings).toBeGreaterThan(100);
    expect(comparison.agreeing / comparison.filings).toBeGreaterThanOrEqual(0.98);
    expect(comparison.agreeingFigures / comparison.figures).toBeGreaterThanOrEqual(0.995);
    expect(new Set(comparison.differences.map(({ file }) => file.split('/')[1]))).toEqual(new Set(EXPLAINED));
  });

  it('state a turnover only where the reference has one', () => {
    const { withoutTurnover, filings, differences } = compareWithReference();
    expect(differences.filter(({ figure }) => figure.startsWith('turnover'))).toEqual([]);
    expect(withoutTurnover).toBeGreaterThan(filings * 0.95);
  });

  it('every plain XBRL file of accounts/ons-2018 is read, and names the company and the day of its file name', () => {
    const files = fs.readdirSync(sharedData('accounts', 'ons-2018')).filter((file) => file.endsWith('.xml'));
    expect(files.length).toBeGreaterThan(90);
    for (const file of files) {
      const reading = readAccounts(fs.readFileSync(sharedData('accounts', 'ons-2018', file), 'utf8'));
      const [, , number = '', day = ''] = file.replace('.xml', '').split('_');
      expect(reading.kind).toBe('xbrl');
      expect(parseCompanyNumber(reading.names_company ?? '')).toBe(number);
      expect(reading.balance_sheet_date.replaceAll('-', '')).toBe(day);
      expect(reading.figures.equity.current ?? reading.figures.net_assets.current, file).not.toBeNull();
    }
  });

  const gold = hasSharedData ? readGold() : [];

  it('of filed-narratives-gold/financials are all scans: none is machine-readable as it was filed', () => {
    expect(gold.length).toBeGreaterThan(15);
    expect(new Set(gold.map(({ metadata }) => metadata.text_source))).toEqual(new Set(['ocr']));
  });

  it('with the values of filed-narratives-gold/financials as tags come back to the penny, and what is missing stays missing', () => {
    let compared = 0;
    for (const { expected } of gold) {
      const years = expected.financial_period_summaries;
      const currency = years.current.turnover.unit?.slice(0, 3) ?? 'GBP';
      const reading = readAccounts(
        taggedAccounts({ currency, figures: [...toTags(years.current, 'now'), ...toTags(years.previous, 'before')] }),
      );
      for (const [name, [figure]] of Object.entries(GOLD)) {
        for (const year of ['current', 'previous'] as const) {
          // The names are keys of GOLD.
          const value = years[year][name as GoldFigure];
          const place = reading.figures[figure][year];
          const fact = place === null ? undefined : reading.facts[place.tag]?.[place.context];
          compared += 1;
          if (value.state === 'missing') expect(figureText(reading, figure, year)).toBe('');
          else if (figure === 'employees') expect(fact?.count).toBe(value.value_count);
          else
            expect(fact).toMatchObject({
              unit: currency,
              ...(value.value_pence !== null && { pence: value.value_pence }),
            });
        }
      }
    }
    expect(compared).toBeGreaterThan(200);
  });
});
