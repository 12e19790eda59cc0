import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import {
  chargeListSchema,
  companyProfileSchema,
  companySearchSchema,
  filingHistorySchema,
  insolvencySchema,
  officerListSchema,
  pscListSchema,
  pscStatementListSchema,
} from '@/lib/sources/companies-house/schema';
import { realAnswers } from '../../support/real-recordings';
import { hasSharedData, sharedData } from '../../support/shared-data';

const SCHEMAS: Record<string, z.ZodType> = {
  profile: companyProfileSchema,
  officers: officerListSchema,
  'filing-history': filingHistorySchema,
  'persons-with-significant-control': pscListSchema,
  'persons-with-significant-control-statements': pscStatementListSchema,
  charges: chargeListSchema,
  insolvency: insolvencySchema,
};

const json = (...path: string[]): unknown => JSON.parse(readFileSync(sharedData(...path), 'utf8'));
const problemsOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues ?? [];

describe.skipIf(!hasSharedData)('real answers of the register', () => {
  const answers = hasSharedData ? realAnswers().filter(({ resource }) => resource in SCHEMAS) : [];

  it('are there for every kind of document', () => {
    expect(new Set(answers.map(({ resource }) => resource))).toEqual(new Set(Object.keys(SCHEMAS)));
  });

  it.each(answers.map(({ file, resource, body }) => ({ file, resource, body })))(
    '$file is read as $resource, with every member kept',
    ({ resource, body }) => {
      const schema = SCHEMAS[resource] ?? z.never();
      expect(problemsOf(schema, body)).toEqual([]);
      expect(schema.parse(body)).toEqual(body);
    },
  );

  it.each([
    'herrbert74/search_result_you.json',
    'mrbrianevans-examples/search_companies.json',
    'robinjfisher/search_companies.json',
  ])('%s is read as search results', (file) => {
    expect(problemsOf(companySearchSchema, json('ch-api-real', file))).toEqual([]);
  });

  it('of the daily snapshot of owners are read one by one', () => {
    const lines = readFileSync(sharedData('ch-api-real/psc-snapshot/psc-sample.jsonl'), 'utf8').trim().split('\n');
    for (const line of lines) {
      const { data, company_number } = z
        .object({ company_number: z.string(), data: z.unknown() })
        .parse(JSON.parse(line));
      expect(problemsOf(pscListSchema, { items: [data] })).toEqual([]);
      expect(parseCompanyNumber(company_number)).toBe(company_number);
    }
  });

  it('can say two things at once: a company in liquidation that "has not been liquidated"', () => {
    const profile = companyProfileSchema.parse({
      company_name: 'EXAMPLE',
      company_number: '03782379',
      company_status: 'liquidation',
      has_been_liquidated: false,
    });
    expect(profile).toMatchObject({ company_status: 'liquidation', has_been_liquidated: false });
  });

  it('repeat the status in older profiles, which does no harm', () => {
    const older = answers.filter(
      ({ resource, body }) => resource === 'profile' && z.looseObject({ status: z.string() }).safeParse(body).success,
    );
    expect(older.length).toBeGreaterThan(0);
    for (const { body } of older) expect(companyProfileSchema.parse(body).company_status).toBe('active');
  });

  it('use categories of filings that the published description does not list', () => {
    const published = new Set([
      'accounts',
      'address',
      'annual-return',
      'capital',
      'change-of-name',
      'incorporation',
      'liquidation',
      'miscellaneous',
      'mortgage',
      'officers',
      'resolution',
    ]);
    const histories = answers.filter(({ resource }) => resource === 'filing-history');
    const used = histories.flatMap(({ body }) =>
      filingHistorySchema.parse(body).items.map(({ category }) => category ?? ''),
    );
    expect(used.filter((category) => !published.has(category))).toEqual(
      expect.arrayContaining(['gazette', 'historical', 'insolvency', 'persons-with-significant-control']),
    );
  });

  it('write words where a date belongs, which are read as no date', () => {
    const found = companySearchSchema.parse(json('ch-api-real/mrbrianevans-examples/search_companies.json'));
    const unknown = found.items.filter((item) => item.date_of_cessation === null);
    expect(unknown).toHaveLength(1);
    const profile = {
      company_name: 'A',
      company_number: '1',
      date_of_creation: '2021-02-31',
      date_of_cessation: '2021-02-28',
    };
    expect(companyProfileSchema.parse(profile)).toMatchObject({
      date_of_creation: null,
      date_of_cessation: '2021-02-28',
    });
  });

  it('describe charges with objects where the published description says lists', () => {
    const charges = answers
      .filter(({ resource }) => resource === 'charges')
      .flatMap(({ body }) => chargeListSchema.parse(body).items);
    expect(charges.length).toBeGreaterThan(0);
    for (const charge of charges) expect(charge.classification?.description).toEqual(expect.any(String));
  });
});

describe.skipIf(!hasSharedData)("shapes from the register's own service tests", () => {
  const folder = 'ch-api-official-shapes';
  const files = hasSharedData ? readdirSync(sharedData(folder, 'psc-data-api')) : [];

  it.each(files.filter((file) => file.startsWith('get_')))(
    '%s is read as a person with significant control',
    (file) => {
      expect(problemsOf(pscListSchema, { items: [json(folder, 'psc-data-api', file)] })).toEqual([]);
    },
  );

  it.each(files.filter((file) => file.includes('list')))('%s is read as a list of them', (file) => {
    expect(problemsOf(pscListSchema, json(folder, 'psc-data-api', file))).toEqual([]);
  });

  it.each(['00006402-getCompanyProfile.json', '00006408-getCompanyProfile.json', '00006402-getCompanyDetail.json'])(
    '%s is read as a profile',
    (file) => {
      expect(problemsOf(companyProfileSchema, json(folder, 'company-profile-api', file))).toEqual([]);
    },
  );

  it('a stored charge is read as a charge', () => {
    for (const file of readdirSync(sharedData(folder, 'charges-data-api')).filter(
      (name) => !name.startsWith('Insolvency_Company'),
    )) {
      const stored = z.object({ data: z.unknown() }).parse(json(folder, 'charges-data-api', file));
      expect(problemsOf(chargeListSchema, { items: [stored.data] })).toEqual([]);
    }
  });
});

describe('answers that do not fit', () => {
  it.each([
    ['a profile without a name', companyProfileSchema, { company_number: '00000006' }],
    ['officers without a list', officerListSchema, { active_count: 3 }],
    [
      'an error document',
      filingHistorySchema,
      { errors: [{ error: 'company-profile-not-found', type: 'ch:service' }] },
    ],
  ])('%s is refused', (_name, schema, value) => {
    expect(problemsOf(schema, value)).not.toEqual([]);
  });
});
