import { accountTypeText, companyStatusText } from '@/lib/companies/enumerations/register-text';
import { fullYearsBetween, toDay, writtenDay } from '@/lib/companies/register/calendar';
import type { CompanyProfile } from '@/lib/sources/companies-house/schema';
import { type Citation, type Component, cited, counted, type Scoring } from '../component';
import type { ScoreRule } from '../schema';

const YEARS = [
  { from: 10, points: 25 },
  { from: 5, points: 18 },
  { from: 2, points: 10 },
  { from: 0, points: 4 },
];

/**
 * How soundly the company is run, as far as the register tells: its conduct, age and security given. Net assets,
 * liquidity and profit are in the filed accounts and add rules when those are read. Points add up, 0 to 100.
 */
export const financial: Component = {
  name: 'financial',
  evaluate(scoring) {
    const { profile } = scoring.register;
    if (profile === null) return { notScored: whyNot(scoring) };
    return {
      rules: [
        ...statusRule(scoring, profile),
        ...yearsRule(scoring, profile),
        ...accountsRule(scoring, profile),
        ...confirmationRule(scoring, profile),
        ...accountsTypeRule(scoring, profile),
        ...officeRule(scoring, profile),
        ...chargesRule(scoring),
        ...insolvencyRule(scoring),
      ],
    };
  },
};

function whyNot({ register }: Scoring): string {
  return register.whyUnread('companies_house.profile') ?? 'The register has no profile of this company.';
}

function fromProfile(register: Scoring['register'], locator: string, snippet: string, text: string, points: number) {
  const citation: Citation = { source: 'companies_house.profile', locator, snippet };
  return cited(register, citation, { text, points });
}

function statusRule({ register }: Scoring, profile: CompanyProfile): ScoreRule[] {
  const status = profile.company_status;
  if (!status) return [];
  const text =
    status === 'active'
      ? 'The register lists the company as active.'
      : `The register lists the company as: ${companyStatusText(status)}.`;
  return fromProfile(register, '$.company_status', `company_status: ${status}`, text, status === 'active' ? 30 : 0);
}

function yearsRule({ register, today }: Scoring, profile: CompanyProfile): ScoreRule[] {
  const since = toDay(profile.date_of_creation);
  if (since === null || since > today) return [];
  const years = fullYearsBetween(since, today);
  const points = YEARS.find(({ from }) => years >= from)?.points ?? 0;
  const text = `The company has been on the register for ${years === 0 ? 'less than a year' : counted(years, 'full year')}.`;
  return fromProfile(
    register,
    '$.date_of_creation',
    `date_of_creation: ${since}; ${counted(years, 'full year')} on ${today}`,
    text,
    points,
  );
}

function accountsRule({ register }: Scoring, { accounts }: CompanyProfile): ScoreRule[] {
  const overdue = accounts?.next_accounts?.overdue ?? accounts?.overdue;
  if (typeof overdue !== 'boolean') return [];
  const due = toDay(accounts?.next_accounts?.due_on) ?? toDay(accounts?.next_due);
  const snippet = `accounts overdue: ${overdue}, next due: ${due ?? 'not given'}`;
  const when = due === null ? '' : overdue ? ` since ${writtenDay(due)}` : `; the next are due on ${writtenDay(due)}`;
  const text = overdue ? `Accounts are overdue${when}.` : `Accounts are filed on time${when}.`;
  return fromProfile(register, '$.accounts', snippet, text, overdue ? -20 : 20);
}

function confirmationRule({ register }: Scoring, { confirmation_statement }: CompanyProfile): ScoreRule[] {
  const overdue = confirmation_statement?.overdue;
  if (typeof overdue !== 'boolean') return [];
  const text = overdue ? 'The confirmation statement is overdue.' : 'The confirmation statement is up to date.';
  const snippet = `confirmation_statement.overdue: ${overdue}`;
  return fromProfile(register, '$.confirmation_statement.overdue', snippet, text, overdue ? -10 : 10);
}

/** How much is disclosed limits what can be known, not how good the company is: no points. */
function accountsTypeRule({ register }: Scoring, { accounts }: CompanyProfile): ScoreRule[] {
  const type = accounts?.last_accounts?.type;
  if (!type || type === 'null') return [];
  const text = `The last accounts are of the type: ${accountTypeText(type)}.`;
  return fromProfile(register, '$.accounts.last_accounts.type', `last_accounts.type: ${type}`, text, 0);
}

function officeRule({ register }: Scoring, profile: CompanyProfile): ScoreRule[] {
  if (profile.undeliverable_registered_office_address === true) {
    const text = 'Post to the registered office does not arrive.';
    const field = 'undeliverable_registered_office_address';
    return fromProfile(register, `$.${field}`, `${field}: true`, text, -15);
  }
  if (profile.registered_office_is_in_dispute !== true) return [];
  const text = 'The registered office is in dispute.';
  const field = 'registered_office_is_in_dispute';
  return fromProfile(register, `$.${field}`, `${field}: true`, text, -15);
}

/** From the charges themselves: `has_charges` of the profile is false for companies that have outstanding ones. */
function chargesRule({ register }: Scoring): ScoreRule[] {
  if (register.whyUnread('companies_house.charges') !== null) return [];
  const outstanding = register.charges.filter(({ status }) => /^(outstanding|part-satisfied)$/.test(status)).length;
  const total = register.charges.length;
  const citation: Citation = {
    source: 'companies_house.charges',
    locator: total === 0 ? '$' : '$.items',
    snippet: total === 0 ? 'no charges on the register' : `${counted(total, 'charge')}, ${outstanding} outstanding`,
  };
  if (outstanding === 0) {
    return cited(register, citation, { text: 'No charge is outstanding: nothing is pledged to a lender.', points: 15 });
  }
  const text = `${counted(outstanding, 'charge')} outstanding: the company has secured borrowing.`;
  return cited(register, citation, { text, points: outstanding <= 3 ? 5 : 0 });
}

function insolvencyRule({ register }: Scoring): ScoreRule[] {
  const cases = register.insolvency?.cases ?? [];
  if (cases.length === 0) return [];
  const citation: Citation = {
    source: 'companies_house.insolvency',
    locator: '$.cases',
    snippet: cases.map(({ type }) => type).join(', '),
  };
  return cited(register, citation, {
    text: `The register lists ${counted(cases.length, 'insolvency case')}.`,
    points: -20,
  });
}
