import { z } from 'zod';
import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import {
  BANT_FIELDS,
  bantValue,
  capValue,
  entryPersonValue,
  NEXT_ACTIONS,
  openerValue,
  readValue,
  timingValue,
} from '../values';
import { questions, whatWouldChange } from './approach-open';
import { writeGaps } from './gaps';
import { type Cited, cited, say } from './say';

const ACTIONS: Record<(typeof NEXT_ACTIONS)[number], string> = {
  do_not_contact: 'do not contact the company',
  wait: 'wait until the strike-off notice is settled',
  confirm_trading: 'confirm first that it trades at all, since its last accounts are dormant',
  contact_now: 'make contact now, while there is a reason to talk',
  qualify_first: 'qualify first, since nothing recent gives a reason to call',
};

export function writeApproach(facts: SectionFacts): (Cited | null)[] {
  const action = facts.statement('next_action');
  const isToTalk = action?.value === 'contact_now' || action?.value === 'qualify_first';
  return [
    nextAction(facts),
    disqualifiers(facts),
    score(facts),
    timing(facts),
    ...entryPerson(facts),
    ...openers(facts),
    ...BANT_FIELDS.map((field) => letter(facts, field)),
    isToTalk ? questions(facts) : null,
    whatWouldChange(facts, action?.value),
    // That nothing applies to a company that is gone was said by the next step.
    ...(facts.gaps.every(({ reason }) => reason === 'not_applicable') ? [] : writeGaps(facts)),
  ];
}

function nextAction(facts: SectionFacts): Cited | null {
  const action = cited(facts.statement('next_action'), (of) => ACTIONS[readValue(of, z.enum(NEXT_ACTIONS))]);
  return say`Suggested next step: ${action}.`;
}

/** What speaks against a sale whatever else is known, or that nothing of the kind was found. */
function disqualifiers(facts: SectionFacts): Cited | null {
  const statement = facts.statement('disqualifiers');
  if (statement === null) return null;
  const caps = readValue(statement, z.array(capValue));
  if (caps.length === 0)
    return say`No disqualifier was found: ${cited(statement, () => 'it is not dissolved, insolvent, dormant or about to be struck off')}.`;
  const texts = cited(statement, () =>
    caps.map(({ text }) => lowerFirst(text.replace(/\.( Do not contact\.)?$/, ''))).join('; '),
  );
  return caps.some(({ limit }) => limit <= RULED_OUT)
    ? say`This disqualifies it: ${texts}.`
    : say`This may disqualify it: ${texts}.`;
}

/** Design note research 1.7: the caps of companies that have ended or are insolvent. */
const RULED_OUT = 10;

function score(facts: SectionFacts): Cited | null {
  const value = facts.statement('score')?.value;
  const share = cited(facts.statement('score_coverage'), ({ value: percent }) => `${String(percent)}%`);
  const points = cited(facts.statement('score'), ({ value: result }) => String(result));
  return typeof value === 'number'
    ? say`The lead score is ${points}, resting on ${share} of the weighting.`
    : say`There is ${points} for a lead score: only ${share} of the weighting could be judged.`;
}

/** When to call: the first reason to fade sets the day, the last one closes the window. */
function timing(facts: SectionFacts): Cited | null {
  const statement = facts.statement('timing');
  const window = cited(statement, (of) => {
    const { best_until, first_to_fade, until, last_to_fade } = readValue(of, timingValue);
    const best = `call by ${writtenDay(best_until)}, while this still counts: ${first_to_fade}`;
    return until === best_until && last_to_fade === first_to_fade
      ? `${best}; no other reason lasts longer`
      : `${best}; the last reason (${last_to_fade}) fades after ${writtenDay(until)}`;
  });
  return say`Timing: ${window}.`;
}

const WHY = {
  newest: 'the newest on the board, and so likely to look at things afresh',
  longest_serving: 'the longest in office, and so likely to know who decides',
  only: 'the only one on the board',
} as const;
/** What people enter who have nothing to add to their role. */
const NO_OCCUPATION = /^(company |managing |executive |none$|n\/?a$|-*$)?(director|secretary)?$/i;

/** Whom to begin with and why, and that the register does not know who buys. */
function entryPerson(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('entry_person');
  if (statement === null) return [];
  const { why, role_text: role, occupation } = readValue(statement, entryPersonValue);
  const post = /member/i.test(role) ? 'member' : 'director';
  const title = role === 'Director' ? 'statutory director' : lowerFirst(role);
  const job = occupation === null || NO_OCCUPATION.test(occupation.trim()) ? '' : `, by occupation ${occupation}`;
  const person = cited(statement, (of) => `${readValue(of, entryPersonValue).display_name} (${title}${job})`);
  return [
    say`Start with ${person}, ${cited(statement, () => WHY[why])}; a statutory ${post} is not automatically the buyer, so ask who decides.`,
  ];
}

function openers(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('openers');
  if (statement === null) return [];
  return readValue(statement, z.array(openerValue)).map(
    ({ about, text }) => say`A way to begin: “${cited(facts.byId(about), () => text)}”`,
  );
}

/** A letter that something speaks for; one that is open is told with the gaps and asked. */
function letter(facts: SectionFacts, field: (typeof BANT_FIELDS)[number]): Cited | null {
  return say`${cited(facts.statement(field), (of) => {
    const { letter: name, state, text } = readValue(of, bantValue);
    return `${name} ${state}: ${text}.`;
  })}`;
}
