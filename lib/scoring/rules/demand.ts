import { addDays, daysBetween } from '@/lib/companies/register/calendar';
import { perHundred } from '@/lib/companies/register/figure-arithmetic';
import { amountOf } from '@/lib/companies/register/figure-years';
import type { Rule, Scoring } from '../component';
import { citeFigure, citeSignal, counted, ruled } from '../evidence';
import { given, givenFor } from '../points';
import { yearsOf } from './year-change';

const YEAR_DAYS = 365;
/** A board that was read longer ago says nothing about the roles of today. */
const BOARD_DAYS = 30;
/** Design note research 1.6: below it a board is a candidate only. */
const PROVED = 0.5;

/** Public contracts of the past year, each told once though two services announce it. */
export function awardsRule({ register, signals, today }: Scoring): Rule[] {
  const since = addDays(today, -YEAR_DAYS);
  const awards = signals.filter(({ kind, event_date }) => kind === 'contract_award' && event_date >= since);
  const [latest] = awards;
  if (latest === undefined) return [];
  const citations = awards.map(citeSignal);
  if (awards.length === 1) return ruled(register, citations, `${latest.title}.`, given('awards', 'one'));
  const text = `${awards.length} public contracts were awarded in the past year; the newest: ${latest.title}.`;
  return ruled(register, citations, text, given('awards', 'several'), { name: 'count', value: awards.length });
}

/** Open roles beside the number of employees of the last accounts, where both are known. */
export function openRolesRule({ register, today }: Scoring): Rule[] {
  const source = 'job_boards.roles';
  const roles = register.dataOf(source);
  const readOn = register.originOf(source)?.retrievedAt.slice(0, 10);
  if (roles === null || readOn === undefined || daysBetween(readOn, today) > BOARD_DAYS) return [];
  const isProved = roles.boards.every(({ unread, proof }) => unread !== null || proof.match >= PROVED);
  if (!isProved) return [];
  const board = { source, locator: '$.total', snippet: String(roles.total) } as const;
  if (roles.total === 0)
    return ruled(register, [board], 'No role is open on its job board.', given('openRoles', 'none'));
  const are = `${counted(roles.total, 'role')} ${roles.total === 1 ? 'is' : 'are'} open`;
  const employees = yearsOf(register, 'employees')?.current;
  if (employees === undefined || amountOf(employees) <= 0) {
    return ruled(register, [board], `${are}.`, given('openRoles', 'unmeasured'));
  }
  const share = perHundred(roles.total, amountOf(employees));
  const text = `${are} beside ${amountOf(employees).toLocaleString('en-GB')} employees, which is ${share}%.`;
  const citations = [board, citeFigure(register, employees)];
  return ruled(register, citations, text, givenFor('openRoles', share), { name: 'per_hundred', value: share });
}
