import { describe, expect, test } from 'vitest';
import { peopleIn } from '@/lib/privacy/people-in-report';
import { withoutPeople } from '@/lib/privacy/person-name';
import { checkReport } from '@/lib/research/groundedness';
import { reportDocumentSchema } from '@/lib/research/schema';
import { gapIn, researchWith, skippedAnswer, sourcesOf, textOf, valueIn } from './research-stand';

const NUMBER = '01234567';
const PROFILE = {
  company_name: 'SPECIMEN WORKS LIMITED',
  company_number: NUMBER,
  company_status: 'active',
  type: 'ltd',
  date_of_creation: '2012-05-01',
  confirmation_statement: { next_due: '2021-11-06', overdue: false },
};
const CORPORATE = 'corporate-entity-person-with-significant-control';

async function research(answers: Record<string, unknown>) {
  const all = { 'companies_house.profile': PROFILE, ...answers };
  const { document, dropped } = await researchWith(sourcesOf(all), NUMBER);
  expect({ dropped, violations: checkReport(document, all) }).toEqual({ dropped: [], violations: [] });
  return document;
}

function level(of: string, name: string, number: string) {
  return {
    of,
    company_number: number,
    kind: CORPORATE,
    name,
    natures_of_control: ['voting-rights-50-to-75-percent'],
    notified_on: '2019-02-03',
    identification: { registration_number: number, country_registered: 'England' },
  };
}
const LEVELS = [level(NUMBER, 'Specimen Group Limited', '00654321'), level('00654321', 'Specimen Top PLC', '00654322')];
const chain = (end: object, levels: object[] = LEVELS) => ({
  company_number: NUMBER,
  levels,
  end: { code: null, reason: null, ...end },
});
const OWNER = {
  items: [
    {
      kind: CORPORATE,
      name: 'Specimen Group Limited',
      natures_of_control: [
        'ownership-of-shares-75-to-100-percent',
        'voting-rights-75-to-100-percent',
        'right-to-appoint-and-remove-directors',
      ],
      notified_on: '2016-04-06',
      identification: { registration_number: '654321', place_registered: 'Companies House' },
    },
  ],
};

describe('control', () => {
  test('is said in English, with the levels above and the ultimate parent by the register', async () => {
    const document = await research({
      'companies_house.psc': OWNER,
      'companies_house.parent_chain': chain({ kind: 'people' }),
    });
    const text = textOf(document, 'ownership');
    expect(text).toContain(
      'Specimen Group Limited, which holds 75% or more of its shares and votes, and may appoint or remove its directors (on the register since 6 April 2016).',
    );
    expect(text).toContain('That company in turn has a parent, Specimen Top PLC (registration number 00654322).');
    expect(text).toContain('the ultimate parent of its group is Specimen Top PLC.');
    expect(valueIn(document, 'ownership', 'ultimate_parent')).toMatchObject({ registered_as: '00654322', lei: null });
  });

  test.each([
    ['abroad', 'not_disclosed'],
    ['not_listed', 'not_found'],
    ['not_read', 'source_failed'],
  ])('whose chain ends with %s leaves the ultimate parent open', async (kind, reason) => {
    const document = await research({ 'companies_house.psc': OWNER, 'companies_house.parent_chain': chain({ kind }) });
    expect(gapIn(document, 'ownership', 'ultimate_parent')).toMatchObject({ reason });
    expect(gapIn(document, 'ownership', 'ultimate_parent')?.detail).toContain('Specimen Top PLC');
  });

  test('by a minority holder names no parent company', async () => {
    const [owner] = OWNER.items;
    const items = [{ ...owner, natures_of_control: ['ownership-of-shares-25-to-50-percent'] }];
    const document = await research({
      'companies_house.psc': { items },
      'companies_house.parent_chain': chain({ kind: 'people' }, []),
    });
    expect(valueIn(document, 'ownership', 'parent_company')).toBeUndefined();
    expect(gapIn(document, 'ownership', 'ultimate_parent')?.detail).toContain('holds a majority');
  });

  const traded = (exempt_to?: string) => ({
    exemptions: {
      psc_exempt_as_trading_on_uk_regulated_market: {
        exemption_type: 'psc-exempt-as-trading-on-uk-regulated-market',
        items: [{ exempt_from: '2017-12-28', ...(exempt_to !== undefined && { exempt_to }) }],
      },
    },
  });

  test('that need not be named is answered by the exemption', async () => {
    const document = await research({ 'companies_house.exemptions': traded() });
    expect(valueIn(document, 'ownership', 'psc')).toMatchObject({ exempt_from: '2017-12-28' });
    expect(textOf(document, 'ownership')).toContain(
      'Since 28 December 2017 the company need not name who controls it: it has voting shares admitted to trading on a UK regulated market.',
    );
  });

  test('is open again when the exemption has ended', async () => {
    const document = await research({ 'companies_house.exemptions': traded('2020-12-28') });
    expect(gapIn(document, 'ownership', 'psc')).toMatchObject({ reason: 'not_found' });
  });
});

const RETURN = {
  reporting_year: 2024,
  employer_name: 'Specimen Works Limited',
  employer_id: '1',
  size_band: '250 to 499',
  mean_hourly_percent: 1,
  median_hourly_percent: 1,
  mean_bonus_percent: null,
  median_bonus_percent: null,
  responsible_person: 'Jane Invented (Corporate Affairs Director)',
  report_url: null,
  submitted_on: '2025-04-01',
  submitted_late: false,
};
const returnsOf = (row: object) => ({
  'gender_pay_gap.returns': { years: [2024], imported_at: '2026-01-01T00:00:00Z', returns: [row] },
});

describe('people in charge', () => {
  test('are who answers for the pay gap return, and lose their names like everybody else', async () => {
    const document = await research(returnsOf(RETURN));
    expect(valueIn(document, 'ownership', 'key_people')).toEqual([
      { name: 'Jane Invented', role: 'Corporate Affairs Director', source: 'gender_pay_gap.returns' },
    ]);
    expect(textOf(document, 'ownership')).toContain(
      'Jane Invented (Corporate Affairs Director) answers for its gender pay gap return for 2024 to 2025.',
    );
    const names = peopleIn([document]);
    expect(names).toContain('Jane Invented');
    const without = reportDocumentSchema.parse(withoutPeople(document, names));
    expect(JSON.stringify(without)).not.toContain('Invented');
    expect(checkReport(without)).toEqual([]);
  });

  test('are not made up from a return without a title', async () => {
    const document = await research(returnsOf({ ...RETURN, responsible_person: 'tbc tbc (tbc)' }));
    expect(gapIn(document, 'ownership', 'key_people')?.detail).toContain('names nobody with a title');
  });
});

describe('the registered address', () => {
  const address = (others: number) => ({
    'register_file.same_address': {
      is_imported: true,
      file_of: '2026-11-01',
      imported_at: '2026-11-02T00:00:00Z',
      office: { line_1: '1 Sample Street', postal_code: 'ZZ1 1ZZ', others },
    },
  });

  test.each([
    [0, false, 'No other company of the imported register file of 1 November 2026 shares this registered address.'],
    [49, false, '49 other companies of the imported register file of 1 November 2026 share this registered address.'],
    [1000, true, 'At least 1,000 other companies of the imported register file of 1 November 2026 share this'],
  ])('with %i other companies is told with the number', async (others, isMany, sentence) => {
    const document = await research(address(others));
    expect(valueIn(document, 'risk', 'mass_registration_address')).toBe(isMany);
    expect(textOf(document, 'risk')).toContain(sentence);
  });

  test('is not judged where the file was never imported', async () => {
    const document = await research({ 'register_file.same_address': skippedAnswer('register_file.same_address') });
    expect(gapIn(document, 'risk', 'mass_registration_address')).toMatchObject({ reason: 'not_configured' });
  });
});

describe('directors who left', () => {
  const director = (name: string, resigned_on?: string) => ({
    name: `${name}, Sample`,
    officer_role: 'director',
    appointed_on: '2015-01-01',
    ...(resigned_on !== undefined && { resigned_on }),
  });
  const board = (...items: object[]) => ({ 'companies_house.officers': { items } });

  test('are a risk where they were half of the board or more', async () => {
    const document = await research(board(director('A', '2026-03-01'), director('B', '2026-04-01'), director('C')));
    expect(textOf(document, 'risk')).toContain('Of the 3 directors in office a year ago, 2 have left since.');
  });

  test('are no risk when one of a few goes, or when it was long ago', async () => {
    const document = await research(board(director('A', '2026-03-01'), director('B', '2020-04-01'), director('C')));
    expect(textOf(document, 'risk')).not.toContain('have left since');
  });
});

test('a date that has passed is not called the next, and no sentence of the two sections is long', async () => {
  const document = await research({
    'companies_house.psc': OWNER,
    'companies_house.charges': {
      items: [{ status: 'outstanding', created_on: '2026-09-30', persons_entitled: [{ name: 'Specimen Bank PLC' }] }],
    },
  });
  const text = textOf(document, 'risk');
  expect(text).toContain(
    'The next confirmation statement was due by 6 November 2021, yet the register marks it as not overdue.',
  );
  expect(text).toContain('It has 1 registered charge, which is outstanding.');
  expect(text).toContain('That charge was created on 30 September 2026, in favour of Specimen Bank PLC.');
  const sentences = `${text}\n${textOf(document, 'ownership')}`
    .split('\n')
    .filter((line) => !/^(Not|Does not) /.test(line));
  expect(sentences.filter((sentence) => sentence.split(' ').length > 40)).toEqual([]);
});
