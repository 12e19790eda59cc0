import type { Filing, Insolvency } from '@/lib/sources/companies-house/schema';
import { daysBetween, toDay } from './calendar';
import { describedBy, filedOn, type PlacedFiling, placed, valueDay } from './filing-values';

/** A second opening of the same procedure within this time is the same case: replaced liquidators, repeated forms. */
const SAME_CASE_DAYS = 3 * 365;
/** How far the day of a case and the day of its filing may lie apart. */
const MATCH_DAYS = 90;

const OPENINGS = [
  {
    procedure: 'liquidation',
    patterns: [
      /appointment-of-(provisional-)?liquidator/,
      /(notice-winding-up|winding-up-order|court-order-winding-up|winding-up-overseas)/,
      /(resolution-to-wind-up|declaration-of-solvency|voluntary-statement-of-affairs)/,
      /move-to-creditors-voluntary-liquidation/,
    ],
  },
  {
    procedure: 'administration',
    patterns: [
      /appointmentt?-of-administrator/,
      /notice-of-administration-order/,
      /^liquidation-administration-order$/,
    ],
  },
  { procedure: 'receivership', patterns: [/appointment-(of-)?(administrative-)?receiver/] },
  { procedure: 'voluntary arrangement', patterns: [/meeting-approving-(companies|creditors)-voluntary-arrangement/] },
  { procedure: 'moratorium', patterns: [/commencement-of-moratorium/] },
] as const;
const NOT_OPENINGS =
  /replacement|additional|discharge|vacation|resignation|removal|cease|death|variation|recall|rescind|staying|termination/;

/** Which date of a case says when it began, best first. */
const OPENING_DATES = [
  'wound-up-on',
  'ordered-to-wind-up-on',
  'administration-started-on',
  'voluntary-arrangement-started-on',
  'moratorium-started-on',
  'instrumented-on',
  'declaration-solvent-on',
  'petitioned-on',
];

export type Procedure = (typeof OPENINGS)[number]['procedure'];
export type InsolvencyFilingOpening = PlacedFiling & { procedure: Procedure; openedOn: string };
export type InsolvencyCaseOpening = { index: number; caseNumber: string; type: string; openedOn: string };

/** The filings that open an insolvency procedure, one for each case; reports and final meetings are not openings. */
export function findInsolvencyOpenings(filings: readonly Filing[]): InsolvencyFilingOpening[] {
  const candidates = placed(filings)
    .flatMap(({ filing, index }) => {
      const procedure = openedProcedure(filing);
      const openedOn = valueDay(filing, 'case_start_date') ?? toDay(filing.action_date) ?? filedOn(filing);
      return procedure === null || openedOn === null ? [] : [{ filing, index, procedure, openedOn }];
    })
    .sort((a, b) => (a.openedOn === b.openedOn ? b.index - a.index : a.openedOn.localeCompare(b.openedOn)));
  const openings: InsolvencyFilingOpening[] = [];
  for (const candidate of candidates) {
    const earlier = openings.find(
      ({ procedure, openedOn }) =>
        procedure === candidate.procedure && daysBetween(openedOn, candidate.openedOn) <= SAME_CASE_DAYS,
    );
    if (earlier === undefined) openings.push(candidate);
  }
  return openings;
}

/** The cases of the insolvency register with the day each began; a case without any such day is left out. */
export function findCaseOpenings(insolvency: Insolvency | null): InsolvencyCaseOpening[] {
  return (insolvency?.cases ?? []).flatMap(({ number, type, dates }, index) => {
    const openedOn = OPENING_DATES.map((wanted) => dates?.find((entry) => entry.type === wanted)?.date)
      .map(toDay)
      .find((day) => day !== null);
    return openedOn ? [{ index, caseNumber: String(number ?? index + 1), type, openedOn }] : [];
  });
}

/** Whether a case and a filing tell of the same beginning. */
export function isSameOpening(opening: InsolvencyCaseOpening, filing: InsolvencyFilingOpening): boolean {
  return Math.abs(daysBetween(opening.openedOn, filing.openedOn)) <= MATCH_DAYS;
}

function openedProcedure(filing: Filing): Procedure | null {
  if (!describedBy(filing, /^liquidation-/) || describedBy(filing, NOT_OPENINGS)) return null;
  return OPENINGS.find(({ patterns }) => patterns.some((pattern) => describedBy(filing, pattern)))?.procedure ?? null;
}
