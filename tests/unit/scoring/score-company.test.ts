import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { companyScoreSchema } from '@/lib/scoring/schema';
import { WEIGHTS } from '@/lib/scoring/weights';
import { contextOf, demoAnswers, history, type RawAnswers } from '../../support/register-sources';
import { scoreIn } from '../../support/score-in';
import { hasSharedData, sharedData } from '../../support/shared-data';

const PROFILE = {
  company_name: 'EXAMPLE LTD',
  company_number: 'DM000099',
  company_status: 'active',
  date_of_creation: '2010-05-04',
  accounts: { overdue: false, next_due: '2027-01-31', last_accounts: { type: 'small', made_up_to: '2026-04-30' } },
  confirmation_statement: { overdue: false, next_due: '2027-05-18' },
};
const DIRECTOR = { name: 'EXAMPLE, Jane', officer_role: 'director', appointed_on: '2012-01-09' };
const CS01 = {
  transaction_id: 'a',
  type: 'CS01',
  date: '2026-05-10',
  description: 'confirmation-statement-with-no-updates',
};
const SOUND: RawAnswers = {
  'companies_house.profile': PROFILE,
  'companies_house.officers': { items: [DIRECTOR] },
  'companies_house.filing_history': history([CS01]),
};
const down = { unavailable: 'Companies House did not answer.' };

const score = (answers: RawAnswers, companyNumber = 'DM000099') => scoreIn(contextOf(answers), companyNumber);
const component = async (answers: RawAnswers, name: string) =>
  (await score(answers)).components.find((candidate) => candidate.name === name);
const withProfile = (change: object): RawAnswers => ({
  ...SOUND,
  'companies_house.profile': { ...PROFILE, ...change },
});

describe('the score of a company', () => {
  it('is the weighted mean of what the register supports, and says what was not scored and why', async () => {
    const result = await score(SOUND);
    expect(result.components.map(({ name, score: points }) => [name, points])).toEqual([
      ['financial', 100],
      ['growth', 32],
      ['industry', null],
      ['technology', null],
      ['engagement', null],
      ['bant', 15],
    ]);
    expect(result.coverage).toBe(0.55);
    expect(result.overall).toBe(Math.round((100 * 0.25 + 32 * 0.2 + 15 * 0.1) / 0.55));
    for (const part of result.components.slice(2, 4)) {
      expect(part.not_scored_reason).toContain('No ideal customer profile says which');
    }
    expect(Object.values(WEIGHTS).reduce((total, weight) => total + weight, 0)).toBeCloseTo(1);
  });

  it('is no number when less than half of the weights could be scored', async () => {
    const result = await score({ ...SOUND, 'companies_house.filing_history': down });
    expect(result).toMatchObject({ overall: null, coverage: 0.35, verdict: 'insufficient evidence' });
    expect(result.components[1]?.not_scored_reason).toContain('did not answer');
  });

  it('gives every rule its evidence', async () => {
    const rules = (await score(SOUND)).components.flatMap((scored) => scored.rules);
    expect(rules.length).toBeGreaterThan(6);
    for (const rule of rules) {
      expect(rule).toMatchObject({ origin: { source: expect.stringContaining('companies_house.') } });
      expect(rule.locator).toMatch(/^\$/);
      expect(rule.snippet).not.toBe('');
    }
  });

  it('takes points off for filings that are overdue', async () => {
    const late = { accounts: { overdue: true, next_due: '2026-01-31' }, confirmation_statement: { overdue: true } };
    const financial = await component(withProfile(late), 'financial');
    expect(financial?.score).toBe(27);
    expect(financial?.rules.map(({ text }) => text)).toContain('Accounts are overdue since 31 January 2026.');
  });

  it('does not take points off because little has to be disclosed', async () => {
    const micro = { accounts: { ...PROFILE.accounts, last_accounts: { type: 'micro-entity' } } };
    expect((await component(withProfile(micro), 'financial'))?.score).toBe(100);
  });

  it('gives no points for accounts whose day has passed, though the register has not raised its flag', async () => {
    const passed = {
      accounts: { ...PROFILE.accounts, next_due: '2026-01-31' },
      confirmation_statement: { overdue: false, next_due: '2026-02-28' },
    };
    const financial = await component(withProfile(passed), 'financial');
    expect(financial?.rules.filter(({ text }) => text.includes('was due') || text.includes('were due'))).toMatchObject([
      { text: 'Accounts were due by 31 January 2026, yet the register does not mark them as overdue.', points: 0 },
      {
        text: 'The confirmation statement was due by 28 February 2026, yet the register does not mark it as overdue.',
        points: 0,
      },
    ]);
  });

  it('counts no years after the end of a company', async () => {
    const ended = { company_status: 'dissolved', date_of_creation: '1862-09-24', date_of_cessation: '2018-07-10' };
    const texts = (await component(withProfile(ended), 'financial'))?.rules.map(({ text }) => text);
    expect(texts).toContain('The company was on the register for 155 full years, until 10 July 2018.');
    const unknown = await component(withProfile({ ...ended, date_of_cessation: null }), 'financial');
    expect(unknown?.rules.some(({ text }) => text.includes('full years'))).toBe(false);
  });

  it('says nothing of charges where the profile and the list contradict each other', async () => {
    const financial = await component(withProfile({ has_charges: true }), 'financial');
    expect(financial?.rules.some(({ text }) => text.includes('charge'))).toBe(false);
  });

  it('says what the type of the accounts means, without points', async () => {
    const group = { accounts: { ...PROFILE.accounts, last_accounts: { type: 'group' } } };
    expect((await component(withProfile(group), 'financial'))?.rules).toContainEqual(
      expect.objectContaining({
        text: 'The last accounts are group accounts: it heads a group, so a purchase may be made for more than this company.',
        points: 0,
      }),
    );
  });

  it('names accounts of one class once', async () => {
    const aa = (date: string) => ({
      type: 'AA',
      date,
      description: 'accounts-with-accounts-type-total-exemption-full',
    });
    const filings = history([aa('2026-07-01'), aa('2025-07-01')]);
    const growth = await component({ ...SOUND, 'companies_house.filing_history': filings }, 'growth');
    expect(growth?.rules.map(({ text }) => text)).toContain(
      'The last accounts are of the same class of size as those before (total exemption full).',
    );
  });

  it('counts charges from the charges list, whatever the profile says', async () => {
    const charges = { items: [{ status: 'outstanding' }, { status: 'fully-satisfied' }, { status: 'part-satisfied' }] };
    const answers = { ...withProfile({ has_charges: false }), 'companies_house.charges': charges };
    const texts = (await component(answers, 'financial'))?.rules.map(({ text }) => text);
    expect(texts).toContain('2 charges outstanding: the company has secured borrowing.');
  });

  it('applies no rule about charges that it could not read', async () => {
    const financial = await component({ ...SOUND, 'companies_house.charges': down }, 'financial');
    expect(financial?.rules.some(({ text }) => text.includes('charge'))).toBe(false);
  });

  it('sees growth in new shares, a larger board and a larger class of accounts', async () => {
    const filings = [
      {
        type: 'SH01',
        date: '2026-08-09',
        description: 'capital-allotment-shares',
        description_values: { date: '2026-08-01', capital: [{ figure: '999', currency: 'GBP' }] },
      },
      { type: 'AA', date: '2026-07-01', description: 'accounts-with-accounts-type-small' },
      { type: 'AA', date: '2025-07-01', description: 'accounts-with-accounts-type-micro-entity' },
    ];
    const officers = { items: [DIRECTOR, { ...DIRECTOR, name: 'SMITH, Jo', appointed_on: '2026-06-01' }] };
    const growth = await component(
      { ...SOUND, 'companies_house.filing_history': history(filings), 'companies_house.officers': officers },
      'growth',
    );
    expect(growth?.rules.map(({ points }) => points)).toEqual([8, 15, 15]);
    expect(JSON.stringify(growth)).not.toContain('999');
  });

  it('names the director who speaks for authority, without calling them the buyer', async () => {
    const bant = await component(SOUND, 'bant');
    expect(bant?.rules).toMatchObject([
      {
        text: expect.stringContaining('Jane Example; a statutory director is not automatically the buyer'),
        points: 15,
      },
    ]);
  });

  it('knows the timing from a fresh event, and the budget from new money', async () => {
    const loan = {
      transaction_id: 'm',
      type: 'MR01',
      date: '2026-11-05',
      description: 'mortgage-create-with-deed-with-charge-number-charge-creation-date',
      description_values: { charge_number: '1', charge_creation_date: '2026-11-01' },
    };
    const bant = await component({ ...SOUND, 'companies_house.filing_history': history([loan]) }, 'bant');
    expect(bant?.rules.map(({ text }) => text.split(':')[0])).toEqual([
      'Budget indicated',
      'Authority indicated',
      'Timing known',
    ]);
    expect(bant).toMatchObject({ score: 55, reachable: 100 });
  });
});

describe('what caps the score', () => {
  it.each([
    ['dissolved', 0, 'do not contact'],
    ['converted-closed', 0, 'do not contact'],
    ['liquidation', 10, 'weak lead'],
    ['administration', 10, 'weak lead'],
  ])('a company in the status %s gets at most %d', async (company_status, limit, verdict) => {
    const result = await score(withProfile({ company_status }));
    expect(result.overall).toBeLessThanOrEqual(limit);
    expect(result).toMatchObject({ verdict, caps: [{ limit }] });
  });

  it('a company that no longer exists is 0 even when hardly anything else is known', async () => {
    const result = await score({ 'companies_house.profile': { ...PROFILE, company_status: 'dissolved' } });
    expect(result).toMatchObject({ overall: 0, verdict: 'do not contact' });
  });

  it('what led to the end of a dissolved company is not told beside its end', async () => {
    const notice = { type: 'GAZ1', date: '2026-10-06', description: 'gazette-notice-compulsory' };
    const accounts = { ...PROFILE.accounts, last_accounts: { type: 'dormant' } };
    const profile = { ...PROFILE, company_status: 'dissolved', accounts };
    const filings = history([notice, CS01]);
    const gone = { ...SOUND, 'companies_house.profile': profile, 'companies_house.filing_history': filings };
    expect((await score(gone)).caps).toMatchObject([{ limit: 0, locator: '$.company_status' }]);
    const living = { ...gone, 'companies_house.profile': { ...profile, company_status: 'active' } };
    expect((await score(living)).caps.map(({ limit }) => limit)).toEqual([25, 20]);
  });

  it('a live first Gazette notice caps at 25, and an ended one does not', async () => {
    const notice = { type: 'GAZ1', date: '2026-10-06', description: 'gazette-notice-compulsory' };
    const suspended = {
      type: 'DISS16(SOAS)',
      date: '2026-10-10',
      description: 'dissolved-compulsory-strike-off-suspended',
    };
    const ended = { type: 'DISS40', date: '2026-10-20', description: 'gazette-filings-brought-up-to-date' };
    const live = await score({ ...SOUND, 'companies_house.filing_history': history([suspended, notice, CS01]) });
    expect(live).toMatchObject({ overall: 25, caps: [{ limit: 25 }] });
    const over = await score({ ...SOUND, 'companies_house.filing_history': history([ended, suspended, notice, CS01]) });
    expect(over.caps).toEqual([]);
  });

  it('a proposal to strike off in the profile caps at 25 and dormant accounts at 20', async () => {
    expect(await score(withProfile({ company_status_detail: 'active-proposal-to-strike-off' }))).toMatchObject({
      overall: 25,
    });
    const dormant = { accounts: { ...PROFILE.accounts, last_accounts: { type: 'dormant' } } };
    expect(await score(withProfile(dormant))).toMatchObject({ overall: 20 });
  });
});

describe('scores of the demo companies', () => {
  const numbers = Array.from({ length: 12 }, (_, index) => `DM${String(index + 1).padStart(6, '0')}`);

  it.each(numbers)('%s gets the same well-formed score every time', async (companyNumber) => {
    const run = () => score(demoAnswers(companyNumber), companyNumber);
    const first = await run();
    expect(companyScoreSchema.parse(first)).toEqual(first);
    expect(JSON.stringify(await run())).toBe(JSON.stringify(first));
  });
});

describe.skipIf(!hasSharedData)('the score of a real company', () => {
  it('names its officers in reading order and shows no dates of birth', async () => {
    const json = (file: string) => JSON.parse(readFileSync(sharedData('ch-api-real/iwoca-07798925', file), 'utf8'));
    const result = await score(
      {
        'companies_house.profile': json('0_profile.json'),
        'companies_house.officers': json('1_officer-list.json'),
      },
      '07798925',
    );
    expect(JSON.stringify(result)).not.toMatch(/date_of_birth/);
    expect(result.components.find(({ name }) => name === 'financial')?.score).toBeGreaterThan(0);
  });
});
