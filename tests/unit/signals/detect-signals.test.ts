import { describe, expect, it } from 'vitest';
import { detectSignals } from '@/lib/signals/detect-signals';
import { signalDetectionSchema } from '@/lib/signals/schema';
import { contextOf, demoAnswers, history, type RawAnswers } from '../../support/register-sources';

const PROFILE = { company_name: 'EXAMPLE LTD', company_number: 'DM000099', date_of_creation: '2015-03-02' };
const filing = (type: string, description: string, date: string, values: object = {}, more: object = {}) => ({
  transaction_id: `${type}-${date}`,
  type,
  date,
  description,
  description_values: values,
  ...more,
});
const withFilings = (...filings: object[]): RawAnswers => ({
  'companies_house.profile': PROFILE,
  'companies_house.filing_history': history(filings),
});
const detect = (answers: RawAnswers, input: object = {}, today?: string) =>
  detectSignals(contextOf(answers, today), { companyNumber: 'DM000099', ...input });
const allotment = (date: string, filed = date) =>
  filing('SH01', 'capital-allotment-shares', filed, { date, capital: [{ figure: '105.5', currency: 'GBP' }] });

describe('what is a signal', () => {
  it('takes an allotment for funding, dated by the allotment and kept for 180 days', async () => {
    const { signals } = await detect(withFilings(allotment('2026-06-01', '2026-06-20')));
    expect(signals).toMatchObject([
      {
        type: 'funding',
        title: 'New shares allotted on 1 June 2026',
        event_date: '2026-06-01',
        expires_on: '2026-11-28',
        confidence: 0.55,
        strength: 'medium',
        dedupe_key: 'DM000099:funding:SH01-2026-06-20',
        locator: '$.items[0]',
      },
    ]);
  });

  it('is surer of funding when articles or allotment were resolved on within 30 days', async () => {
    const resolution = filing(
      'RESOLUTIONS',
      'resolution',
      '2026-06-25',
      {},
      {
        resolutions: [{ type: 'RES01', description: 'resolution-adopt-articles' }],
      },
    );
    const plain = filing('RESOLUTIONS', 'resolution', '2026-06-25', { description: 'Resolutions' });
    const [sure] = (await detect(withFilings(resolution, allotment('2026-06-01')))).signals;
    const [unsure] = (await detect(withFilings(plain, allotment('2026-06-01')))).signals;
    expect(sure).toMatchObject({ confidence: 0.65, strength: 'high' });
    expect(unsure).toMatchObject({ confidence: 0.55 });
  });

  it('does not take founding shares, statements of capital, splits or second filings for funding', async () => {
    const { signals } = await detect(
      withFilings(
        allotment('2015-03-02', '2015-03-20'),
        filing('SH02', 'capital-alter-shares-subdivision', '2026-05-02', { date: '2026-05-01' }),
        filing('RP04SH01', 'second-filing-capital-allotment-shares', '2026-05-03', { date: '2026-05-01' }),
        filing(
          'AR01',
          'annual-return-company-with-made-up-date',
          '2026-05-04',
          {},
          {
            associated_filings: [{ type: 'SH01', description: 'statement-of-capital' }],
          },
        ),
      ),
      { lookbackDays: 20_000 },
    );
    expect(signals).toEqual([]);
  });

  it('doubts an allotment on the day on which shares were split', async () => {
    const split = filing('SH02', 'capital-alter-shares-subdivision', '2026-06-09', { date: '2026-06-01' });
    const [signal] = (await detect(withFilings(split, allotment('2026-06-01')))).signals;
    expect(signal).toMatchObject({ confidence: 0.45, strength: 'low' });
  });

  it('tells who joined and left the board, and leaves out secretaries and changed details', async () => {
    const { signals } = await detect(
      withFilings(
        filing('AP01', 'appoint-person-director-company-with-name-date', '2026-09-12', {
          officer_name: 'Ms Jane Mary Example',
          appointment_date: '2026-09-01',
        }),
        filing('TM01', 'termination-director-company-with-name-termination-date', '2026-09-10', {
          officer_name: 'EXAMPLE, John',
          termination_date: '2026-08-31',
        }),
        filing('AP03', 'appoint-person-secretary-company-with-name-date', '2026-09-12', { officer_name: 'Mr S' }),
        filing('TM02', 'termination-secretary-company-with-name-termination-date', '2026-09-12', {
          officer_name: 'Mr S',
        }),
        filing('CH01', 'change-person-director-company-with-change-date', '2026-09-12', { officer_name: 'Mr D' }),
        filing('RP04AP01', 'second-filing-of-director-appointment-with-name', '2026-09-13', { officer_name: 'Ms J' }),
      ),
    );
    expect(signals.map(({ title, event_date, confidence }) => [title, event_date, confidence])).toEqual([
      ['Ms Jane Mary Example joined as a director on 1 September 2026', '2026-09-01', 0.95],
      ['John Example left as a director on 31 August 2026', '2026-08-31', 0.95],
    ]);
  });

  it('leaves out the directors whom a formation agent appoints and removes on the founding day', async () => {
    const agent = { officer_name: 'Mr Formation Agent' };
    const { signals } = await detect(
      withFilings(
        filing('AP01', 'appoint-person-director-company-with-name-date', '2015-03-05', {
          ...agent,
          appointment_date: '2015-03-02',
        }),
        filing('TM01', 'termination-director-company-with-name-termination-date', '2015-03-05', {
          ...agent,
          termination_date: '2015-03-02',
        }),
      ),
      { lookbackDays: 20_000 },
    );
    expect(signals).toEqual([]);
  });

  it('finds the day of an appointment in the list of officers where an old filing does not say it', async () => {
    const { signals } = await detect({
      ...withFilings(
        filing('AP01', 'appoint-person-director-company-with-name', '2026-09-12', { officer_name: 'Mr Ian O’Example' }),
      ),
      'companies_house.officers': {
        items: [{ name: 'O’EXAMPLE, Ian', officer_role: 'director', appointed_on: '2026-08-02' }],
      },
    });
    expect(signals).toMatchObject([{ event_date: '2026-08-02', confidence: 0.95 }]);
  });

  it('lowers its confidence when only the day of filing is known', async () => {
    const { signals } = await detect(
      withFilings(filing('TM01', 'termination-director-company-with-name', '2026-09-12', { officer_name: 'A B' })),
    );
    expect(signals).toMatchObject([
      { title: 'A B left as a director (filed on 12 September 2026)', event_date: '2026-09-12', confidence: 0.85 },
    ]);
  });

  it.each([
    [
      'the trustee of a pension scheme',
      { persons_entitled: [{ name: 'Example Pension Trustees Limited' }] },
      'Security given to a pension scheme',
    ],
    [
      'a landlord',
      { particulars: { description: 'Rent deposit deed of £18,930' } },
      'Rent deposit charged to a landlord',
    ],
  ])('does not call a charge for %s borrowing', async (_who, details, title) => {
    const { signals } = await detect({
      ...withFilings(
        filing('MR01', 'mortgage-create-with-deed-with-charge-number-charge-creation-date', '2026-05-09', {
          charge_number: 'DM0000990001',
          charge_creation_date: '2026-05-01',
        }),
      ),
      'companies_house.charges': {
        items: [{ charge_code: 'DM0000990001', status: 'outstanding', created_on: '2026-05-01', ...details }],
      },
    });
    expect(signals).toMatchObject([{ strength: 'low', confidence: 0.4, title: `${title}, created on 1 May 2026` }]);
  });

  it('tells a strike-off notice, its suspension and its end apart', async () => {
    const { signals } = await detect(
      withFilings(
        filing('DISS40', 'gazette-filings-brought-up-to-date', '2026-07-01'),
        filing('DISS16(SOAS)', 'dissolved-compulsory-strike-off-suspended', '2026-06-10'),
        filing('GAZ1', 'gazette-notice-compulsory', '2026-06-02'),
      ),
    );
    expect(signals.map(({ title, strength }) => [title, strength])).toEqual([
      ['Strike-off action discontinued on 1 July 2026', 'medium'],
      ['Strike-off action suspended on 10 June 2026', 'medium'],
      ['First Gazette notice for compulsory strike-off on 2 June 2026', 'high'],
    ]);
  });

  it('tells of an insolvency once, however many forms open it, with the day of the case', async () => {
    const { signals } = await detect({
      ...withFilings(
        filing('LIQ03', 'liquidation-voluntary-statement-of-receipts-and-payments', '2026-09-01'),
        filing('600', 'liquidation-voluntary-appointment-of-liquidator', '2026-03-20'),
        filing('LIQ02', 'liquidation-voluntary-statement-of-affairs', '2026-03-20'),
      ),
      'companies_house.insolvency': {
        cases: [
          { number: 1, type: 'creditors-voluntary-liquidation', dates: [{ type: 'wound-up-on', date: '2026-03-09' }] },
        ],
      },
    });
    expect(signals).toMatchObject([{ title: 'Liquidation began on 9 March 2026', event_date: '2026-03-09' }]);
  });

  it('takes an insolvency from the insolvency register where the filings are silent', async () => {
    const { signals } = await detect({
      ...withFilings(),
      'companies_house.insolvency': {
        cases: [
          { number: 1, type: 'in-administration', dates: [{ type: 'administration-started-on', date: '2026-03-09' }] },
        ],
      },
    });
    expect(signals).toMatchObject([{ title: 'In administration began on 9 March 2026', locator: '$.cases[0]' }]);
  });

  it('notices each overdue filing by its own flag', async () => {
    const profile = {
      ...PROFILE,
      accounts: { overdue: false, next_due: '2027-01-31' },
      confirmation_statement: { overdue: true, next_due: '2026-09-16' },
    };
    const { signals } = await detect({ ...withFilings(), 'companies_house.profile': profile });
    expect(signals).toMatchObject([
      { title: 'Confirmation statement overdue since 16 September 2026', event_date: '2026-09-16' },
    ]);
  });

  it('reads a former name and its day out of the certificate', async () => {
    const { signals } = await detect(
      withFilings(
        filing('CERTNM', 'certificate-change-of-name-company', '2026-06-05', {
          description: 'Company name changed example glowworm LIMITED\\certificate issued on 05/06/26',
        }),
      ),
    );
    expect(signals).toMatchObject([{ title: 'Company renamed on 5 June 2026, formerly example glowworm LIMITED' }]);
  });

  it('holds a move of the registered office for a weak hint', async () => {
    const { signals } = await detect(
      withFilings(
        filing('AD01', 'change-registered-office-address-company-with-date-old-address-new-address', '2026-06-05', {
          old_address: '1 Old Street',
          new_address: '2 New Street',
          change_date: '2026-06-04',
        }),
      ),
    );
    expect(signals).toMatchObject([{ type: 'expansion', confidence: 0.3, strength: 'low', event_date: '2026-06-04' }]);
  });
});

describe('what was looked at', () => {
  it('says "none" where it looked and "not run" where nothing leads to an answer', async () => {
    const { checks } = await detect({
      ...withFilings(),
      'job_boards.roles': { skipped: 'Nothing leads to its job board.' },
    });
    const outcome = (name: string) => checks.find(({ detector }) => detector === name);
    expect(outcome('share_allotments')).toMatchObject({ outcome: 'none', reason: null });
    expect(outcome('hiring')).toMatchObject({ outcome: 'not_run', reason: expect.stringContaining('job board') });
    expect(outcome('technology_adoption')).toMatchObject({ outcome: 'not_run' });
  });

  it('never takes an outage for silence', async () => {
    const { signals, checks } = await detect({
      ...withFilings(),
      'companies_house.filing_history': { unavailable: 'Companies House did not answer.' },
    });
    expect(signals).toEqual([]);
    expect(checks.find(({ detector }) => detector === 'director_changes')).toEqual({
      detector: 'director_changes',
      label: 'directors who came or went',
      outcome: 'not_run',
      reason: 'Companies House did not answer.',
      cause: 'source_failed',
      looked_in: ['companies_house.profile', 'companies_house.officers'],
      unread: ['companies_house.filing_history'],
    });
    expect(checks.find(({ detector }) => detector === 'overdue_filings')).toEqual({
      detector: 'overdue_filings',
      label: 'overdue filings',
      outcome: 'none',
      reason: null,
      cause: null,
      looked_in: ['companies_house.profile'],
      unread: [],
    });
  });

  it('says what kept it from looking: a failure, nothing to ask, or that nobody wanted it', async () => {
    const answers = {
      ...withFilings(),
      'contracts_finder.awards': { unavailable: 'Contracts Finder did not answer.' },
      'find_a_tender.awards': { skipped: 'Find a Tender is not set up.' },
      'job_boards.roles': { skipped: 'Nothing leads to its job board.' },
    };
    const causeOf = (checks: Awaited<ReturnType<typeof detect>>['checks'], name: string) =>
      checks.find(({ detector }) => detector === name)?.cause;
    const { checks } = await detect(answers);
    expect(causeOf(checks, 'contract_awards')).toBe('source_failed');
    expect(causeOf(checks, 'hiring')).toBe('nothing_to_ask');
    const narrow = await detectSignals(contextOf(answers), { companyNumber: 'DM000099', signalTypes: ['funding'] });
    expect(causeOf(narrow.checks, 'hiring')).toBe('not_wanted');
  });

  it('says of what it found where else it could not look', async () => {
    const { checks } = await detect({
      ...withFilings(filing('600', 'liquidation-voluntary-appointment-of-liquidator', '2026-05-09')),
      'companies_house.insolvency': { unavailable: 'No answer in time.' },
    });
    expect(checks.find(({ detector }) => detector === 'insolvency')).toMatchObject({
      outcome: 'found',
      cause: null,
      reason: 'No answer in time.',
      unread: ['companies_house.insolvency'],
    });
  });

  it('still tells what the filings say when the charges list does not answer', async () => {
    const { signals } = await detect({
      ...withFilings(filing('MR01', 'mortgage-create-with-deed', '2026-05-09')),
      'companies_house.charges': { unavailable: 'down' },
    });
    expect(signals).toMatchObject([
      {
        title: 'New secured borrowing, registered on 9 May 2026',
        origin: { source: 'companies_house.filing_history' },
      },
    ]);
  });

  it('looks back a year unless asked otherwise, and never at the future', async () => {
    const answers = withFilings(allotment('2027-01-01'), allotment('2025-11-24'), allotment('2025-11-22'));
    expect((await detect(answers)).signals.map(({ event_date }) => event_date)).toEqual(['2025-11-24']);
    expect((await detect(answers, { lookbackDays: 400 })).signals).toHaveLength(2);
  });

  it('looks for the asked types only and reads no source that they do not need', async () => {
    const context = contextOf(withFilings(allotment('2026-06-01')));
    const { signals, checks } = await detectSignals(context, { companyNumber: 'DM000099', signalTypes: ['funding'] });
    expect(signals).toHaveLength(1);
    expect(checks.find(({ detector }) => detector === 'insolvency')).toMatchObject({ outcome: 'not_run' });
    expect(context.sources.reads.sort()).toEqual([
      'companies_house.filing_history',
      'companies_house.profile',
      'news.articles',
    ]);
  });

  it('stops when the job is stopped', async () => {
    const stop = new AbortController();
    stop.abort(new Error('cancelled by the user'));
    const context = { ...contextOf(withFilings()), signal: stop.signal };
    await expect(detectSignals(context, { companyNumber: 'DM000099' })).rejects.toThrow('cancelled by the user');
  });
});

describe('signals of the demo companies', () => {
  const numbers = Array.from({ length: 12 }, (_, index) => `DM${String(index + 1).padStart(6, '0')}`);

  it.each(numbers)('%s gives the same well-formed signals every time', async (companyNumber) => {
    const run = () => detectSignals(contextOf(demoAnswers(companyNumber)), { companyNumber });
    const first = await run();
    expect(signalDetectionSchema.parse(first)).toEqual(first);
    expect(JSON.stringify(await run())).toBe(JSON.stringify(first));
    const keys = first.signals.map(({ dedupe_key }) => dedupe_key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(JSON.stringify(first)).not.toMatch(/date_of_birth|nationality/);
  });

  it('show the lender of new borrowing', async () => {
    const { signals } = await detectSignals(contextOf(demoAnswers('DM000011')), { companyNumber: 'DM000011' });
    expect(signals.map(({ title }) => title)).toContainEqual(
      expect.stringMatching(/^New secured borrowing from .+, created on 30 September 2026$/),
    );
  });
});
