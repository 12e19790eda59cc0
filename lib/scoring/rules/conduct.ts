import { companyStatusText } from '@/lib/companies/enumerations/register-text';
import { ENDED_STATUSES } from '@/lib/companies/register/board-roles';
import { fullYearsBetween, toDay, writtenDay } from '@/lib/companies/register/calendar';
import type { CompanyProfile } from '@/lib/sources/companies-house/schema';
import type { Rule, Scoring } from '../component';
import { counted, ruled } from '../evidence';
import { type Given, given, givenFor } from '../points';

/** How a company that exists, or no longer does, behaves towards the register. */
export function statusRule({ register }: Scoring, profile: CompanyProfile): Rule[] {
  const status = profile.company_status;
  if (!status) return [];
  const text =
    status === 'active'
      ? 'The register lists the company as active.'
      : `The register lists the company as: ${companyStatusText(status)}.`;
  const points = given('active', status === 'active' ? 'yes' : 'no');
  return fromProfile(register, '$.company_status', `company_status: ${status}`, text, points);
}

/** Years end with the company: one that is gone gets older no more, and where its end is not known nothing is said. */
export function yearsRule({ register, today }: Scoring, profile: CompanyProfile): Rule[] {
  const since = toDay(profile.date_of_creation);
  const ended = toDay(profile.date_of_cessation);
  const isGone = ENDED_STATUSES.includes(profile.company_status ?? '');
  const until = ended ?? (isGone ? null : today);
  if (since === null || until === null || since > until) return [];
  const years = fullYearsBetween(since, until);
  const length = years === 0 ? 'less than a year' : counted(years, 'full year');
  const source = 'companies_house.profile';
  const created = { source, locator: '$.date_of_creation', snippet: since } as const;
  if (ended === null) {
    const text = `The company has been on the register for ${length}.`;
    const computed = { name: 'full_years', dates: [today], value: years } as const;
    return ruled(register, [created], text, givenFor('years', years), computed);
  }
  const text = `The company was on the register for ${length}, until ${writtenDay(ended)}.`;
  const ceased = { source, locator: '$.date_of_cessation', snippet: ended } as const;
  const points = { ...givenFor('years', years), points: 0 };
  return ruled(register, [created, ceased], text, points, { name: 'full_years', value: years });
}

export function accountsRule({ register, today }: Scoring, { accounts }: CompanyProfile): Rule[] {
  const overdue = accounts?.next_accounts?.overdue ?? accounts?.overdue;
  if (typeof overdue !== 'boolean') return [];
  const due = toDay(accounts?.next_accounts?.due_on) ?? toDay(accounts?.next_due);
  const snippet = `accounts overdue: ${overdue}, next due: ${due ?? 'not given'}`;
  const standing = standingOf(overdue, due, today);
  const day = due === null ? null : writtenDay(due);
  const texts = {
    overdue: `Accounts are overdue${day === null ? '' : ` since ${day}`}.`,
    unclear: `Accounts were due by ${day}, yet the register does not mark them as overdue.`,
    onTime: `Accounts are filed on time${day === null ? '' : `; the next are due on ${day}`}.`,
  };
  return fromProfile(register, '$.accounts', snippet, texts[standing], given('accountsFiled', standing));
}

export function confirmationRule({ register, today }: Scoring, { confirmation_statement }: CompanyProfile): Rule[] {
  const overdue = confirmation_statement?.overdue;
  if (typeof overdue !== 'boolean') return [];
  const due = toDay(confirmation_statement?.next_due);
  const standing = standingOf(overdue, due, today);
  const texts = {
    overdue: 'The confirmation statement is overdue.',
    unclear: `The confirmation statement was due by ${writtenDay(due ?? today)}, yet the register does not mark it as overdue.`,
    onTime: 'The confirmation statement is up to date.',
  };
  const snippet = `confirmation_statement.overdue: ${overdue}${due === null ? '' : `, next due: ${due}`}`;
  const points = given('confirmationFiled', standing);
  return fromProfile(register, '$.confirmation_statement', snippet, texts[standing], points);
}

export function officeRule({ register }: Scoring, profile: CompanyProfile): Rule[] {
  const points = given('officeUnreachable', 'yes');
  if (profile.undeliverable_registered_office_address === true) {
    const field = 'undeliverable_registered_office_address';
    return fromProfile(
      register,
      `$.${field}`,
      `${field}: true`,
      'Post to the registered office does not arrive.',
      points,
    );
  }
  if (profile.registered_office_is_in_dispute !== true) return [];
  const field = 'registered_office_is_in_dispute';
  return fromProfile(register, `$.${field}`, `${field}: true`, 'The registered office is in dispute.', points);
}

/** The register raises its flag late: a day that has passed without it is neither punctual nor overdue. */
function standingOf(overdue: boolean, due: string | null, today: string): 'overdue' | 'unclear' | 'onTime' {
  if (overdue) return 'overdue';
  return due !== null && due < today ? 'unclear' : 'onTime';
}

function fromProfile(register: Scoring['register'], locator: string, snippet: string, text: string, points: Given) {
  return ruled(register, [{ source: 'companies_house.profile', locator, snippet }], text, points);
}
