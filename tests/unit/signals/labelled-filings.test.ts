import { describe, expect, it } from 'vitest';
import { detectSignals } from '@/lib/signals/detect-signals';
import { kindsFound, labelledAccounts } from '../../support/labelled-accounts';
import {
  allotments,
  company,
  foundIn,
  labelsOf,
  type RealCompany,
  realCompanies,
  WHOLE_HISTORY,
} from '../../support/labelled-filings';
import { contextOf } from '../../support/register-sources';
import { hasSharedData } from '../../support/shared-data';

async function detectAll(company: RealCompany) {
  return detectSignals(contextOf(company.answers), { companyNumber: company.number, lookbackDays: WHOLE_HISTORY });
}

describe.skipIf(!hasSharedData)('signals in real filing histories', () => {
  it('finds at least 95 % of the labelled events and invents at most 5 %', async () => {
    let right = 0;
    const missed: string[] = [];
    const invented: string[] = [];
    for (const real of realCompanies()) {
      const labels = labelsOf(real);
      const found = foundIn(real, (await detectAll(real)).signals);
      right += [...labels].filter((label) => found.has(label)).length;
      missed.push(...[...labels].filter((label) => !found.has(label)));
      invented.push(...[...found].filter((label) => !labels.has(label)));
    }
    const precision = right / (right + invented.length);
    const recall = right / (right + missed.length);
    expect({ missed, invented }).toEqual({ missed: [], invented: [] });
    expect(right).toBeGreaterThan(100);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it('finds every large change in real filed accounts by another reading of them, and no other', async () => {
    const all = labelledAccounts();
    const labelled = all.flatMap(({ labels }) => [...labels]);
    const found = [];
    for (const { number, answers } of all) {
      const { signals } = await detectSignals(contextOf(answers), { companyNumber: number });
      found.push(...kindsFound(signals));
    }
    expect(found.sort()).toEqual(labelled.sort());
    expect(all.length).toBeGreaterThan(100);
    expect(found.length).toBeGreaterThan(20);
    // A hundred real documents are parsed.
  }, 30_000);

  it('never shows the total nominal capital of an allotment as if it were money raised', async () => {
    const real = company('07370553', '2010-09-09', allotments());
    const { signals } = await detectAll(real);
    const figures = allotments().flatMap(({ description_values }) => {
      const capital = description_values?.capital;
      return Array.isArray(capital) ? capital.map(({ figure }: { figure: string }) => figure) : [];
    });
    expect(signals).toHaveLength(7);
    for (const signal of signals) {
      const shown = `${signal.title} ${signal.why_it_matters} ${signal.snippet}`;
      for (const figure of figures) expect(shown).not.toContain(figure);
      expect(signal.title).not.toMatch(/£|GBP|raised/i);
    }
  });

  it('dates every event by the filing itself and never by the day of the run', async () => {
    for (const real of realCompanies()) {
      for (const signal of (await detectAll(real)).signals) {
        const written = JSON.stringify(real.answers);
        const twoDigits = `${signal.event_date.slice(8)}/${signal.event_date.slice(5, 7)}/${signal.event_date.slice(2, 4)}`;
        expect(written.includes(signal.event_date) || written.includes(twoDigits)).toBe(true);
        expect(signal.expires_on > signal.event_date).toBe(true);
      }
    }
  });

  it('says that an allotment was corrected by a second filing', async () => {
    const { signals } = await detectAll(company('07370553', '2010-09-09', allotments()));
    const corrected = signals.find(({ event_date }) => event_date === '2017-09-29');
    expect(corrected?.why_it_matters).toContain('A second filing of 13 November 2017 corrected it.');
    expect(corrected?.confidence).toBe(0.45);
  });

  it('names the lenders of new charges and takes their days from the charges list', async () => {
    const [pfbHire] = realCompanies();
    if (pfbHire === undefined) throw new Error('no companies');
    const titles = (await detectAll(pfbHire)).signals.map(({ title }) => title);
    expect(titles).toContain('New secured borrowing from Liberty Leasing PLC, created on 7 October 2014');
    // The filing of 14 April 2014 does not say when the charge was created.
    expect(titles).toContain('New secured borrowing from Calverton Finance Limited, created on 10 April 2014');
  });
});
