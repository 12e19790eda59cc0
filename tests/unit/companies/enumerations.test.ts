import { describe, expect, it } from 'vitest';
import { filingText } from '@/lib/companies/enumerations/filing-text';
import {
  accountTypeText,
  chargeStatusText,
  companyStatusText,
  companySubtypeText,
  companyTypeText,
  insolvencyCaseText,
  jurisdictionText,
  natureOfControlText,
  officerRoleText,
  pscStatementText,
  statusDetailText,
} from '@/lib/companies/enumerations/register-text';
import { sicSection, sicText } from '@/lib/companies/enumerations/sic-text';
import { filingHistorySchema } from '@/lib/sources/companies-house/schema';
import { realAnswers } from '../../support/real-recordings';
import { runCommand } from '../../support/run-command';
import { hasSharedData, sharedData } from '../../support/shared-data';

describe("the register's codes", () => {
  it('come out in the words of the register', () => {
    expect(companyStatusText('voluntary-arrangement')).toBe('Voluntary Arrangement');
    expect(statusDetailText('active-proposal-to-strike-off')).toBe('Active proposal to strike off');
    expect(companyTypeText('plc')).toBe('Public limited company');
    expect(companySubtypeText('community-interest-company')).toBe('Community Interest Company (CIC)');
    expect(jurisdictionText('england-wales')).toBe('England/Wales');
    expect(accountTypeText('total-exemption-full')).toBe('Total Exemption Full');
    expect(officerRoleText('llp-designated-member')).toBe('LLP Designated Member');
    expect(chargeStatusText('fully-satisfied')).toBe('Satisfied');
    expect(natureOfControlText('ownership-of-shares-75-to-100-percent')).toBe('Ownership of shares – 75% or more');
    expect(insolvencyCaseText('creditors-voluntary-liquidation')).toBe('Creditors voluntary liquidation');
    expect(pscStatementText('no-individual-or-entity-with-signficant-control')).toMatch(/no registrable person/);
  });

  it('become words when nobody has listed them yet', () => {
    expect(companyStatusText('some-future-status')).toBe('Some future status');
    expect(officerRoleText('constructor')).toBe('Constructor');
    expect(statusDetailText('active')).toBe('Active');
  });

  it('say that the type of accounts is not known where the register writes "null"', () => {
    expect(accountTypeText('null')).toBe('No accounts type available');
  });

  it('name the person that a statement speaks of', () => {
    expect(pscStatementText('psc-has-failed-to-confirm-changed-details', 'Ms Ada Example')).toMatch(
      /^Ms Ada Example has failed/,
    );
    expect(pscStatementText('psc-has-failed-to-confirm-changed-details')).toMatch(
      /^A person with significant control has/,
    );
  });
});

describe('the look-up tables', () => {
  it.skipIf(!hasSharedData)('are what the official files give: ch-enumerations/*.yml and sic/*.csv', async () => {
    const { code, stdout, stderr } = await runCommand(
      'scripts/generate-enumerations.ts',
      ['--check', sharedData('ch-enumerations'), sharedData('sic')],
      {},
    );
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual(
      ['register.json', 'filing-descriptions.json', 'sic.json'].map((file) => `${file}: as the files give it`),
    );
    expect(code).toBe(0);
  });
});

describe('industry codes', () => {
  it('have a text, in the editions of 2007 and 2003', () => {
    expect(sicText('62012')).toBe('Business and domestic software development');
    expect(sicText('1823')).toBe('Manufacture of underwear');
    expect(sicText('12')).toBe('12');
  });

  it('belong to a section only where the code says what is done', () => {
    expect(sicSection('62012')).toEqual({ letter: 'J', text: 'Information and communication' });
    expect(sicSection('01110')?.letter).toBe('A');
    expect(sicSection('97000')?.letter).toBe('T');
    for (const code of ['99999', '74990', '1823', '04000', 'abcde']) expect(sicSection(code)).toBeNull();
  });
});

describe('filingText', () => {
  it('fills in names and dates and drops markup', () => {
    const text = filingText({
      type: 'AP01',
      description: 'appoint-person-director-company-with-name-date',
      description_values: { officer_name: 'Ms Ada Example', appointment_date: '2024-03-31' },
    });
    expect(text).toBe('Appointment of Ms Ada Example as a director on 31 March 2024');
  });

  it('leaves no dangling words where the register gave no value', () => {
    const description = 'appoint-person-director-company-with-name-date';
    expect(filingText({ description, description_values: { officer_name: 'Ms Ada Example' } })).toBe(
      'Appointment of Ms Ada Example as a director',
    );
    const moved = 'change-registered-office-address-company-with-date-old-address-new-address';
    expect(
      filingText({
        description: moved,
        description_values: { new_address: '1 Example Road', change_date: '2024-03-31' },
      }),
    ).toBe('Registered office address changed to 1 Example Road on 31 March 2024');
  });

  it('takes the text that old filings carry themselves', () => {
    const values = { description: 'Particulars of a mortgage or charge / charge no: 3' };
    expect(filingText({ type: 'MG01', description: 'legacy', description_values: values })).toBe(values.description);
    expect(filingText({ type: '363a', description: 'legacy' })).toBe('Older filing 363a');
  });

  it('adds what a change of name says, with its line break as a comma', () => {
    const values = { description: 'Company name changed example LIMITED\\certificate issued on 05/06/25' };
    expect(filingText({ description: 'certificate-change-of-name-company', description_values: values })).toBe(
      'Certificate of change of name: Company name changed example LIMITED, certificate issued on 05/06/25',
    );
  });

  it('never shows the nominal capital of an allotment, which reads like money raised', () => {
    const values = { date: '2017-10-11', capital: [{ currency: 'GBP', figure: '123.405' }] };
    expect(filingText({ description: 'capital-allotment-shares', description_values: values })).toBe(
      'Statement of capital following an allotment of shares on 11 October 2017',
    );
  });

  it('falls back to words for keys that nobody has listed, and to the form without any key', () => {
    expect(filingText({ description: 'brand-new-kind-of-filing' })).toBe('Brand new kind of filing');
    expect(filingText({ type: 'XX01' })).toBe('Filing XX01');
    expect(filingText({ description: 'confirmation-statement', description_values: {} })).toBe(
      'Confirmation statement',
    );
  });

  it.skipIf(!hasSharedData)('gives every real filing a sentence without placeholders or markup', () => {
    const histories = realAnswers().filter(({ resource }) => resource === 'filing-history');
    const texts = histories.flatMap(({ body }) => filingHistorySchema.parse(body).items.map(filingText));
    expect(texts.length).toBeGreaterThan(80);
    expect(texts.filter((text) => text.length < 8 || /[{}*\\]|undefined|null/.test(text))).toEqual([]);
  });
});
