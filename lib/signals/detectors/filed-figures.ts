import { toDay, writtenDay } from '@/lib/companies/register/calendar';
import {
  amountOf,
  type FigureYears,
  figureYears,
  type PlacedFigure,
  whyIncomparable,
} from '@/lib/companies/register/figure-years';
import { filedOn, transactionId, valueDay } from '@/lib/companies/register/filing-values';
import { moneyText } from '@/lib/companies/register/money-text';
import type { Register } from '@/lib/companies/register/register';
import { isAccounts } from '@/lib/sources/accounts/accounts-filings';
import type { FigureId } from '@/lib/sources/accounts/figures';
import { type Detector, type SignalDraft, toSignal } from '../detector';
import type { DetectedSignal } from '../schema';

/** Design note research 1.8: a change of a fifth is an event. */
const LARGE_CHANGE = 0.2;
/** One person more is no growth, however small the company. */
const FEWEST_PEOPLE = 2;
/** In hundredths of a currency: a change of a few hundred pounds says nothing, be it manifold. */
const SMALLEST_CHANGE = 1_000_00;

const NEEDS = ['accounts.figures', 'companies_house.filing_history'] as const;

/** More people in the filed accounts than the year before. */
export const headcountGrowth: Detector = {
  name: 'headcount_growth',
  label: 'a growing number of employees',
  type: 'expansion',
  needs: NEEDS,
  uses: [],
  whyUnreadable,
  detect: (register) =>
    changeOf(register, ['employees'], (change) => {
      if (!isLarge(change) || change.to < change.from) return null;
      return {
        kind: 'headcount_growth',
        title: `Average number of employees rose ${change.text}`,
        why: 'More people need more tools, places and training.',
      };
    }),
};

/** Large changes of what the filed accounts say: turnover, people, and whether the company owes more than it has. */
export const filedFigures: Detector = {
  name: 'filed_figures',
  label: 'large changes in the filed accounts',
  type: 'financial_event',
  needs: NEEDS,
  uses: [],
  whyUnreadable,
  detect: (register) => [
    ...changeOf(register, ['net_assets', 'equity'], (change) => {
      if (Math.sign(change.from) * Math.sign(change.to) !== -1 || !isNoticeable(change)) return null;
      return change.to < 0
        ? {
            kind: 'equity_turned_negative',
            title: `${NAMES[change.id]} turned negative, ${change.text}`,
            why: 'The company owes more than it has: it may need money, and pay late until it finds some.',
          }
        : {
            kind: 'equity_turned_positive',
            title: `${NAMES[change.id]} turned positive, ${change.text}`,
            why: 'The company has more than it owes again, by its results or by new money.',
          };
    }),
    ...changeOf(register, ['turnover'], (change) => {
      if (!isLarge(change)) return null;
      return change.to > change.from
        ? {
            kind: 'turnover_growth',
            title: `Turnover rose ${change.text}`,
            why: 'The business sells much more than a year before: what it works with has to keep up.',
          }
        : {
            kind: 'turnover_drop',
            title: `Turnover fell ${change.text}`,
            why: 'The business sells much less than a year before: it looks for savings, and may pay late.',
          };
    }),
    ...changeOf(register, ['employees'], (change) => {
      if (!isLarge(change) || change.to > change.from) return null;
      return {
        kind: 'headcount_drop',
        title: `Average number of employees fell ${change.text}`,
        why: 'The company has become smaller: it may look for savings, or have sold or moved a part of its work.',
      };
    }),
  ],
};

const NAMES: Partial<Record<FigureId, string>> = { net_assets: 'Net assets', equity: 'Equity' };

type Change = {
  id: FigureId;
  /** In hundredths of the currency, or people. */
  from: number;
  to: number;
  isMoney: boolean;
  /** The two figures and when they were filed, as a title has them. */
  text: string;
};
type Words = Pick<SignalDraft, 'kind' | 'title' | 'why'>;

/** Scans hold no tagged figures: then nobody could look, although the register answered. */
function whyUnreadable(register: Register): string | null {
  return register.filings.some(isAccounts) ? register.whyNothing('accounts.figures') : null;
}

/**
 * The change of a figure over a year as a signal, dated by the filing that first told of it. Nothing where the two years
 * cannot be compared, see {@link whyIncomparable}.
 * @param ids figures that mean the same; the first that has two years counts.
 */
function changeOf(
  register: Register,
  ids: readonly FigureId[],
  wordsOf: (change: Change) => Words | null,
): DetectedSignal[] {
  const accounts = register.dataOf('accounts.figures');
  const filing = accounts === null ? null : filingOf(register, accounts.documents[0]);
  if (accounts === null || filing === null) return [];
  const [found] = ids.flatMap((id) => {
    const years = figureYears(accounts, id);
    return years?.previous ? [{ id, years, previous: years.previous }] : [];
  });
  if (found === undefined || whyIncomparable(found.years, found.previous) !== null) return [];
  const change = toChange(found.id, found.years.current, found.previous, filing);
  const words = wordsOf(change);
  if (words === null) return [];
  return toSignal(register, {
    ...words,
    happenedOn: filing.filedOn,
    eventId: `${filing.transactionId}:${words.kind}`,
    source: 'accounts.figures',
    locator: found.years.current.locator,
    snippet: snippetOf(change, found.years, found.previous, filing),
    // Accounts that were amended were wrong once.
    doubtful: filing.amendedOn !== null,
  });
}

type AccountsFiled = { transactionId: string; filedOn: string; amendedOn: string | null };
type Document = { balance_sheet_date: string; transaction_id: string; filed_on: string | null };

/** The first filing of accounts of that balance sheet: amended ones come later and tell the same event. */
function filingOf(register: Register, document: Document | undefined): AccountsFiled | null {
  const filing = register.filings.findLast(
    (item) =>
      isAccounts(item) && (valueDay(item, 'made_up_date') ?? toDay(item.action_date)) === document?.balance_sheet_date,
  );
  const day = filing === undefined ? null : filedOn(filing);
  if (filing === undefined || document === undefined || day === null) return null;
  const isAmended = document.transaction_id !== transactionId(filing);
  return { transactionId: transactionId(filing), filedOn: day, amendedOn: isAmended ? document.filed_on : null };
}

function toChange(id: FigureId, current: PlacedFigure, previous: PlacedFigure, filing: AccountsFiled): Change {
  const filed = `filed on ${writtenDay(filing.filedOn)}`;
  const amended = filing.amendedOn === null ? '' : ` and amended on ${writtenDay(filing.amendedOn)}`;
  return {
    id,
    from: amountOf(previous),
    to: amountOf(current),
    isMoney: current.fact.pence !== null,
    text: `from ${figureText(previous)} to ${figureText(current)} in the accounts ${filed}${amended}`,
  };
}

function isLarge(change: Change): boolean {
  if (change.from <= 0 || change.to < 0 || !isNoticeable(change)) return false;
  return Math.abs(change.to - change.from) >= change.from * LARGE_CHANGE;
}

function isNoticeable({ from, to, isMoney }: Change): boolean {
  return Math.abs(to - from) >= (isMoney ? SMALLEST_CHANGE : FEWEST_PEOPLE);
}

/** With its sign: `-£12,500`, `41`. */
function figureText({ fact }: PlacedFigure): string {
  if (fact.pence === null) return (fact.count ?? 0).toLocaleString('en-GB');
  return `${fact.pence < 0 ? '-' : ''}${moneyText(fact.pence, fact.unit)}`;
}

function snippetOf({ id }: Change, { current }: FigureYears, previous: PlacedFigure, filing: AccountsFiled): string {
  const parts = [
    `${id}: ${figureText(current)} (${periodOf(current)})`,
    `before: ${figureText(previous)} (${periodOf(previous)})`,
    `filed on ${filing.filedOn}`,
    filing.amendedOn === null ? '' : `amended on ${filing.amendedOn}`,
  ];
  return parts.filter(Boolean).join('; ');
}

function periodOf({ fact: { start, end } }: PlacedFigure): string {
  return start === null ? end : `${start} to ${end}`;
}
