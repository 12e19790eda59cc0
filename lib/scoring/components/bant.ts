import { addDays, daysBetween, toDay, writtenDay } from '@/lib/companies/register/calendar';
import { findChargeEvents } from '@/lib/companies/register/charge-filings';
import { findDirectorChanges } from '@/lib/companies/register/director-changes';
import { incorporatedOn } from '@/lib/companies/register/incorporation';
import { presentOfficerName } from '@/lib/companies/register/officer-name';
import { findShareAllotments } from '@/lib/companies/register/share-allotments';
import { type Citation, type Component, cited, citeFiling, counted, type Scoring } from '../component';
import type { ScoreRule } from '../schema';

const KNOWN = 25;
const INDICATED = 15;
const BUDGET_DAYS = 180;
const NEED_DAYS = 120;
const TIMING_DAYS = 90;
const MEMBER = /member/;
/** Roles whose holders decide: directors, and members where there is no board. */
const DECIDES = /director|llp-(designated-)?member|managing-officer/;

type Trigger = { kind: 'allotment' | 'borrowing' | 'director'; day: string; what: string; citation: Citation };

/**
 * Budget, authority, need and timing, each 25 when known and 15 when the register only indicates it. A letter that
 * nothing speaks for gives no points and no rule: it is a question to ask.
 */
export const bant: Component = {
  name: 'bant',
  evaluate(scoring) {
    const { register } = scoring;
    const unread = ['companies_house.filing_history', 'companies_house.officers'] as const;
    const reasons = unread.map((source) => register.whyUnread(source)).filter((reason) => reason !== null);
    if (reasons.length === unread.length) return { notScored: reasons.join(' ') };
    const triggers = recentTriggers(scoring);
    const rules = [
      ...budgetRule(scoring, triggers),
      ...authorityRule(scoring),
      ...needRule(scoring, triggers),
      ...timingRule(scoring, triggers),
    ];
    if (rules.length > 0) return { rules };
    return {
      notScored:
        'The register names no director and shows no recent event: budget, authority, need and timing are unknown.',
    };
  },
};

/** Events of the last 180 days, newest first. */
function recentTriggers({ register, today }: Scoring): Trigger[] {
  const { filings, officers, charges } = register;
  const incorporation = incorporatedOn(register.profile, filings);
  const since = addDays(today, -BUDGET_DAYS);
  const triggers: Trigger[] = [
    ...findShareAllotments(filings, incorporation).map((item) => ({
      kind: 'allotment' as const,
      day: item.allottedOn,
      what: `new shares were allotted on ${writtenDay(item.allottedOn)}`,
      citation: citeFiling(item),
    })),
    ...findChargeEvents(filings, charges)
      .filter(({ kind, otherPurpose }) => kind === 'created' && otherPurpose === null)
      .map((item) => ({
        kind: 'borrowing' as const,
        day: item.happenedOn,
        what: `new borrowing was secured on ${writtenDay(item.happenedOn)}`,
        citation: citeFiling(item),
      })),
    ...findDirectorChanges(filings, officers, incorporation)
      .filter(({ kind }) => kind === 'appointed')
      .map((item) => ({
        kind: 'director' as const,
        day: item.changedOn,
        what: `${item.name ?? 'a director'} joined the board on ${writtenDay(item.changedOn)}`,
        citation: citeFiling(item),
      })),
  ];
  return triggers
    .filter(({ day }) => day >= since && day <= today)
    .map((trigger) => ({
      ...trigger,
      citation: { ...trigger.citation, snippet: `${trigger.citation.snippet}; event on ${trigger.day}` },
    }))
    .sort((a, b) => b.day.localeCompare(a.day) || a.citation.locator.localeCompare(b.citation.locator));
}

function budgetRule({ register }: Scoring, triggers: readonly Trigger[]): ScoreRule[] {
  const money = triggers.find(({ kind }) => kind !== 'director');
  if (money === undefined) return [];
  return cited(register, money.citation, { text: `Budget indicated: ${money.what}.`, points: INDICATED });
}

function authorityRule({ register }: Scoring): ScoreRule[] {
  const active = register.officers
    .map((officer, index) => ({ officer, index }))
    .filter(({ officer }) => DECIDES.test(officer.officer_role) && !officer.resigned_on);
  const [latest] = [...active].sort((a, b) =>
    (toDay(b.officer.appointed_on) ?? '').localeCompare(toDay(a.officer.appointed_on) ?? ''),
  );
  if (latest === undefined) return [];
  const name = presentOfficerName(latest.officer.name);
  const others = active.length > 1 ? ` and ${counted(active.length - 1, 'other')}` : '';
  const citation: Citation = {
    source: 'companies_house.officers',
    locator: `$.items[${latest.index}].name`,
    snippet: `${latest.officer.name} (${name}), ${latest.officer.officer_role}; ${counted(active.length, 'active decision maker')}${others}`,
  };
  const text = `Authority indicated: the register names ${name}${others}; a statutory ${MEMBER.test(latest.officer.officer_role) ? 'member' : 'director'} is not automatically the buyer.`;
  return cited(register, citation, { text, points: INDICATED });
}

function needRule({ register, today }: Scoring, triggers: readonly Trigger[]): ScoreRule[] {
  const change = triggers.find(({ day, kind }) => kind !== 'borrowing' && daysBetween(day, today) <= NEED_DAYS);
  if (change === undefined) return [];
  return cited(register, change.citation, {
    text: `Need indicated: ${change.what}, and change brings new requirements.`,
    points: INDICATED,
  });
}

function timingRule({ register, today }: Scoring, triggers: readonly Trigger[]): ScoreRule[] {
  const [latest] = triggers;
  if (latest === undefined) return [];
  const known = daysBetween(latest.day, today) <= TIMING_DAYS;
  return cited(register, latest.citation, {
    text: `Timing ${known ? 'known' : 'indicated'}: ${latest.what}.`,
    points: known ? KNOWN : INDICATED,
  });
}
