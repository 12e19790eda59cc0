import { z } from 'zod';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import { insolvencyValue, noticeValue, readValue } from '../values';
import { writeGaps } from './gaps';
import { absence, counted, fact, holds, inSeries, NAMED_IN_FULL, phrase, upperFirst } from './phrases';
import { writeAddress } from './risk-address';
import { writeCharges } from './risk-charges';
import { writeGazette } from './risk-gazette';
import { type Cited, cited, say } from './say';

export function writeRisk(facts: SectionFacts): (Cited | null)[] {
  return [
    ...overdue(facts),
    ...writeCharges(facts),
    conflict(facts, 'charges_total', 'has_charges_flag', 'charges'),
    ...insolvency(facts),
    conflict(facts, 'insolvency_cases', 'insolvency_history_flag', 'insolvency history'),
    ...strikeOff(facts),
    ...writeGazette(facts),
    equity(facts),
    ...writeAddress(facts),
    turnover(facts),
    ...writeGaps(facts),
  ];
}

function equity(facts: SectionFacts): Cited | null {
  return holds(facts, 'negative_equity', true)
    ? say`It owes more than it has: ${phrase(facts, 'negative_equity', 'equity is negative')} in its last accounts.`
    : say`Its last accounts do not show ${phrase(facts, 'negative_equity', 'negative equity')}.`;
}

function overdue(facts: SectionFacts): (Cited | null)[] {
  return [...standing(facts, true), ...standing(facts, false), confirmationDue(facts)];
}

/** Accounts and confirmation statement, those that are late and those that are not. */
function standing(facts: SectionFacts, isLate: boolean): (Cited | null)[] {
  const accounts = holds(facts, 'accounts_overdue', isLate) ? phrase(facts, 'accounts_overdue', 'accounts') : null;
  const confirmation = holds(facts, 'confirmation_statement_overdue', isLate)
    ? phrase(facts, 'confirmation_statement_overdue', 'confirmation statement')
    : null;
  const verdict = isLate ? 'overdue at the register' : 'not overdue';
  return [
    say`Its ${accounts} and its ${confirmation} are ${verdict}.` ??
      say`Its ${accounts} are ${verdict}.` ??
      say`Its ${confirmation} is ${verdict}.`,
  ];
}

function confirmationDue(facts: SectionFacts): Cited | null {
  const due = fact(facts, 'confirmation_statement_next_due');
  if (holds(facts, 'confirmation_statement_overdue', true)) return say`The confirmation statement was due by ${due}.`;
  const { value, as_of } = facts.statement('confirmation_statement_next_due') ?? { value: null, as_of: '' };
  if (typeof value === 'string' && value < as_of.slice(0, 10)) {
    // The date has passed and the register has not raised its flag: both are said, neither is interpreted.
    const onTime = phrase(facts, 'confirmation_statement_overdue', 'not overdue');
    return (
      say`The next confirmation statement was due by ${due}, yet the register marks it as ${onTime}.` ??
      say`The next confirmation statement was due by ${due}.`
    );
  }
  return say`The next confirmation statement is due by ${due}.`;
}

/** Who was in charge a year ago and is no longer. */
function turnover(facts: SectionFacts): Cited | null {
  const [left, before] = [facts.statement('directors_left_12m'), facts.statement('directors_a_year_ago')];
  const gone = cited(left, ({ value }) => String(value));
  if (left?.value === before?.value) {
    return say`All ${cited(before, ({ value }) => `${String(value)} directors`)} who were in office a year ago have left since.`;
  }
  const board = cited(before, ({ value }) => `${String(value)} directors`);
  return say`Of the ${board} in office a year ago, ${gone} have left since.`;
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
