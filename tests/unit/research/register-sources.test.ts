import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkReport } from '@/lib/research/groundedness';
import type { GleifEntity } from '@/lib/sources/gleif/schema';
import { exceptionAnswerSchema, leiAnswerSchema } from '@/lib/sources/gleif/schema';
import { hasSharedData, sharedData } from '@/tests/support/shared-data';
import { failedAnswer, gapIn, researchWith, sourcesOf, textOf, valueIn } from './research-stand';

const NUMBER = '06528297';
const PROFILE = {
  company_name: 'SPECIMEN WORKS LIMITED',
  company_number: NUMBER,
  company_status: 'active',
  type: 'ltd',
  jurisdiction: 'england-wales',
  date_of_creation: '2012-05-01',
  registered_office_address: { address_line_1: '1 Sample Street', locality: 'Sampleton', postal_code: 'ZZ1 1ZZ' },
  sic_codes: ['62012'],
};

/** Researches a company about which the sources say just this, and checks every sentence. */
async function research(others: Record<string, unknown>) {
  const answers = { 'companies_house.profile': PROFILE, ...others };
  const { document, dropped } = await researchWith(sourcesOf(answers), NUMBER);
  const payloads = Object.fromEntries(
    Object.entries(answers).filter(([, answer]) => !(answer instanceof Object && 'outcome' in answer)),
  );
  expect({ dropped, violations: checkReport(document, payloads) }).toEqual({ dropped: [], violations: [] });
  return document;
}

const award = (more: object = {}) => ({
  ocid: 'ocds-test-1',
  award_id: 'a-1',
  title: 'Grounds Maintenance 2026',
  buyer: 'Sampleton Borough Council',
  amount: 232_600.5,
  currency: 'GBP',
  awarded_on: '2026-10-15',
  published_on: '2026-10-20',
  starts_on: '2026-11-01',
  ends_on: '2028-10-31',
  supplier_name: 'Specimen Works Ltd',
  suppliers: 1,
  notice_url: 'https://www.contractsfinder.service.gov.uk/Notice/1',
  matched_by: 'company_number',
  ...more,
});
const awards = (...items: object[]) => ({
  looked_from: '2025-11-23T00:00:00Z',
  looked_to: '2026-11-23T00:00:00Z',
  read_at: '2026-11-23T08:00:00Z',
  damaged: 0,
  awards: items,
});
const notice = (more: object = {}) => ({
  id: '5185493',
  code: '2450',
  kind: 'Petitions to Wind Up (Companies)',
  company_name: 'SPECIMEN WORKS LIMITED',
  published_on: '2026-11-02',
  url: 'https://www.thegazette.co.uk/notice/5185493',
  matched_by: 'company_number',
  ...more,
});

describe('public contracts', () => {
  const answer = { 'contracts_finder.awards': awards(award(), award({ award_id: 'a-2', title: 'Tree Work' })) };

  test('are told with buyer, day and value, each citing its own notice', async () => {
    const document = await research(answer);
    expect(textOf(document, 'business')).toContain(
      'The contract “Grounds Maintenance 2026” for Sampleton Borough Council, worth £232,600.50, was awarded on 15 October 2026.',
    );
    expect(valueIn(document, 'business', 'public_sector_customers')).toEqual(['Sampleton Borough Council']);
    expect(document.sources.map(({ url }) => url)).toContain('https://www.contractsfinder.service.gov.uk/Notice/1');
  });

  test('are a buying signal, told once though two services announce them', async () => {
    const both = { ...answer, 'find_a_tender.awards': awards(award({ ocid: 'ocds-other-1' })) };
    const { signals } = await research(both);
    expect(signals.filter(({ title }) => title.startsWith('Public contract'))).toMatchObject([
      { type: 'expansion', event_date: '2026-10-15', confidence: 0.9, expires_on: '2027-04-13' },
      { title: 'Public contract awarded by Sampleton Borough Council on 15 October 2026: Tree Work' },
    ]);
  });

  test('found by name and postcode are trusted less', async () => {
    const document = await research({ 'contracts_finder.awards': awards(award({ matched_by: 'name_and_postcode' })) });
    expect(document.signals.find(({ title }) => title.startsWith('Public'))?.confidence).toBe(0.8);
    const stated = document.statements.find(({ field }) => field === 'contract_awards');
    expect(stated?.confidence).toBeLessThan(0.9);
  });

  test('that could not be looked for are not said to be none', async () => {
    const document = await research({ 'find_a_tender.awards': failedAnswer('find_a_tender.awards', 'It was down.') });
    expect(gapIn(document, 'business', 'public_sector_customers')).toMatchObject({
      reason: 'source_failed',
      tried: ['find_a_tender.awards'],
    });
  });
});

describe('The Gazette', () => {
  test('is quoted with the kind and day of a notice about the company', async () => {
    const document = await research({ 'gazette.notices': { notices: [notice()] } });
    expect(textOf(document, 'risk')).toContain('“Petitions to Wind Up (Companies)” of 2 November 2026');
    expect(valueIn(document, 'risk', 'gazette_petitions')).toBe(1);
  });

  test('tells a notice that only bears the name apart', async () => {
    const document = await research({ 'gazette.notices': { notices: [notice({ matched_by: 'name' })] } });
    expect(textOf(document, 'risk')).toContain('a company of exactly this name, whose number the notice does not give');
    const list = document.statements.find(({ field }) => field === 'gazette_notice_list');
    expect(list?.confidence).toBeCloseTo(0.588, 3);
  });

  test('that has nothing is said to have nothing, with the day', async () => {
    const document = await research({});
    expect(textOf(document, 'risk')).toContain('The Gazette has no insolvency notice as of 23 November 2026');
    expect(valueIn(document, 'risk', 'gazette_notices')).toBe(0);
  });

  test('that is down leaves a gap', async () => {
    const document = await research({ 'gazette.notices': failedAnswer('gazette.notices') });
    expect(gapIn(document, 'risk', 'gazette_petitions')?.reason).toBe('source_failed');
    expect(textOf(document, 'risk')).not.toContain('has no insolvency notice');
  });
});

describe('gender pay gap returns', () => {
  const data = (more: object = {}) => ({
    years: [2021],
    imported_at: '2026-11-01T00:00:00Z',
    returns: [
      {
        reporting_year: 2021,
        employer_name: 'SPECIMEN WORKS LIMITED',
        employer_id: '19070',
        size_band: '5000 to 19,999',
        mean_hourly_percent: 8.5,
        median_hourly_percent: -4.4,
        mean_bonus_percent: null,
        median_bonus_percent: null,
        responsible_person: 'Ada Example (Managing Director)',
        report_url: null,
        submitted_on: '2022-03-31',
        submitted_late: false,
        ...more,
      },
    ],
  });

  test('give the size band, the gap with its side, and who answers for it', async () => {
    const document = await research({ 'gender_pay_gap.returns': data() });
    const text = textOf(document, 'business');
    expect(text).toContain(
      'The company reports 5000 to 19,999 employees in its gender pay gap return for 2021 to 2022.',
    );
    expect(text).toContain("women's median hourly pay was 4.4% above men's");
    expect(text).toContain('The person responsible for its gender pay gap return is Ada Example (Managing Director).');
  });

  test('of an employer that did not give its size leave a gap', async () => {
    const document = await research({ 'gender_pay_gap.returns': data({ size_band: null }) });
    expect(gapIn(document, 'business', 'employee_band')?.reason).toBe('not_disclosed');
  });
});

describe.skipIf(!hasSharedData)('GLEIF', () => {
  const read = (...parts: string[]): unknown => JSON.parse(readFileSync(sharedData('gleif', ...parts), 'utf8'));
  const record = () => leiAnswerSchema.parse(read('lei_records', 'single_lei_record_254900LNRYNOQ9YPU758.json')).data;

  test('names the ultimate parent that the company reports, and why it names no direct one', async () => {
    const ultimate = leiAnswerSchema.parse(read('lei_records', 'ultimate-parent_254900LNRYNOQ9YPU758.json')).data;
    const file = 'direct-parent-reporting-exception_254900LNRYNOQ9YPU758.json';
    const exception = exceptionAnswerSchema.parse(read('reporting_exceptions', file)).data;
    const entity: GleifEntity = {
      record: record(),
      direct_parent: { record: null, exception },
      ultimate_parent: { record: ultimate, exception: null },
    };
    const document = await research({ 'gleif.entity': entity });
    expect(valueIn(document, 'identity', 'lei')).toBe('254900LNRYNOQ9YPU758');
    expect(textOf(document, 'ownership')).toContain(
      'The ultimate parent of its group, as reported to GLEIF, is AMAZON.COM, INC. (US-DE).',
    );
    expect(gapIn(document, 'ownership', 'direct_parent')).toMatchObject({ reason: 'not_disclosed' });
    expect(gapIn(document, 'ownership', 'direct_parent')?.detail).toContain('the relationship is not public');
  });

  test('says that a company of natural persons has no parent', async () => {
    const file = 'direct-parent-reporting-exception_335800CCCPHKUOXPC332.json';
    const exception = exceptionAnswerSchema.parse(read('reporting_exceptions', file)).data;
    const none = { record: null, exception };
    const document = await research({
      'gleif.entity': { record: record(), direct_parent: none, ultimate_parent: none },
    });
    expect(gapIn(document, 'ownership', 'ultimate_parent')?.reason).toBe('not_applicable');
  });
});
