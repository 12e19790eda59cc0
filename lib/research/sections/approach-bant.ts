import { z } from 'zod';
import { daysBetween, writtenDay } from '@/lib/companies/register/calendar';
import { isBoardRole } from '../board-roles';
import type { SectionDraft } from '../draft/section-draft';
import type { Gap, Statement } from '../schema';
import { BANT_FIELDS, officerValue, readValue } from '../values';
import { amountText } from '../writer/money';
import { counted, upperFirst } from '../writer/phrases';
import { budgetIn, isWeak, type LiveSignal, needIn } from './approach-signals';

/** Design note research 1.7: an event of the last quarter says when, an older one only indicates it. */
const KNOWN_DAYS = 90;
/** From this change of the number of employees on, a company outgrows what it has; in percent. */
const GROWING = 10;

type Letter = { state: 'known' | 'indicated'; text: string; from: Statement[] };
type Finder = (draft: SectionDraft, signals: readonly LiveSignal[]) => Letter | null;

const FINDERS: Record<(typeof BANT_FIELDS)[number], Finder> = {
  bant_budget: budget,
  bant_authority: authority,
  bant_need: need,
  bant_timing: timing,
};
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
 * The letters look at all that the report has read, so they can know more than the score, which looks at the register.
 */
export function stateBant(draft: SectionDraft, signals: readonly LiveSignal[]): void {
  for (const field of BANT_FIELDS) {
    const letter = FINDERS[field](draft, signals);
    if (letter !== null) {
      const { state, text, from } = letter;
      draft.inferred(field, { letter: upperFirst(field.replace('bant_', '')), state, text }, from);
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

function budget(draft: SectionDraft, signals: readonly LiveSignal[]): Letter | null {
  const event = budgetIn(signals);
  if (event !== null) return { state: 'indicated', text: event.text, from: [event.signal.statement] };
  const cash = draft.entryOf('financials', 'cash').statement;
  if (cash === null || typeof cash.value !== 'number' || cash.value <= 0) return null;
  const amount = amountText({ value: cash.value, currency: cash.currency });
  const text = `cash of ${amount} on the balance sheet of ${writtenDay(cash.as_of.slice(0, 10))}`;
  return { state: 'indicated', text, from: [cash] };
}

function authority(draft: SectionDraft): Letter | null {
  const { statement } = draft.entryOf('ownership', 'officers_active');
  const board =
    statement === null ? [] : readValue(statement, z.array(officerValue)).filter(({ role }) => isBoardRole(role));
  const count = draft.entryOf('ownership', 'directors_active_count').statement;
  if (statement === null || count === null || board.length === 0) return null;
  const role = board.some(({ role: one }) => one.includes('member')) ? 'member' : 'director';
  const verb = board.length === 1 ? 'is' : 'are';
  const text = `${counted(board.length, `statutory ${role}`)} ${verb} in office; who decides on purchases is not on the register`;
  return { state: 'indicated', text, from: [count, statement] };
}

function need(draft: SectionDraft, signals: readonly LiveSignal[]): Letter | null {
  const event = needIn(signals);
  if (event !== null) return { state: 'indicated', text: event.text, from: [event.signal.statement] };
  const growth = draft.entryOf('financials', 'employees_growth').statement;
  if (growth === null || typeof growth.value !== 'number' || growth.value < GROWING) return null;
  const text = `the number of employees grew by ${growth.value}%, and a larger company outgrows what it has`;
  return { state: 'indicated', text, from: [growth] };
}

function timing(draft: SectionDraft, signals: readonly LiveSignal[]): Letter | null {
  const newest = signals.find((signal) => !isWeak(signal));
  if (newest === undefined) return null;
  const isRecent = daysBetween(newest.happenedOn, draft.today) <= KNOWN_DAYS;
  const text = `the newest event that can change what is bought dates from ${writtenDay(newest.happenedOn)}`;
  return { state: isRecent ? 'known' : 'indicated', text, from: [newest.statement] };
}
