import { daysBetween, toDay, writtenDay } from '@/lib/companies/register/calendar';
import { describedBy, filedOn, placed, valueDay, valueText } from '@/lib/companies/register/filing-values';
import { findCaseOpenings, findInsolvencyOpenings } from '@/lib/companies/register/insolvency-openings';
import type { Register } from '@/lib/companies/register/register';
import type { Filing } from '@/lib/sources/companies-house/schema';
import { citeFiling, type Detector, toSignal } from '../detector';

const INSOLVENCY_DAYS = 90;

/** A new registered office: weak, because it is often the accountant's address. */
export const officeMove: Detector = {
  name: 'registered_office_move',
  label: 'a move of the registered office',
  type: 'expansion',
  needs: ['companies_house.filing_history'],
  uses: ['companies_house.insolvency'],
  detect(register) {
    const openings = openingDays(register);
    return placed(register.filings).flatMap((item) => {
      const { filing } = item;
      if (!describedBy(filing, /^change-registered-office-address-(company|limited-liability-partnership)/)) return [];
      const stated = valueDay(filing, 'change_date') ?? toDay(filing.action_date);
      const happenedOn = stated ?? filedOn(filing);
      if (happenedOn === null || staysAtAddress(filing)) return [];
      // Around the start of an insolvency the office moves to the office-holder's.
      if (openings.some((day) => Math.abs(daysBetween(day, happenedOn)) <= INSOLVENCY_DAYS)) return [];
      return toSignal(register, {
        ...citeFiling(item),
        kind: 'office_move',
        title: `Registered office moved on ${writtenDay(happenedOn)}`,
        why: 'It may be new premises, but a registered office is often the accountant’s address: check before relying on it.',
        happenedOn,
        dayIsStated: stated !== null,
      });
    });
  },
};

function openingDays({ filings, insolvency }: Register): string[] {
  return [...findInsolvencyOpenings(filings), ...findCaseOpenings(insolvency)].map(({ openedOn }) => openedOn);
}

function staysAtAddress(filing: Filing): boolean {
  const [before, after] = ['old_address', 'new_address'].map((key) =>
    valueText(filing, key)
      ?.toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
  );
  return before !== undefined && before === after;
}
