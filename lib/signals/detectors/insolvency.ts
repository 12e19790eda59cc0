import { insolvencyCaseText } from '@/lib/companies/enumerations/register-text';
import { writtenDay } from '@/lib/companies/register/calendar';
import {
  findCaseOpenings,
  findInsolvencyOpenings,
  isSameOpening,
  type Procedure,
} from '@/lib/companies/register/insolvency-openings';
import { citeFiling, type Detector, toSignal } from '../detector';

const WHY = 'An insolvency procedure is open: contracts, payments and decisions now go through the office-holder.';
const BEGAN: Record<Procedure, string> = {
  liquidation: 'Liquidation began',
  administration: 'Administration began',
  receivership: 'A receiver was appointed',
  'voluntary arrangement': 'A company voluntary arrangement was approved',
  moratorium: 'A moratorium began',
};

/** The beginning of insolvency procedures, from the filings, and from the insolvency register where filings are silent. */
export const insolvency: Detector = {
  name: 'insolvency',
  label: 'insolvency proceedings',
  type: 'financial_event',
  needs: ['companies_house.filing_history', 'companies_house.insolvency'],
  uses: [],
  detect(register) {
    const filings = findInsolvencyOpenings(register.filings);
    const cases = findCaseOpenings(register.insolvency);
    const fromFilings = filings.flatMap((opening) => {
      // The case knows the day it began; the filing may only know when it was filed.
      const openedOn = cases.find((candidate) => isSameOpening(candidate, opening))?.openedOn ?? opening.openedOn;
      return toSignal(register, {
        ...citeFiling(opening),
        kind: 'insolvency',
        title: `${BEGAN[opening.procedure]} on ${writtenDay(openedOn)}`,
        why: WHY,
        happenedOn: openedOn,
      });
    });
    const fromCases = cases
      .filter((candidate) => !filings.some((opening) => isSameOpening(candidate, opening)))
      .flatMap(({ index, caseNumber, type, openedOn }) =>
        toSignal(register, {
          source: 'companies_house.insolvency',
          locator: `$.cases[${index}]`,
          snippet: `Case ${caseNumber}: ${insolvencyCaseText(type)}, began on ${openedOn}`,
          kind: 'insolvency',
          title: `${insolvencyCaseText(type)} began on ${writtenDay(openedOn)}`,
          why: WHY,
          happenedOn: openedOn,
          eventId: `insolvency-case-${caseNumber}-${openedOn}`,
        }),
      );
    return [...fromFilings, ...fromCases];
  },
};
