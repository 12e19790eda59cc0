import { toDay, writtenDay } from '@/lib/companies/register/calendar';
import { describedBy, filedOn, placed, valueDay } from '@/lib/companies/register/filing-values';
import { citeFiling, type Detector, toSignal } from '../detector';

/** An overseas company that opens a place of business in the UK. */
export const ukEstablishment: Detector = {
  name: 'uk_establishment',
  label: 'a new UK establishment',
  type: 'expansion',
  needs: ['companies_house.filing_history'],
  uses: [],
  detect: (register) =>
    placed(register.filings).flatMap((item) => {
      const { filing } = item;
      if (!describedBy(filing, /^(registration-of-uk-establishment|register-overseas-company)/)) return [];
      const stated = valueDay(filing, 'incorporation_date') ?? toDay(filing.action_date);
      const happenedOn = stated ?? filedOn(filing);
      if (happenedOn === null) return [];
      return toSignal(register, {
        ...citeFiling(item),
        kind: 'uk_establishment',
        title: `UK establishment registered on ${writtenDay(happenedOn)}`,
        why: 'An overseas company has opened a place of business here: it will need local suppliers and staff.',
        happenedOn,
        dayIsStated: stated !== null,
      });
    }),
};
