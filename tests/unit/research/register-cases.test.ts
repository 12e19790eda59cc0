import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkReport, type Payloads } from '@/lib/research/groundedness';
import { hasSharedData, sharedData } from '@/tests/support/shared-data';
import { gapIn, researchWith, sourcesOf, textOf, valueIn } from './research-stand';

const NUMBER = '01234567';
const PROFILE = {
  company_name: 'SPECIMEN WORKS LIMITED',
  company_number: NUMBER,
  company_status: 'active',
  type: 'ltd',
  jurisdiction: 'england-wales',
  date_of_creation: '2012-05-01',
  registered_office_address: { address_line_1: '1 Sample Street', locality: 'Sampleton', postal_code: 'ZZ1 1ZZ' },
};

/** Researches a company about which the register says just this, and checks every sentence. */
async function research(profile: object, others: Record<string, unknown> = {}) {
  const answers = { 'companies_house.profile': { ...PROFILE, ...profile }, ...others };
  const { document, dropped } = await researchWith(sourcesOf(answers), NUMBER);
  const payloads: Payloads = answers;
  expect({ dropped, violations: checkReport(document, payloads) }).toEqual({ dropped: [], violations: [] });
  return document;
}

function charge(index: number, more: object = {}) {
  return {
    status: 'outstanding',
    created_on: `2020-01-${String(index + 10)}`,
    charge_number: index + 1,
    classification: { type: 'charge-description', description: 'A registered charge' },
    persons_entitled: [{ name: 'Specimen Lending PLC' }],
    ...more,
  };
}

describe('charges', () => {
  test('are counted from the list when the entry denies them, and both sides are told', async () => {
    const items = Array.from({ length: 15 }, (_, index) =>
      charge(index, index < 3 ? { status: 'fully-satisfied' } : {}),
    );
    const document = await research({ has_charges: false }, { 'companies_house.charges': { items } });
    expect(valueIn(document, 'risk', 'charges_total')).toBe(15);
    expect(valueIn(document, 'risk', 'charges_outstanding')).toBe(12);
    expect(textOf(document, 'risk')).toContain('Of 15 registered charges, 12 are outstanding.');
    expect(textOf(document, 'risk')).toContain(
      'its entry says that the company has no charges, while the list itself shows 15 charges',
    );
    const total = document.statements.find(({ field }) => field === 'charges_total');
    const flag = document.statements.find(({ field }) => field === 'has_charges_flag');
    expect(total).toMatchObject({ conflicts: [flag?.id], confidence: 0.588 });
    expect(flag?.conflicts).toContain(total?.id);
  });

  test('that are all paid off are not called outstanding', async () => {
    const items = [charge(0, { status: 'fully-satisfied', satisfied_on: '2021-02-03' })];
    const document = await research({ has_charges: true }, { 'companies_house.charges': { items } });
    expect(textOf(document, 'risk')).toContain('Its 1 registered charge is not outstanding any more.');
  });
});

describe('control', () => {
  const controlledBy = (item: object) => ({ 'companies_house.psc': { items: [item] } });

  test('by a company names it with its eight-character number', async () => {
    const document = await research(
      {},
      controlledBy({
        kind: 'corporate-entity-person-with-significant-control',
        name: 'Specimen Group Limited',
        natures_of_control: ['ownership-of-shares-75-to-100-percent'],
        notified_on: '2016-04-06',
        identification: { registration_number: '654321', place_registered: 'Companies House' },
      }),
    );
    expect(valueIn(document, 'ownership', 'parent_company')).toMatchObject({ registration_number: '00654321' });
    expect(textOf(document, 'ownership')).toContain('Specimen Group Limited (registration number 00654321)');
  });

  test('by a protected person says so without a name', async () => {
    const document = await research(
      {},
      controlledBy({
        kind: 'super-secure-person-with-significant-control',
        description: 'super-secure-persons-with-significant-control',
        ceased: false,
      }),
    );
    expect(textOf(document, 'ownership')).toContain('A controller whose details the register protects');
  });

  test('that has ended is not stated', async () => {
    const document = await research(
      {},
      controlledBy({
        kind: 'individual-person-with-significant-control',
        name: 'Mr Former Owner',
        ceased_on: '2020-01-01',
      }),
    );
    expect(gapIn(document, 'ownership', 'psc')?.reason).toBe('not_found');
    expect(JSON.stringify(document)).not.toContain('Former');
  });

  test('that the company states to be with nobody answers the question', async () => {
    const statements = {
      items: [{ statement: 'no-individual-or-entity-with-signficant-control', notified_on: '2017-06-30' }],
    };
    const document = await research({}, { 'companies_house.psc_statements': statements });
    expect(valueIn(document, 'ownership', 'psc')).toMatchObject([{ notified_on: '2017-06-30' }]);
  });
});

describe('accounts', () => {
  test('of a young company are not missing but not due', async () => {
    const document = await research({ date_of_creation: '2026-03-01' });
    expect(gapIn(document, 'financials', 'accounts_type')).toMatchObject({ reason: 'not_applicable' });
    expect(gapIn(document, 'financials', 'turnover')).toMatchObject({ reason: 'not_applicable' });
  });

  test('that the register does not mention are not disclosed', async () => {
    const document = await research({ accounts: { last_accounts: { type: 'null' }, overdue: false } });
    expect(gapIn(document, 'financials', 'accounts_type')).toMatchObject({ reason: 'not_disclosed' });
    expect(JSON.stringify(document.statements)).not.toContain('Null');
  });

  test('of an unusual length state it', async () => {
    const last_accounts = {
      type: 'full',
      made_up_to: '2025-03-31',
      period_start_on: '2024-01-01',
      period_end_on: '2025-03-31',
    };
    const document = await research({ accounts: { last_accounts } });
    expect(textOf(document, 'financials')).toContain('They cover 15 months, from 1 January 2024 to 31 March 2025.');
  });

  test('whose due date has passed without a flag are neither called late nor on time by us', async () => {
    const document = await research({ accounts: { next_due: '2026-06-30', overdue: false } });
    expect(textOf(document, 'financials')).toContain(
      'The next accounts were due by 30 June 2026, yet the register marks them as not overdue.',
    );
  });

  test('count as filed on the day of the first filing for the period, not of a later amendment', async () => {
    const filing = (type: string, date: string) => ({
      type,
      date,
      category: 'accounts',
      description: 'accounts-with-accounts-type-micro-entity',
      description_values: { made_up_date: '2025-03-31' },
    });
    const document = await research(
      { accounts: { last_accounts: { type: 'micro-entity', made_up_to: '2025-03-31' } } },
      { 'companies_house.filing_history': { items: [filing('AAMD', '2026-02-01'), filing('AA', '2025-12-01')] } },
    );
    expect(valueIn(document, 'financials', 'accounts_filed_on')).toBe('2025-12-01');
  });
});

describe('the register entry', () => {
  test('with instants for dates is read by their date', async () => {
    const document = await research({ date_of_creation: '2012-05-01T00:00:00.000Z' });
    expect(valueIn(document, 'identity', 'incorporated_on')).toBe('2012-05-01');
  });

  test('with several former names counts them', async () => {
    const previous_company_names = [
      { name: 'SPECIMEN TWO LIMITED', effective_from: '2015-01-01', ceased_on: '2024-02-03' },
      { name: 'SPECIMEN ONE LIMITED', effective_from: '2012-05-01', ceased_on: '2015-01-01' },
    ];
    const document = await research({ previous_company_names });
    expect(textOf(document, 'identity')).toContain(
      'It has had 2 earlier names; the last was SPECIMEN TWO LIMITED until 3 February 2024.',
    );
    expect(textOf(document, 'approach')).toContain('Until 3 February 2024 you were called SPECIMEN TWO LIMITED');
  });

  test('of an unknown kind of body is quoted, not bent', async () => {
    const document = await research({ type: 'some-new-kind' });
    expect(textOf(document, 'identity')).toContain('is registered as: some new kind');
  });
});

describe.skipIf(!hasSharedData)('controllers of the real register', () => {
  test('are told without their birth dates and addresses', async () => {
    const lines = readFileSync(sharedData('ch-api-real/psc-snapshot/psc-sample.jsonl'), 'utf8').trim().split('\n');
    const items = lines.map((line) => JSON.parse(line).data);
    for (let start = 0; start < Math.min(items.length, 400); start += 4) {
      await research({}, { 'companies_house.psc': { items: items.slice(start, start + 4) } });
    }
  }, 30_000);
});
