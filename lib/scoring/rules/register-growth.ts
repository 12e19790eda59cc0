import { accountTypeText } from '@/lib/companies/enumerations/register-text';
import { addDays, toDay, writtenDay } from '@/lib/companies/register/calendar';
import { findChargeEvents } from '@/lib/companies/register/charge-filings';
import { describedBy, type PlacedFiling, placed } from '@/lib/companies/register/filing-values';
import { incorporatedOn } from '@/lib/companies/register/incorporation';
import { findShareAllotments } from '@/lib/companies/register/share-allotments';
import type { Rule, Scoring } from '../component';
import { citeFiling, counted, ruled } from '../evidence';
import { given } from '../points';

const YEAR_DAYS = 365;
/** Which accounts a company may file grows with its size. */
const SIZE_RANK: Readonly<Record<string, number>> = {
  dormant: 0,
  'micro-entity': 1,
  'total-exemption-small': 2,
  'total-exemption-full': 2,
  'unaudited-abridged': 2,
  'audited-abridged': 2,
  small: 2,
  medium: 3,
  full: 3,
  group: 4,
};

export function allotmentRule({ register, today }: Scoring): Rule[] {
  const since = addDays(today, -YEAR_DAYS);
  const recent = findShareAllotments(register.filings, incorporatedOn(register.profile, register.filings)).filter(
    ({ allottedOn }) => allottedOn >= since && allottedOn <= today,
  );
  const [latest] = recent.sort((a, b) => b.allottedOn.localeCompare(a.allottedOn));
  if (latest === undefined) {
    const citation = {
      source: 'companies_house.filing_history',
      locator: '$.items',
      snippet: `no allotment among ${counted(register.filings.length, 'filing')} since ${since}`,
    } as const;
    const text = `No shares were allotted since ${writtenDay(since)}.`;
    return ruled(register, [citation], text, given('allotments', 'none'));
  }
  const text =
    recent.length === 1
      ? `New shares were allotted on ${writtenDay(latest.allottedOn)}.`
      : `Shares were allotted ${recent.length} times in a year, last on ${writtenDay(latest.allottedOn)}.`;
  const citation = citeFiling(latest);
  const snippet = `${citation.snippet}; allotted on ${latest.allottedOn}; ${counted(recent.length, 'allotment')} since ${since}`;
  const points = given('allotments', recent.length === 1 ? 'one' : 'several');
  return ruled(register, [{ ...citation, snippet }], text, points);
}

export function boardRule({ register, today }: Scoring): Rule[] {
  if (register.officers.length === 0) return [];
  const since = addDays(today, -YEAR_DAYS);
  const within = (day: string | null) => day !== null && day >= since && day <= today;
  const directors = register.officers.filter(({ officer_role }) => officer_role.includes('director'));
  const joined = directors.filter(({ appointed_on }) => within(toDay(appointed_on))).length;
  const left = directors.filter(({ resigned_on }) => within(toDay(resigned_on))).length;
  const founding = (incorporatedOn(register.profile, register.filings) ?? '') >= since;
  // A board that is as old as the company did not grow: it was made.
  if (directors.length === 0 || founding) return [];
  const change = joined - left;
  const happened = `${joined} joined and ${left} left`;
  const text =
    change > 0
      ? `The board grew: ${happened} in the last year.`
      : change < 0
        ? `The board shrank: ${happened} in the last year.`
        : `The board is as large as a year ago: ${happened}.`;
  const citation = {
    source: 'companies_house.officers',
    locator: '$.items',
    snippet: `${counted(directors.length, 'director')} listed; since ${since} ${happened}`,
  } as const;
  return ruled(register, [citation], text, given('board', change > 0 ? 'grew' : change < 0 ? 'shrank' : 'same'));
}

/** A company that has to file a larger class of accounts than the year before has outgrown the smaller one. */
export function sizeRule({ register }: Scoring): Rule[] {
  const [last, before] = placed(register.filings).flatMap((item) => {
    const type = accountsType(item);
    const rank = type === null ? undefined : SIZE_RANK[type];
    return type === null || rank === undefined ? [] : [{ ...item, type, rank }];
  });
  if (last === undefined || before === undefined) return [];
  const [now, then] = [last.type, before.type].map((type) => accountTypeText(type).toLowerCase());
  const text =
    last.rank > before.rank
      ? `The last accounts are of a larger class, ${now} after ${then}: the company has outgrown the smaller one.`
      : last.rank < before.rank
        ? `The last accounts are of a smaller class, ${now} after ${then}.`
        : `The last accounts are of the same class of size as those before (${now === then ? now : `${now} after ${then}`}).`;
  const outcome = last.rank > before.rank ? 'larger' : last.rank < before.rank ? 'smaller' : 'same';
  return ruled(register, [citeFiling(last), citeFiling(before)], text, given('accountsClass', outcome));
}

function accountsType({ filing }: PlacedFiling): string | null {
  if (!describedBy(filing, /^accounts-with-accounts-type-/)) return null;
  return filing.description?.replace('accounts-with-accounts-type-', '') ?? null;
}

/** New security can pay for growth or for survival, so it is told and gives no points. */
export function newChargesRule({ register, today }: Scoring): Rule[] {
  const since = addDays(today, -YEAR_DAYS);
  const recent = findChargeEvents(register.filings, register.charges).filter(
    ({ kind, otherPurpose, happenedOn }) =>
      kind === 'created' && otherPurpose === null && happenedOn >= since && happenedOn <= today,
  );
  const [latest] = recent;
  if (latest === undefined) return [];
  const text = `${counted(recent.length, 'new charge')} in the last year, which can mean growth or pressure.`;
  const citation = citeFiling(latest);
  const snippet = `${citation.snippet}; ${counted(recent.length, 'new charge')} since ${since}`;
  return ruled(register, [{ ...citation, snippet }], text, given('newCharges', 'told'));
}
