import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectSignals } from '@/lib/signals/detect-signals';
import type { DetectedSignal } from '@/lib/signals/schema';
import { contextOf, history, type RawAnswers } from '../../support/register-sources';
import { hasSharedData, sharedData } from '../../support/shared-data';

type RealFiling = {
  transaction_id?: string;
  type: string;
  date: string;
  action_date?: string;
  description: string;
  description_values?: Record<string, unknown> | null;
};
type RealCompany = { number: string; createdOn: string | null; filings: RealFiling[]; answers: RawAnswers };

const WHOLE_HISTORY = 60_000;

/**
 * What each form means, written down from the register's own list of forms and independent of the detectors. Forms that
 * are not named are no event: accounts, confirmation statements, changed details, secretaries, second filings.
 */
const LABELS: Readonly<Record<string, string>> = {
  SH01: 'funding',
  AP01: 'executive_change',
  AP02: 'executive_change',
  TM01: 'executive_change',
  MR01: 'financial_event',
  MG01: 'financial_event',
  '395': 'financial_event',
  MR04: 'financial_event',
  AA01: 'financial_event',
  GAZ1: 'financial_event',
  'GAZ1(A)': 'financial_event',
  DISS40: 'financial_event',
  'DISS16(SOAS)': 'financial_event',
  CERTNM: 'financial_event',
  AD01: 'expansion',
};
/** Forms that open an insolvency: one event for the whole procedure. */
const INSOLVENCY_OPENINGS = new Set(['600', 'LIQ01', 'LIQ02', '4.20', '2.6', '2.7', 'AM01', 'COCOMP']);
/** Within weeks of the liquidator's appointment the company's office became the liquidator's: no expansion. */
const MOVES_TO_A_LIQUIDATOR = new Set(['MzE1MDcyMzgzMWFkaXF6a2N4', '10470287-1', '09219512-3']);

function json(...path: string[]) {
  return JSON.parse(readFileSync(sharedData(...path), 'utf8'));
}

function realCompanies(): RealCompany[] {
  const pfbHire = json('ch-api-real/herrbert74/filing_pfb_hire.json');
  return [
    company('07310390', '2010-07-09', pfbHire.items, {
      'companies_house.charges': json('ch-api-real/herrbert74/charges_pfb_hire.json'),
    }),
    company(
      '05382210',
      null,
      json('ch-api-real/mrbrianevans-examples/company_company_number_filing_history.json').items,
    ),
    company('02200605', null, json('ch-api-real/rikas-vcr/filing_histories_for_02200605_0.json').body.items),
    company('14190543', null, json('ch-api-real/herrbert74/filing_tell_aldi.json').items),
    company('06000000', null, json('ch-api-real/ons-filing-fetcher/simple_filing_history.json').items),
    company('07370553', '2010-09-09', allotments()),
    ...condensedCompanies(),
  ];
}

function company(
  number: string,
  createdOn: string | null,
  filings: RealFiling[],
  others: RawAnswers = {},
): RealCompany {
  const profile = { company_name: 'X', company_number: number, ...(createdOn ? { date_of_creation: createdOn } : {}) };
  const answers = {
    'companies_house.profile': profile,
    'companies_house.filing_history': history(filings),
    ...others,
  };
  return { number, createdOn, filings, answers };
}

function allotments(): RealFiling[] {
  const folder = 'sh01-allotments/07370553';
  return readdirSync(sharedData(folder)).map((name) => json(folder, name, 'metadata.json'));
}

/** Companies with their last five filings, kept by a public project without the register's transaction ids. */
function condensedCompanies(): RealCompany[] {
  const all: { companyNumber: string; incorporationDate: string; filingHistory: RealFiling[] }[] = json(
    'ch-api-derived/benpals-108-companies.json',
  );
  return all.map(({ companyNumber, incorporationDate, filingHistory }) =>
    company(
      companyNumber,
      incorporationDate,
      filingHistory.map((filing, index) => ({ ...filing, transaction_id: `${companyNumber}-${index}` })),
    ),
  );
}

/** Labels as `type:transaction`, and insolvencies as `insolvency:company`. */
function labelsOf({ number, createdOn, filings }: RealCompany): Set<string> {
  const born = createdOn ?? filings.find(({ type }) => type === 'NEWINC')?.date ?? '';
  const labels = filings.flatMap((filing) => {
    const label = LABELS[filing.type];
    const day = filing.action_date ?? filing.date;
    if (INSOLVENCY_OPENINGS.has(filing.type)) return [`insolvency:${number}`];
    if (label === undefined || day <= born || MOVES_TO_A_LIQUIDATOR.has(filing.transaction_id ?? '')) return [];
    return [`${label}:${filing.transaction_id}`];
  });
  return new Set(labels);
}

function foundIn({ number, filings }: RealCompany, signals: readonly DetectedSignal[]): Set<string> {
  const openings = new Set(filings.filter(({ type }) => INSOLVENCY_OPENINGS.has(type)).map((f) => f.transaction_id));
  return new Set(
    signals.map(({ dedupe_key, type }) => {
      const id = dedupe_key.slice(`${number}:${type}:`.length);
      return openings.has(id) ? `insolvency:${number}` : `${type}:${id}`;
    }),
  );
}

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
