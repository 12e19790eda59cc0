import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import { periodValue, readValue } from '../values';
import { writeFigures } from './financials-figures';
import { writeGaps } from './gaps';
import { counted, fact, holds, phrase, upperFirst } from './phrases';
import { type Cited, cited, say, unknown } from './say';

/** Accounts that the law lets a company file without a profit and loss account. */
const WITHOUT_PROFIT_AND_LOSS = [
  'micro-entity',
  'small',
  'total-exemption-small',
  'total-exemption-full',
  'unaudited-abridged',
  'audited-abridged',
  'dormant',
  'filing-exemption-subsidiary',
];

export function writeFinancials(facts: SectionFacts): (Cited | null)[] {
  return [
    ...lastAccounts(facts),
    ...nextAccounts(facts),
    size(facts),
    ...writeFigures(facts),
    profitNote(facts),
    ...writeGaps(facts),
  ];
}

/** What was filed, for which time, and when: as much of it as is known, in one or two sentences. */
function lastAccounts(facts: SectionFacts): (Cited | null)[] {
  const madeUpTo = fact(facts, 'accounts_made_up_to');
  const type = cited(facts.statement('accounts_type_text'), ({ value }) => String(value).toLowerCase());
  const filed = fact(facts, 'accounts_filed_on');
  const what =
    say`Its last accounts on the register are ${type} accounts made up to ${madeUpTo}` ??
    say`Its last accounts on the register are made up to ${madeUpTo}`;
  return [say`${what}; they were filed on ${filed}.` ?? say`${what}.`, period(facts)];
}

function period(facts: SectionFacts): Cited | null {
  const bounds = cited(facts.statement('accounts_period'), (statement) => {
    const { start, end } = readValue(statement, periodValue);
    return `from ${writtenDay(start)} to ${writtenDay(end)}`;
  });
  const months = cited(facts.statement('accounts_period_months'), ({ value }) => counted(Number(value), 'month'));
  return say`They cover ${months}, ${bounds}.`;
}

function nextAccounts(facts: SectionFacts): (Cited | null)[] {
  const due = fact(facts, 'accounts_next_due');
  if (holds(facts, 'accounts_overdue', true)) {
    const late = phrase(facts, 'accounts_overdue', 'overdue');
    return [say`The next accounts were due by ${due} and are ${late}.` ?? say`The next accounts are ${late}.`];
  }
  const onTime = phrase(facts, 'accounts_overdue', 'not overdue');
  const { value, as_of } = facts.statement('accounts_next_due') ?? { value: null, as_of: '' };
  if (typeof value === 'string' && value < as_of.slice(0, 10)) {
    // The date has passed and the register has not raised its flag: both are said, neither is interpreted.
    return [say`The next accounts were due by ${due}, yet the register marks them as ${onTime}.`];
  }
  return [
    say`The next accounts are due by ${due}; they are ${onTime}.` ??
      say`The next accounts are due by ${due}.` ??
      say`Accounts are ${onTime}.`,
  ];
}

function size(facts: SectionFacts): Cited | null {
  return say`Only companies up to a certain size may file accounts of this kind, so this one counts as ${fact(facts, 'size_band')} (inferred).`;
}

/** Why a figure may not be public at all, said where the kind of accounts explains it. */
function profitNote(facts: SectionFacts): Cited | null {
  const type = facts.statement('accounts_type');
  const turnover = facts.gap('turnover');
  if (turnover === null || !WITHOUT_PROFIT_AND_LOSS.includes(String(type?.value))) return null;
  const words = cited(facts.statement('accounts_type_text'), ({ value }) => upperFirst(String(value).toLowerCase()));
  return say`${words} accounts need not include a profit and loss account, so ${unknown([turnover], 'turnover')} may not be public at all.`;
}
