import { toDay, writtenDay } from '@/lib/companies/register/calendar';
import type { CompanyProfile } from '@/lib/sources/companies-house/schema';
import { type Detector, toSignal } from '../detector';

type Overdue = { what: string; dueOn: string; locator: string };

/** Accounts or a confirmation statement past their day; the event is the day they were due. */
export const overdueFilings: Detector = {
  name: 'overdue_filings',
  label: 'overdue filings',
  type: 'financial_event',
  needs: ['companies_house.profile'],
  uses: [],
  detect: (register) =>
    overdueOf(register.profile).flatMap(({ what, dueOn, locator }) =>
      toSignal(register, {
        source: 'companies_house.profile',
        locator,
        snippet: `${what}: overdue, due on ${dueOn}`,
        kind: 'overdue_filing',
        title: `${what} overdue since ${writtenDay(dueOn)}`,
        why: 'Late filing leads to penalties and in time to strike-off. It can be an oversight or a sign of trouble.',
        happenedOn: dueOn,
        eventId: `${what.toLowerCase().replaceAll(' ', '-')}-overdue-${dueOn}`,
      }),
    ),
};

/** The register keeps the two flags apart: one can be true while the other is false. */
function overdueOf(profile: CompanyProfile | null): Overdue[] {
  const accounts = profile?.accounts;
  const statement = profile?.confirmation_statement;
  const found: Overdue[] = [];
  const accountsDue = toDay(accounts?.next_accounts?.due_on) ?? toDay(accounts?.next_due);
  if ((accounts?.overdue === true || accounts?.next_accounts?.overdue === true) && accountsDue !== null) {
    found.push({ what: 'Accounts', dueOn: accountsDue, locator: '$.accounts' });
  }
  const statementDue = toDay(statement?.next_due);
  if (statement?.overdue === true && statementDue !== null) {
    found.push({ what: 'Confirmation statement', dueOn: statementDue, locator: '$.confirmation_statement' });
  }
  return found;
}
