import { z } from 'zod';
import { addDays, writtenDay } from '@/lib/companies/register/calendar';
import type { SectionDraft } from '../draft/section-draft';
import { byFocus } from '../focus';
import type { Statement } from '../schema';
import { previousNameValue, readValue, sicValue, signalValue } from '../values';
import { lowerFirst } from '../writer/phrases';

const OPENERS = 3;
/** Kinds of signal that are pleasant to be asked about; debts, strike-offs and departures are not. */
const PLEASANT: readonly string[] = ['funding', 'executive_change', 'expansion', 'hiring', 'technology_adoption'];
const RENAMED_WITHIN_DAYS = 3 * 365;
const LONG_STANDING_YEARS = 10;

type Opener = { about: string; text: string };

/** Ways to begin a conversation, each resting on exactly one statement of this report. */
export function stateOpeners(draft: SectionDraft): void {
  const candidates = [
    ...fromSignals(draft),
    ...fromName(draft),
    ...fromBusiness(draft),
    ...fromAge(draft),
    ...fromAccounts(draft),
  ];
  const openers = byFocus(candidates, ({ text }) => text, draft.focus).slice(0, OPENERS);
  const bases = openers.flatMap(({ about }) => draft.statementById(about) ?? []);
  if (openers.length === 0)
    draft.gap('openers', 'not_found', 'Nothing was found that a conversation could start from.');
  else draft.inferred('openers', openers, bases);
}

function fromSignals(draft: SectionDraft): Opener[] {
  return draft.signals().flatMap((signal) => {
    if (!isReasonToTalk(signal, draft.today)) return [];
    const { title } = readValue(signal, signalValue);
    return [opener(signal, `I noticed: ${lowerStart(title)}. What does that change for you?`)];
  });
}

/** A signal of a pleasant kind that has not faded yet. */
export function isReasonToTalk(signal: Statement, today: string): boolean {
  const { type, title, expires_on } = readValue(signal, signalValue);
  return PLEASANT.includes(type) && expires_on >= today && !/ left /.test(title);
}

/** A title starts with a capital; inside a sentence only names keep theirs. */
function lowerStart(title: string): string {
  const [first = '', second = ''] = title.split(' ');
  return /^\p{Lu}/u.test(second) || /.\p{Lu}/u.test(first) || first === first.toUpperCase() ? title : lowerFirst(title);
}

function fromName(draft: SectionDraft): Opener[] {
  const { statement } = draft.entryOf('identity', 'previous_names');
  const [latest] = statement === null ? [] : readValue(statement, z.array(previousNameValue));
  if (statement === null || !latest?.ceased_on || latest.ceased_on < addDays(draft.today, -RENAMED_WITHIN_DAYS))
    return [];
  return [
    opener(
      statement,
      `Until ${writtenDay(latest.ceased_on)} you were called ${latest.name}; what stood behind the new name?`,
    ),
  ];
}

function fromBusiness(draft: SectionDraft): Opener[] {
  const { statement } = draft.entryOf('business', 'sic_activities');
  const [first] = statement === null ? [] : readValue(statement, z.array(sicValue));
  if (statement === null || !first || first.section === null) return [];
  return [opener(statement, `You describe your business as ${lowerFirst(first.text)}; which part of it is growing?`)];
}

function fromAge(draft: SectionDraft): Opener[] {
  const { statement } = draft.entryOf('identity', 'age');
  if (statement === null || Number(statement.value) < LONG_STANDING_YEARS) return [];
  return [
    opener(statement, `After ${String(statement.value)} years in business, what has changed most in how you buy?`),
  ];
}

function fromAccounts(draft: SectionDraft): Opener[] {
  const { statement } = draft.entryOf('financials', 'accounts_made_up_to');
  if (statement === null) return [];
  return [
    opener(statement, `Your last accounts ran to ${writtenDay(String(statement.value))}; what has moved since then?`),
  ];
}

function opener(about: Statement, text: string): Opener {
  return { about: about.id, text };
}
