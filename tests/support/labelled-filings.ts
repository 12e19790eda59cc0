import { readdirSync, readFileSync } from 'node:fs';
import type { DetectedSignal } from '@/lib/signals/schema';
import { history, type RawAnswers } from './register-sources';
import { sharedData } from './shared-data';

type RealFiling = {
  transaction_id?: string;
  type: string;
  date: string;
  action_date?: string;
  description: string;
  description_values?: Record<string, unknown> | null;
};
export type RealCompany = { number: string; createdOn: string | null; filings: RealFiling[]; answers: RawAnswers };

/** Days to look back for everything. */
export const WHOLE_HISTORY = 60_000;

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

/** Real companies with the filings that were recorded of them. */
export function realCompanies(): RealCompany[] {
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

/** A company with filings, and other answers of the register. */
export function company(
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

/** The share allotments of 07370553, the largest recorded set. */
export function allotments(): RealFiling[] {
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
export function labelsOf({ number, createdOn, filings }: RealCompany): Set<string> {
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

/** Signals in the form of the labels. */
export function foundIn({ number, filings }: RealCompany, signals: readonly DetectedSignal[]): Set<string> {
  const openings = new Set(filings.filter(({ type }) => INSOLVENCY_OPENINGS.has(type)).map((f) => f.transaction_id));
  return new Set(
    signals.map(({ dedupe_key, type }) => {
      const id = dedupe_key.slice(`${number}:${type}:`.length);
      return openings.has(id) ? `insolvency:${number}` : `${type}:${id}`;
    }),
  );
}
