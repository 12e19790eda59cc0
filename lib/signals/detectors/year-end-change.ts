import { toDay, writtenDay } from '@/lib/companies/register/calendar';
import { describedBy, filedOn, placed, valueDay } from '@/lib/companies/register/filing-values';
import { citeFiling, type Detector, toSignal } from '../detector';

/** Moved year ends: form AA01. The change takes effect when the register has it, so that day is the event. */
export const yearEndChange: Detector = {
  name: 'year_end_change',
  label: 'a moved year end',
  type: 'financial_event',
  needs: ['companies_house.filing_history'],
  uses: [],
  detect: (register) =>
    placed(register.filings).flatMap((item) => {
      const { filing } = item;
      const happenedOn = filedOn(filing);
      if (happenedOn === null || !describedBy(filing, /^change-account-reference-date-/)) return [];
      const longer = describedBy(filing, /-extended$/) ? 'extended' : 'shortened';
      const newEnd = valueDay(filing, 'new_date') ?? toDay(filing.action_date);
      return toSignal(register, {
        ...citeFiling(item),
        kind: 'year_end_change',
        title:
          newEnd === null
            ? `Year end changed on ${writtenDay(happenedOn)}`
            : `Accounting period ${longer} to ${writtenDay(newEnd)}`,
        why: 'A moved year end often follows a new owner or group, or buys time before the next accounts.',
        happenedOn,
      });
    }),
};
