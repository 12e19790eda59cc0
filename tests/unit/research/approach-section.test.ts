import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkReport } from '@/lib/research/groundedness';
import type { ReportDocument } from '@/lib/research/schema';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { failedAnswer, gapIn, researchInSandbox, researchWith, sourcesOf, textOf, valueIn } from './research-stand';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ rateLimit: 100_000 });
});
afterAll(() => sandbox.close());

const demo = async (number: string) => (await researchInSandbox(sandbox.url, number, { isDemo: true })).document;

const PROFILE = { company_name: 'SPECIMEN LTD', company_number: '00000099', company_status: 'active', type: 'ltd' };
const DIRECTOR = { name: 'SAMPLE, Robin', officer_role: 'director', appointed_on: '2015-03-01', occupation: 'Joiner' };
const BORROWING = { type: 'MR01', date: '2026-10-02', description: 'mortgage-create-with-deed', transaction_id: 'm' };
const SHARES = {
  type: 'SH01',
  date: '2026-10-20',
  description: 'capital-allotment-shares',
  description_values: { date: '2026-10-12', capital: [{ figure: '100', currency: 'GBP' }] },
  transaction_id: 's',
};
const NOTICE = { type: 'GAZ1', date: '2026-10-06', description: 'gazette-notice-compulsory', transaction_id: 'g' };
const filed = (...items: object[]) => ({
  filing_history_status: 'filing-history-available',
  items,
  total_count: items.length,
});

/** A company about which the register says just this; every sentence is checked. */
async function register(profile: object, answers: Record<string, unknown> = {}): Promise<ReportDocument> {
  const all = {
    'companies_house.profile': { ...PROFILE, ...profile },
    'companies_house.officers': { kind: 'officer-list', items: [DIRECTOR] },
    'companies_house.filing_history': filed(),
    ...answers,
  };
  const { document, dropped } = await researchWith(sourcesOf(all), '00000099');
  expect({ dropped, violations: checkReport(document) }).toEqual({ dropped: [], violations: [] });
  return document;
}

const told = (document: ReportDocument) => textOf(document, 'approach');

describe('budget, authority, need and timing', () => {
  test('each have their own evidence: need and timing rest on different events', async () => {
    const document = await demo('DM000001');
    const evidenceOf = (field: string) => document.statements.find((one) => one.field === field)?.evidence;
    const letters = ['bant_budget', 'bant_authority', 'bant_need', 'bant_timing'].map(evidenceOf);
    expect(new Set(letters.map((ids) => JSON.stringify(ids))).size).toBe(4);
    expect(valueIn(document, 'approach', 'bant_budget')).toMatchObject({ letter: 'Budget', state: 'indicated' });
    expect(valueIn(document, 'approach', 'bant_timing')).toMatchObject({ letter: 'Timing', state: 'known' });
    expect(told(document)).toContain(
      'Need indicated: the public contract awarded by Exampleton Town Council on 8 September 2026 has to be delivered.',
    );
  });

  test('that nothing speaks for are open, and one of them becomes a question', async () => {
    const document = await demo('DM000003');
    expect(gapIn(document, 'approach', 'bant_need')).toMatchObject({ reason: 'not_found' });
    expect(told(document)).toContain('budget and need (nothing that was read speaks of it)');
    expect(told(document)).toContain('“What do you need to change most this year?”');
  });

  test('are not said to be missing where the filings could not be read', async () => {
    const filings = failedAnswer('companies_house.filing_history');
    const document = await register({}, { 'companies_house.filing_history': filings });
    expect(gapIn(document, 'approach', 'bant_budget')).toMatchObject({ reason: 'source_failed' });
    expect(gapIn(document, 'approach', 'disqualifiers')).toMatchObject({ reason: 'source_failed' });
    expect(told(document)).not.toContain('No disqualifier');
  });

  test('take borrowing for money and a date, but nobody is asked about it', async () => {
    const document = await register({}, { 'companies_house.filing_history': filed(BORROWING) });
    expect(told(document)).toContain('Budget indicated: new secured borrowing');
    expect(valueIn(document, 'approach', 'bant_timing')).toMatchObject({ state: 'known' });
    expect(valueIn(document, 'approach', 'next_action')).toBe('qualify_first');
    expect(told(document)).not.toMatch(/A way to begin:[^\n]*borrowing/);
  });
});

describe('when to call', () => {
  test('runs from the first event to the day on which the last reason fades', async () => {
    const document = await demo('DM000001');
    expect(valueIn(document, 'approach', 'timing')).toEqual({
      from: '2026-09-08',
      best_until: '2026-12-27',
      first_to_fade: '3 roles first advertised between 28 October 2026 and 12 November 2026',
      until: '2027-03-17',
      last_to_fade: 'new shares allotted on 18 September 2026',
    });
    expect(told(document)).toContain('Timing: call by 27 December 2026, while this still counts: 3 roles');
  });

  test('of a single reason is one day', async () => {
    const document = await register({}, { 'companies_house.filing_history': filed(SHARES) });
    expect(told(document)).toContain(
      'Timing: call by 10 April 2027, while this still counts: new shares allotted on 12 October 2026; no other reason lasts longer.',
    );
    expect(valueIn(document, 'approach', 'next_action')).toBe('contact_now');
  });
});

describe('a registered office that moved', () => {
  test('is something to mention and no reason to call, since it is often the accountant’s', async () => {
    const moved = { type: 'AD01', date: '2026-10-02', transaction_id: 'o' };
    const description = 'change-registered-office-address-company-with-date-old-address-new-address';
    const filings = filed({ ...moved, description, description_values: { change_date: '2026-10-01' } });
    const document = await register({}, { 'companies_house.filing_history': filings });
    expect(valueIn(document, 'approach', 'next_action')).toBe('qualify_first');
    expect(valueIn(document, 'approach', 'bant_timing')).toBeUndefined();
    expect(told(document)).toContain('“I saw that the registered office moved on 1 October 2026; has the business');
  });
});

describe('whom to approach', () => {
  test('says why, what the person does, and that a statutory director is not automatically the buyer', async () => {
    const document = await register({});
    expect(told(document)).toContain(
      'Start with Robin Sample (statutory director, by occupation Joiner), the only one on the board; a statutory director is not automatically the buyer, so ask who decides.',
    );
  });
});

describe('openers and questions', () => {
  test('are at most three each, openers of different kinds that keep the names they use', async () => {
    for (const number of ['DM000001', 'DM000002', 'DM000008', 'DM000009']) {
      const lines = told(await demo(number)).split('\n');
      const openers = lines.filter((line) => line.startsWith('A way to begin'));
      expect(openers.length).toBeGreaterThan(1);
      expect(openers.length).toBeLessThanOrEqual(3);
      expect(openers.filter((line) => line.includes('job advertisements')).length).toBeLessThan(2);
      expect(lines.find((line) => line.startsWith('Worth asking'))?.match(/\?”/g)).toHaveLength(3);
    }
    expect(told(await demo('DM000001'))).toContain('“I saw Xero named in 2 current job advertisements; how well');
  });
});

describe('what disqualifies a company', () => {
  test.each([
    ['dissolved', 'This disqualifies it: the register gives its status as dissolved.'],
    ['liquidation', 'This disqualifies it: the register gives its status as liquidation.'],
    ['voluntary-arrangement', 'This disqualifies it: the register gives its status as voluntary arrangement.'],
  ])('%s: no contact, no opener, no question', async (company_status, sentence) => {
    const filings = filed(SHARES, NOTICE);
    const document = await register({ company_status }, { 'companies_house.filing_history': filings });
    expect(valueIn(document, 'approach', 'next_action')).toBe('do_not_contact');
    expect(told(document)).toContain('Suggested next step: do not contact the company.');
    expect(told(document).toLowerCase()).toContain(sentence.toLowerCase().replace(/\.$/, ''));
    expect(told(document)).toContain('What would change this view: only another status on the register');
    for (const words of ['A way to begin', 'Worth asking', 'Start with']) expect(told(document)).not.toContain(words);
  });

  test('a dissolved company is not told that a strike-off is live', async () => {
    const filings = filed(NOTICE);
    const document = await register({ company_status: 'dissolved' }, { 'companies_house.filing_history': filings });
    expect(told(document)).not.toContain('Gazette');
    expect(textOf(document, 'signals')).not.toContain('unless the company acts');
  });

  test('a live strike-off notice means waiting, with what would change that', async () => {
    const document = await demo('DM000005');
    expect(told(document)).toContain(
      'This may disqualify it: a first Gazette notice for strike-off of 20 October 2026',
    );
    expect(told(document)).toContain('most: a notice that the strike-off is discontinued, the overdue accounts');
    expect(gapIn(document, 'approach', 'openers')).toMatchObject({ reason: 'not_applicable' });
  });

  test('dormant accounts mean asking first whether there is any business', async () => {
    const document = await demo('DM000004');
    expect(valueIn(document, 'approach', 'next_action')).toBe('confirm_trading');
    expect(told(document)).toContain('This may disqualify it: the last accounts say that the company is dormant.');
    expect(told(document)).not.toContain('A way to begin');
  });

  test('is nothing, and that is said, where the entry and the filings were read', async () => {
    const document = await register({}, { 'companies_house.filing_history': filed(SHARES) });
    expect(valueIn(document, 'approach', 'disqualifiers')).toEqual([]);
    expect(told(document)).toContain('No disqualifier was found: it is not dissolved, insolvent, dormant');
  });
});
