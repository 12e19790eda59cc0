import { z } from 'zod';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import { chargeValue, insolvencyValue, noticeValue, readValue } from '../values';
import { writeGaps } from './gaps';
import { counted, fact, holds, inSeries, phrase, upperFirst } from './phrases';
import { writeGazette } from './risk-gazette';
import { type Cited, cited, listed, say } from './say';

/** More lenders than this are summed up. */
const NAMED_IN_FULL = 4;

export function writeRisk(facts: SectionFacts): (Cited | null)[] {
  return [
    ...overdue(facts),
    ...charges(facts),
    conflict(facts, 'charges_total', 'has_charges_flag', 'charges'),
    ...insolvency(facts),
    conflict(facts, 'insolvency_cases', 'insolvency_history_flag', 'insolvency history'),
    ...strikeOff(facts),
    ...writeGazette(facts),
    equity(facts),
    ...writeGaps(facts),
  ];
}

function equity(facts: SectionFacts): Cited | null {
  return holds(facts, 'negative_equity', true)
    ? say`It owes more than it has: ${phrase(facts, 'negative_equity', 'equity is negative')} in its last accounts.`
    : say`Its last accounts do not show ${phrase(facts, 'negative_equity', 'negative equity')}.`;
}

function overdue(facts: SectionFacts): (Cited | null)[] {
  const late = [
    holds(facts, 'accounts_overdue', true) ? phrase(facts, 'accounts_overdue', 'its accounts') : null,
    holds(facts, 'confirmation_statement_overdue', true)
      ? phrase(facts, 'confirmation_statement_overdue', 'its confirmation statement')
      : null,
  ].filter((piece) => piece !== null);
  const onTime = [
    holds(facts, 'accounts_overdue', false) ? phrase(facts, 'accounts_overdue', 'accounts') : null,
    holds(facts, 'confirmation_statement_overdue', false)
      ? phrase(facts, 'confirmation_statement_overdue', 'the confirmation statement')
      : null,
  ].filter((piece) => piece !== null);
  return [
    late.length === 0 ? null : say`Overdue at the register: ${listed(late)}.`,
    onTime.length === 0 ? null : say`Not overdue: ${listed(onTime)}.`,
    holds(facts, 'confirmation_statement_overdue', true)
      ? say`The confirmation statement was due by ${fact(facts, 'confirmation_statement_next_due')}.`
      : say`The next confirmation statement is due by ${fact(facts, 'confirmation_statement_next_due')}.`,
  ];
}

function charges(facts: SectionFacts): (Cited | null)[] {
  const outstanding = facts.statement('charges_outstanding');
  if (outstanding === null) return [];
  const total = cited(facts.statement('charges_total'), ({ value }) => counted(Number(value), 'registered charge'));
  if (facts.statement('charges_total')?.value === 0) {
    return [absence(facts, 'charges_total', 'No charge')];
  }
  if (outstanding.value === 0) {
    const none = cited(outstanding, () => 'none');
    return [say`Of ${total}, ${none} is outstanding any more.`];
  }
  return [
    say`Of ${total}, ${cited(outstanding, ({ value }) => (value === 1 ? '1 is' : `${String(value)} are`))} outstanding.`,
    latestCharge(facts),
    lenders(facts),
  ];
}

function latestCharge(facts: SectionFacts): Cited | null {
  const statement = facts.statement('charges');
  const [latest] = statement === null ? [] : readValue(statement, z.array(chargeValue));
  if (latest === undefined || latest.created_on === null) return null;
  const by =
    latest.persons_entitled.length === 0
      ? ''
      : `, in favour of ${inSeries(latest.persons_entitled.slice(0, NAMED_IN_FULL))}`;
  const created = writtenDay(latest.created_on);
  return say`The newest of them was created on ${cited(statement, () => `${created}${by}`)}.`;
}

function lenders(facts: SectionFacts): Cited | null {
  const statement = facts.statement('lenders');
  const names = statement === null ? [] : readValue(statement, z.array(z.string()));
  if (names.length < 2) return null;
  const told = inSeries(names.slice(0, NAMED_IN_FULL));
  const and = names.length > NAMED_IN_FULL ? ', among others' : '';
  return say`Those entitled under the outstanding charges are ${cited(statement, () => `${told}${and}`)}.`;
}

/** Where the register contradicts itself: both sides, and which one is believed. */
function conflict(facts: SectionFacts, counted: string, flag: string, what: string): Cited | null {
  const count = facts.statement(counted);
  const other = facts.statement(flag);
  if (count === null || other === null || !count.conflicts.includes(other.id)) return null;
  const says = cited(other, ({ value }) => (value === true ? `has ${what}` : `has no ${what}`));
  const believed = count.value === 0 ? 'so there may be some that the list lacks' : 'this report follows the list';
  const shows = cited(count, ({ value, unit }) =>
    value === 0 ? `no ${unit ?? what}` : `${String(value)} ${unit ?? what}`,
  );
  return say`The register contradicts itself: its entry says that the company ${says}, while the list itself shows ${shows}; ${believed}.`;
}

function insolvency(facts: SectionFacts): (Cited | null)[] {
  const count = facts.statement('insolvency_cases');
  if (count?.value === 0) return [absence(facts, 'insolvency_cases', 'No insolvency case')];
  const list = facts.statement('insolvency_case_list');
  const cases = list === null ? [] : readValue(list, z.array(insolvencyValue));
  return [
    say`The register holds ${cited(count, ({ value }) => counted(Number(value), 'insolvency case'))}.`,
    ...cases.slice(0, NAMED_IN_FULL).map((entry) => say`${cited(list, () => upperFirst(caseText(entry)))}.`),
  ];
}

function caseText({ text, dates }: z.infer<typeof insolvencyValue>): string {
  if (dates.length === 0) return text;
  return `${text}: ${inSeries(dates.map((entry) => `${entry.text.toLowerCase()} ${writtenDay(entry.date)}`))}`;
}

function strikeOff(facts: SectionFacts): (Cited | null)[] {
  const count = facts.statement('strike_off_notices');
  if (count?.value === 0) return [absence(facts, 'strike_off_notices', 'No strike-off notice')];
  const list = facts.statement('strike_off_notice_list');
  const notices = list === null ? [] : readValue(list, z.array(noticeValue));
  const live = notices.find((notice) => notice.live);
  const total = cited(count, ({ value }) => counted(Number(value), 'strike-off notice'));
  if (live !== undefined) {
    const latest = cited(list, () => `${writtenDay(live.date)} still stands`);
    return [say`The filing history holds ${total}; the one of ${latest}.`];
  }
  const [newest] = notices;
  if (newest === undefined) return [];
  return [
    say`The filing history holds ${total}, last on ${cited(list, () => writtenDay(newest.date))}; none stands today.`,
  ];
}

/** What is not there is said with the day on which it was not there; not where the register contradicts itself. */
function absence(facts: SectionFacts, field: string, words: string): Cited | null {
  if ((facts.statement(field)?.conflicts.length ?? 0) > 0) return null;
  return say`${cited(facts.statement(field), ({ as_of: on }) => `${words} is on the register as of ${writtenDay(on.slice(0, 10))}`)}.`;
}
