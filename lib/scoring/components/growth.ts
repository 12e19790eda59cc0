import { accountTypeText } from '@/lib/companies/enumerations/register-text';
import { addDays, toDay, writtenDay } from '@/lib/companies/register/calendar';
import { findChargeEvents } from '@/lib/companies/register/charge-filings';
import { describedBy, type PlacedFiling, placed } from '@/lib/companies/register/filing-values';
import { incorporatedOn } from '@/lib/companies/register/incorporation';
import { findShareAllotments } from '@/lib/companies/register/share-allotments';
import { type Component, cited, citeFiling, counted, type Scoring } from '../component';
import type { ScoreRule } from '../schema';

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

/** Growth that the register shows: new shares, a growing board, a larger class of accounts. Points add up, 0 to 100. */
export const growth: Component = {
  name: 'growth',
  evaluate(scoring) {
    const { register } = scoring;
    const unread = register.whyUnread('companies_house.filing_history');
    if (unread !== null) return { notScored: unread };
    if (register.filings.length === 0) return { notScored: 'The register lists no filing of this company.' };
    return {
      rules: [...allotmentRule(scoring), ...boardRule(scoring), ...sizeRule(scoring), ...newChargesRule(scoring)],
    };
  },
};

function allotmentRule({ register, today }: Scoring): ScoreRule[] {
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
    return cited(register, citation, { text: `No shares were allotted since ${writtenDay(since)}.`, points: 0 });
  }
  const text =
    recent.length === 1
      ? `New shares were allotted on ${writtenDay(latest.allottedOn)}.`
      : `Shares were allotted ${recent.length} times in a year, last on ${writtenDay(latest.allottedOn)}.`;
  const citation = citeFiling(latest);
  const snippet = `${citation.snippet}; allotted on ${latest.allottedOn}; ${counted(recent.length, 'allotment')} since ${since}`;
  return cited(register, { ...citation, snippet }, { text, points: recent.length === 1 ? 30 : 40 });
}

function boardRule({ register, today }: Scoring): ScoreRule[] {
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
  return cited(register, citation, { text, points: change > 0 ? 30 : change < 0 ? 0 : 15 });
}

/** A company that has to file a larger class of accounts than the year before has outgrown the smaller one. */
function sizeRule({ register }: Scoring): ScoreRule[] {
  const [last, before] = placed(register.filings).flatMap((item) => {
    const type = accountsType(item);
    const rank = type === null ? undefined : SIZE_RANK[type];
    return type === null || rank === undefined ? [] : [{ ...item, type, rank }];
  });
  if (last === undefined || before === undefined) return [];
  const types = `${accountTypeText(last.type)}, before that ${accountTypeText(before.type)}`;
  const text =
    last.rank > before.rank
      ? `The last accounts are of a larger class: ${types}.`
      : last.rank < before.rank
        ? `The last accounts are of a smaller class: ${types}.`
        : `The last two accounts are of the same class of size: ${types}.`;
  const citation = citeFiling(last);
  const snippet = `${citation.snippet}; before: ${citeFiling(before).snippet}`;
  return cited(
    register,
    { ...citation, snippet },
    { text, points: last.rank > before.rank ? 20 : last.rank === before.rank ? 10 : 0 },
  );
}

function accountsType({ filing }: PlacedFiling): string | null {
  if (!describedBy(filing, /^accounts-with-accounts-type-/)) return null;
  return filing.description?.replace('accounts-with-accounts-type-', '') ?? null;
}

/** New security can pay for growth or for survival, so it is told and gives no points. */
function newChargesRule({ register, today }: Scoring): ScoreRule[] {
  const since = addDays(today, -YEAR_DAYS);
  const recent = findChargeEvents(register.filings, register.charges).filter(
    ({ kind, otherPurpose, happenedOn }) =>
      kind === 'created' && otherPurpose === null && happenedOn >= since && happenedOn <= today,
  );
  const [latest] = recent;
  if (latest === undefined) return [];
  const text = `${counted(recent.length, 'new charge')} in the last year, which can mean growth or pressure.`;
  return cited(register, citeFiling(latest), { text, points: 0 });
}
