import type { ScoreCap } from '@/lib/scoring/schema';
import type { SectionDraft } from '../draft/section-draft';
import { BANT_FIELDS, type NEXT_ACTIONS } from '../values';
import { writeApproach } from '../writer/approach';
import { NO_REASON, stateBant } from './approach-bant';
import { stateEntryPerson } from './approach-entry-person';
import { stateOpeners } from './approach-openers';
import { stateScore, toCitation } from './approach-score';
import { type LiveSignal, liveSignals, reasonsToCall } from './approach-signals';
import { type Standing, standingOf, stateDisqualifiers } from './approach-standing';
import type { SectionDefinition } from './section-definition';

const NOBODY_TO_TALK_TO = 'The company has ended or is insolvent, so no approach is suggested.';
const NOT_YET: Partial<Record<Standing['state'], string>> = {
  striking_off: 'A strike-off is pending, so no conversation is suggested before it is settled.',
  dormant: 'The last accounts say that the company is dormant, so there is no business to talk about yet.',
};
const ADVICE = ['entry_person', 'timing', 'openers', ...BANT_FIELDS];

export const approach: SectionDefinition = {
  id: 'approach',
  title: 'Fit, score and recommended approach',
  weight: 0.08,
  label: 'Scoring and suggesting an approach',
  required: ['score', 'next_action'],
  write: writeApproach,
  async collect(draft) {
    const caps = await stateScore(draft);
    const standing = standingOf(draft);
    if (standing.state === 'unknown') return unknownCompany(draft, caps);
    stateDisqualifiers(draft, standing, caps, toCitation);
    const closed = standing.state === 'gone' || standing.state === 'insolvent';
    const notYet = NOT_YET[standing.state];
    const signals = liveSignals(draft);
    const reasons = closed || notYet !== undefined ? [] : reasonsToCall(signals);
    if (!closed) stateTiming(draft, reasons, notYet);
    stateNextAction(draft, standing, reasons);
    if (closed) {
      for (const field of ADVICE) draft.gap(field, 'not_applicable', NOBODY_TO_TALK_TO);
      return;
    }
    stateEntryPerson(draft);
    stateBant(draft, signals);
    if (notYet === undefined) stateOpeners(draft, signals);
    else draft.gap('openers', 'not_applicable', notYet);
  },
};

/** Without a register entry nothing can be advised: not even whether the company exists. */
function unknownCompany(draft: SectionDraft, caps: readonly ScoreCap[]): void {
  const { gap } = draft.entryOf('identity', 'status');
  if (caps.length > 0) stateDisqualifiers(draft, { state: 'unknown', because: [] }, caps, toCitation);
  const fields = ['next_action', ...(caps.length > 0 ? [] : ['disqualifiers']), ...ADVICE];
  for (const field of fields)
    draft.gap(field, gap?.reason ?? 'not_found', gap?.detail ?? 'The company status is not known.', gap?.tried);
}

/** From the first to the last day on which there is a reason to call, by the days on which signals fade. */
function stateTiming(draft: SectionDraft, reasons: readonly LiveSignal[], notYet: string | undefined): void {
  const byEnd = [...reasons].sort((a, b) => a.expiresOn.localeCompare(b.expiresOn));
  const [first] = byEnd;
  const last = byEnd.at(-1);
  if (first === undefined || last === undefined) {
    draft.gap('timing', notYet === undefined ? 'not_found' : 'not_applicable', notYet ?? NO_REASON);
    return;
  }
  const opened = reasons.map(({ happenedOn }) => happenedOn).sort()[0] ?? first.happenedOn;
  const value = {
    from: opened,
    best_until: first.expiresOn,
    first_to_fade: first.inside,
    until: last.expiresOn,
    last_to_fade: last.inside,
  };
  draft.inferred('timing', value, [...new Set(byEnd.map(({ statement }) => statement))]);
}

const ACTIONS: Record<Exclude<Standing['state'], 'open' | 'unknown'>, (typeof NEXT_ACTIONS)[number]> = {
  gone: 'do_not_contact',
  insolvent: 'do_not_contact',
  striking_off: 'wait',
  dormant: 'confirm_trading',
};

function stateNextAction(draft: SectionDraft, { state, because }: Standing, reasons: readonly LiveSignal[]): void {
  const timing = draft.own('timing');
  if (state !== 'open' && state !== 'unknown') draft.inferred('next_action', ACTIONS[state], because);
  else if (reasons.length > 0 && timing !== null) draft.inferred('next_action', 'contact_now', [...because, timing]);
  else draft.inferred('next_action', 'qualify_first', because);
}
