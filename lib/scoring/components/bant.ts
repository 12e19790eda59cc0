import { isBoardRole } from '@/lib/companies/register/board-roles';
import { toDay } from '@/lib/companies/register/calendar';
import { presentOfficerName } from '@/lib/companies/register/officer-name';
import {
  type Amount,
  bantOf,
  cashText,
  type LeadFacts,
  type LeadSignal,
  type Letter,
  profitText,
} from '@/lib/leads/bant';
import type { DetectedSignal } from '@/lib/signals/schema';
import type { FigureId } from '@/lib/sources/accounts/figures';
import type { Component, Rule, Scoring } from '../component';
import { type Citation, citeFigure, citeSignal, counted, ruled } from '../evidence';
import { BANT_MOST, given } from '../points';
import { yearChange, yearsOf } from '../rules/year-change';

type CitedSignal = LeadSignal & { detected: DetectedSignal };
type Found = Letter<CitedSignal>;

/**
 * Budget, authority, need and timing, by the same reasons as the report. A letter that nothing speaks for gives no points
 * and no rule: it is a question to ask.
 */
export const bant: Component = {
  name: 'bant',
  evaluate(scoring) {
    const unread = ['companies_house.filing_history', 'companies_house.officers'] as const;
    const reasons = unread.map((source) => scoring.register.whyUnread(source)).filter((reason) => reason !== null);
    if (reasons.length === unread.length) return { notScored: reasons.join(' ') };
    const { budget, authority, need, timing } = bantOf(factsOf(scoring));
    const rules = [
      ...letterRule(scoring, 'Budget', budget),
      ...authorityRule(scoring, authority),
      ...letterRule(scoring, 'Need', need),
      ...letterRule(scoring, 'Timing', timing),
    ];
    if (rules.length > 0) return { rules, reachable: BANT_MOST };
    return {
      notScored: 'Nobody who decides is named and no event is recent: budget, authority, need and timing are unknown.',
    };
  },
};

function factsOf({ register, signals, today }: Scoring): LeadFacts<CitedSignal> {
  const board = deciders(register);
  return {
    today,
    signals: signals.map((detected) => {
      const { kind, title, event_date: happenedOn, expires_on: expiresOn } = detected;
      return { kind, title, happenedOn, expiresOn, detected };
    }),
    cash: cashText(amount(register, 'cash')),
    profit: profitText(amount(register, 'profit_loss')),
    board: { count: board.length, areMembers: board.some(({ officer }) => officer.officer_role.includes('member')) },
    employeesGrowth: yearChange(yearsOf(register, 'employees'))?.percent ?? null,
  };
}

function amount(register: Scoring['register'], id: FigureId): Amount | null {
  const fact = yearsOf(register, id)?.current.fact;
  if (fact === undefined || fact.pence === null) return null;
  return { hundredths: fact.pence, currency: fact.unit, day: fact.end };
}

/** Those in office who decide, the newest first. */
function deciders({ officers }: Scoring['register']) {
  return officers
    .map((officer, index) => ({ officer, index }))
    .filter(({ officer }) => isBoardRole(officer.officer_role) && !officer.resigned_on)
    .sort((a, b) => (toDay(b.officer.appointed_on) ?? '').localeCompare(toDay(a.officer.appointed_on) ?? ''));
}

function letterRule(scoring: Scoring, name: string, letter: Found | null): Rule[] {
  if (letter === null) return [];
  const { register } = scoring;
  const text = `${name} ${letter.state}: ${letter.text}.`;
  const points = given('letter', letter.state);
  if ('signal' in letter.basis) return ruled(register, [citeSignal(letter.basis.signal.detected)], text, points);
  const years = yearsOf(register, FIGURE_OF[letter.basis.fact]);
  const change = letter.basis.fact === 'employeesGrowth' ? yearChange(years) : null;
  if (change !== null && change.percent !== null) {
    const citations = [change.current, change.previous].map((figure) => citeFigure(register, figure));
    return ruled(register, citations, text, points, { name: 'growth_percent', value: change.percent });
  }
  return years === null ? [] : ruled(register, [citeFigure(register, years.current)], text, points);
}

/** The figure that a letter rests on. */
const FIGURE_OF = { cash: 'cash', profit: 'profit_loss', employeesGrowth: 'employees', board: 'employees' } as const;

/** A report names whom to begin with; the score names who was appointed last. */
function authorityRule({ register }: Scoring, letter: Found | null): Rule[] {
  const active = deciders(register);
  const [latest] = active;
  if (letter === null || latest === undefined) return [];
  const name = presentOfficerName(latest.officer.name);
  const others = active.length > 1 ? ` and ${counted(active.length - 1, 'other')}` : '';
  const role = latest.officer.officer_role;
  const citation: Citation = {
    source: 'companies_house.officers',
    locator: `$.items[${latest.index}].name`,
    snippet: `${latest.officer.name} (${name}), ${role}; ${counted(active.length, 'active decision maker')}${others}`,
  };
  const text = `Authority ${letter.state}: the register names ${name}${others}; a statutory ${role.includes('member') ? 'member' : 'director'} is not automatically the buyer.`;
  return ruled(register, [citation], text, given('letter', letter.state));
}
