import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { askRegister } from '@/lib/companies/from-register/ask-register';
import { toRegisterCompany } from '@/lib/companies/from-register/to-register-company';
import { chooseAmong } from '@/lib/companies/resolve/choose-among';
import { mergeFound } from '@/lib/companies/resolve/merge-found';
import type { Company, RegisterCompany } from '@/lib/companies/schema';
import { AppError } from '@/lib/errors';
import { companySearchSchema } from '@/lib/sources/companies-house/schema';
import { hasSharedData, sharedData } from '../../support/shared-data';

function entry(id: string, name: string, more: Partial<RegisterCompany> = {}): RegisterCompany {
  return {
    id,
    company_number: id,
    name,
    status: 'active',
    company_type: 'ltd',
    incorporated_on: null,
    dissolved_on: null,
    locality: null,
    postal_code: null,
    address_line: null,
    previous_names: [],
    is_demo: false,
    ...more,
  };
}

function company(id: string, name: string, more: Partial<Company> = {}): Company {
  const { address_line: _, ...shared } = entry(id, name);
  return {
    ...shared,
    status_detail: null,
    jurisdiction: null,
    country_of_origin: null,
    address: {},
    sic_codes: [],
    accounts_category: null,
    accounts_made_up_to: null,
    accounts_next_due: null,
    confirmation_made_up_to: null,
    confirmation_next_due: null,
    charges_total: null,
    charges_outstanding: null,
    completeness: null,
    enriched_at: null,
    register_read_at: null,
    created_at: '2026-11-01T00:00:00Z',
    updated_at: '2026-11-01T00:00:00Z',
    ...more,
  };
}

describe('what two searches found', () => {
  it('is one list by number: ours first, each company once', () => {
    const ours = [company('00000001', 'ALPHA LTD'), company('00000002', 'BETA LTD')];
    const found = mergeFound(ours, [entry('00000002', 'BETA LIMITED'), entry('00000003', 'GAMMA LTD')]);
    expect(found.map(({ id, name }) => [id, name])).toEqual([
      ['00000001', 'ALPHA LTD'],
      ['00000002', 'BETA LTD'],
      ['00000003', 'GAMMA LTD'],
    ]);
    expect(found[1]).toHaveProperty('created_at');
  });

  it('takes the name and the status that a company has on the register now', () => {
    const ours = [company('00000001', 'OLD NAME LTD', { previous_names: [{ name: 'OLDEST LTD' }] })];
    const [found] = mergeFound(ours, [entry('00000001', 'NEW NAME LTD', { status: 'liquidation' })]);
    expect(found).toMatchObject({
      name: 'NEW NAME LTD',
      status: 'liquidation',
      previous_names: [{ name: 'OLD NAME LTD' }, { name: 'OLDEST LTD' }],
    });
  });

  it('does not decide for our company by a name that another one bears on the register', () => {
    const ours = [company('00000001', 'ROVER LTD')];
    const register = [entry('00000001', 'FORMER ROVER LTD'), entry('00000002', 'ROVER LIMITED')];
    expect(chooseAmong('Rover Ltd', mergeFound(ours, register)).chosen?.company.id).toBe('00000002');
    expect(chooseAmong('Rover Ltd', mergeFound(ours, [entry('00000002', 'ROVER LIMITED')])).outcome).toBe('ambiguous');
  });

  it('is ours alone while the register is silent', () => {
    const ours = [company('00000001', 'ALPHA LTD')];
    expect(mergeFound(ours, [])).toEqual(ours);
  });
});

describe('a result of the register’s search', () => {
  it('is left out without a name or a usable number', () => {
    expect(toRegisterCompany({ company_number: '00000001', title: ' ' })).toBeNull();
    expect(toRegisterCompany({ company_number: 'ABC', title: 'ALPHA LTD' })).toBeNull();
  });

  it('names a former name only where the query was found in it, and never an address', () => {
    const base = { company_number: '00000001', title: 'ALPHA  LTD', address_snippet: '1, High Street, Leeds' };
    const former = (item: object) => toRegisterCompany({ ...base, ...item })?.previous_names;
    expect(former({ snippet: 'OMEGA ', matches: { snippet: [1, 5] } })).toEqual([{ name: 'OMEGA' }]);
    expect(former({ snippet: 'OMEGA', matches: { title: [1, 5] } })).toEqual([]);
    expect(former({ snippet: 'High Street', matches: { snippet: [1, 4] } })).toEqual([]);
  });

  it.skipIf(!hasSharedData)('is read from real answers of the register', () => {
    const read = (file: string) => {
      const answer = companySearchSchema.parse(JSON.parse(readFileSync(sharedData('ch-api-real', file), 'utf8')));
      return answer.items.map((item) => toRegisterCompany(item));
    };
    const all = [
      ...read('herrbert74/search_result_you.json'),
      ...read('mrbrianevans-examples/search_companies.json'),
      ...read('robinjfisher/search_companies.json'),
    ];
    const found = all.flatMap((item) => item ?? []);
    expect(found.length).toBeGreaterThan(30);
    expect(found[0]).toMatchObject({ id: '04475590', name: 'YOU LIMITED', status: 'active', locality: 'Beverley' });
    expect(found.filter(({ previous_names: names }) => names.length > 0).length).toBeGreaterThan(3);
    expect(found.at(-1)).toMatchObject({ id: '07577596', previous_names: [] });
  });
});

describe('asking the register while somebody waits', () => {
  it('gives up at the time limit and says so', async () => {
    const waiting = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    await expect(askRegister(20, waiting)).rejects.toMatchObject({
      code: 'register_unavailable',
      detail: expect.stringContaining('Companies House did not answer within 0.02 seconds'),
    });
  });

  it.each([
    ['misconfigured', 'Companies House key not configured', /key not configured\. An operator can set it/],
    [
      'provider_rejected',
      'Companies House refused our key (401)',
      /refused our key \(401\)\. An operator has to correct it/,
    ],
    ['provider_rate_limited', 'The job goes on by itself.', /^Companies House takes no more requests for now\. /],
    ['provider_unavailable', 'Companies House could not be reached', /does not mean that there is no such company/],
  ] as const)('says of %s that it could not look, and why', async (code, detail, expected) => {
    const retryAt = new Date('2026-11-30T12:00:00Z');
    const asked = askRegister(1_000, () => Promise.reject(new AppError(code, { detail, retryAt })));
    await expect(asked).rejects.toMatchObject({
      code: 'register_unavailable',
      detail: expect.stringMatching(expected),
      retryAt,
    });
  });

  it('lets through what is no failure of the register', async () => {
    const failing = () => Promise.reject(new AppError('database_unavailable'));
    await expect(askRegister(1_000, failing)).rejects.toMatchObject({ code: 'database_unavailable' });
  });
});
