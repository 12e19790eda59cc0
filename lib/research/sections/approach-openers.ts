import { z } from 'zod';
import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import { addDays, writtenDay } from '@/lib/companies/register/calendar';
import type { SectionDraft } from '../draft/section-draft';
import { byFocus } from '../focus';
import type { Statement } from '../schema';
import { previousNameValue, readValue, sicValue } from '../values';
import { askAbout, isWeak, type LiveSignal } from './approach-signals';

const OPENERS = 3;
const RENAMED_WITHIN_DAYS = 3 * 365;
const LONG_STANDING_YEARS = 10;

type Opener = { about: string; text: string };
type Candidate = Opener & { topic: string };

/** Ways to begin a conversation, each resting on exactly one statement of this report. */
export function stateOpeners(draft: SectionDraft, signals: readonly LiveSignal[]): void {
  const candidates = [
    ...fromSignals(oneOfAKind(signals)),
    ...fromName(draft),
    ...fromBusiness(draft),
    ...fromAge(draft),
    ...fromAccounts(draft),
  ];
  const openers = byFocus(candidates, ({ topic, text }) => `${topic} ${text}`, draft.focus)
    .slice(0, OPENERS)
    .map(({ about, text }): Opener => ({ about, text }));
  const bases = openers.flatMap(({ about }) => draft.statementById(about) ?? []);
  if (openers.length === 0)
    draft.gap('openers', 'not_found', 'Nothing was found that a conversation could start from.');
  else draft.inferred('openers', openers, bases);
}

function fromSignals(signals: readonly LiveSignal[]): Candidate[] {
  return signals.flatMap((signal) => {
    const text = askAbout(signal);
    return text === null ? [] : [{ ...opener(signal.statement, text), topic: topicOf(signal) }];
  });
}

/** Two tools in job adverts make one opener, the newest of each kind; those that often mean nothing come last. */
function oneOfAKind(signals: readonly LiveSignal[]): LiveSignal[] {
  return signals
    .filter(({ kind }, index) => signals.findIndex((other) => other.kind === kind) === index)
    .sort((a, b) => Number(isWeak(a)) - Number(isWeak(b)));
}

function fromName(draft: SectionDraft): Candidate[] {
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

function fromBusiness(draft: SectionDraft): Candidate[] {
  const { statement } = draft.entryOf('business', 'sic_activities');
  const [first] = statement === null ? [] : readValue(statement, z.array(sicValue));
  if (statement === null || !first || first.section === null) return [];
  return [opener(statement, `You describe your business as ${lowerFirst(first.text)}; which part of it is growing?`)];
}

function fromAge(draft: SectionDraft): Candidate[] {
  const { statement } = draft.entryOf('identity', 'age');
  if (statement === null || Number(statement.value) < LONG_STANDING_YEARS) return [];
  return [
    opener(statement, `After ${String(statement.value)} years in business, what has changed most in how you buy?`),
  ];
}

function fromAccounts(draft: SectionDraft): Candidate[] {
  const { statement } = draft.entryOf('financials', 'accounts_made_up_to');
  if (statement === null) return [];
  return [
    opener(statement, `Your last accounts ran to ${writtenDay(String(statement.value))}; what has moved since then?`),
  ];
}

function topicOf({ kind, type }: LiveSignal): string {
  return `${kind} ${type}`.replaceAll('_', ' ');
}

function opener(about: Statement, text: string): Candidate {
  return { about: about.id, text, topic: '' };
}
