import { z } from 'zod';
import { isBoardRole } from '@/lib/companies/register/board-roles';
import { type Amount, bantOf, cashText, type LeadFacts, profitText } from '@/lib/leads/bant';
import type { SectionDraft } from '../draft/section-draft';
import type { Gap, Statement } from '../schema';
import { BANT_FIELDS, officerValue, readValue } from '../values';
import { upperFirst } from '../writer/phrases';
import type { LiveSignal } from './approach-signals';

const LETTERS = {
  bant_budget: 'budget',
  bant_authority: 'authority',
  bant_need: 'need',
  bant_timing: 'timing',
} as const;
export const NO_REASON = 'No event of the past year still gives a reason to call.';
const NOTHING = 'Nothing that was read speaks of it.';
const WHY_OPEN: Record<(typeof BANT_FIELDS)[number], string> = {
  bant_budget: NOTHING,
  bant_authority: 'The register names nobody who decides.',
  bant_need: NOTHING,
  bant_timing: NO_REASON,
};

/**
 * Budget, authority, need and timing, each with what speaks for it: known, indicated, or a gap that becomes a question.
 * @param signals newest first.
 */
export function stateBant(draft: SectionDraft, signals: readonly LiveSignal[]): void {
  const { facts, basisOf } = factsOf(draft, signals);
  const letters = bantOf(facts);
  for (const field of BANT_FIELDS) {
    const name = LETTERS[field];
    const letter = letters[name];
    if (letter !== null) {
      const { state, text, basis } = letter;
      const from = 'signal' in basis ? [basis.signal.statement] : basisOf[basis.fact];
      draft.inferred(field, { letter: upperFirst(name), state, text }, from);
      continue;
    }
    const failed = failedSource(draft, field);
    draft.gap(field, failed?.reason ?? 'not_found', failed?.detail ?? WHY_OPEN[field], failed?.tried);
  }
}

/** Where the place to look could not be read, that is the reason and not that nothing was there. */
function failedSource(draft: SectionDraft, field: (typeof BANT_FIELDS)[number]): Gap | null {
  const { gap } =
    field === 'bant_authority'
      ? draft.entryOf('ownership', 'officers_active')
      : draft.entryOf('signals', 'signals_count');
  return gap?.reason === 'source_failed' ? gap : null;
}

/** What the sections before have stated, and the statements that a letter rests on when it names a fact. */
function factsOf(draft: SectionDraft, signals: readonly LiveSignal[]) {
  const { statement: officers } = draft.entryOf('ownership', 'officers_active');
  const count = draft.entryOf('ownership', 'directors_active_count').statement;
  const isKnown = officers !== null && count !== null;
  const board = isKnown ? readValue(officers, z.array(officerValue)).filter(({ role }) => isBoardRole(role)) : [];
  const { statement: cash } = draft.entryOf('financials', 'cash');
  const { statement: profit } = draft.entryOf('financials', 'profit_loss');
  const { statement: growth } = draft.entryOf('financials', 'employees_growth');
  const facts: LeadFacts<LiveSignal> = {
    today: draft.today,
    signals,
    cash: cashText(amountOf(cash)),
    profit: profitText(amountOf(profit)),
    board: { count: board.length, areMembers: board.some(({ role }) => role.includes('member')) },
    employeesGrowth: typeof growth?.value === 'number' ? growth.value : null,
  };
  const basisOf = {
    cash: stated(cash),
    profit: stated(profit),
    board: [...stated(count), ...stated(officers)],
    employeesGrowth: stated(growth),
  };
  return { facts, basisOf };
}

function amountOf(statement: Statement | null): Amount | null {
  if (statement === null || typeof statement.value !== 'number') return null;
  return { hundredths: statement.value, currency: statement.currency, day: statement.as_of.slice(0, 10) };
}

function stated(statement: Statement | null): Statement[] {
  return statement === null ? [] : [statement];
}
