import { z } from 'zod';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import { byFocus, NO_FOCUS } from '../focus';
import type { SectionId } from '../schema';
import { bantValue, capValue, entryPersonValue, NEXT_ACTIONS, openerValue, readValue, timingValue } from '../values';
import { companyName, writeGaps } from './gaps';
import { inSeries, lowerFirst } from './phrases';
import { type Cited, cited, listed, say, unknown } from './say';

const ACTIONS: Record<(typeof NEXT_ACTIONS)[number], string> = {
  do_not_contact: 'do not contact the company: its status rules out a sale',
  wait: 'wait until the strike-off notice is settled',
  contact_now: 'make contact now, while there is a reason to talk',
  qualify_first: 'qualify first: nothing recent on the register gives a reason to call',
};

/** What to ask when a field is open, best question first. */
const QUESTIONS: readonly { section: SectionId; field: string; question: string }[] = [
  { section: 'financials', field: 'turnover', question: 'How did turnover develop over the last financial year?' },
  {
    section: 'technology',
    field: 'tech_detected',
    question: 'Which technology is in use today, and what would you replace?',
  },
  { section: 'ownership', field: 'key_people', question: 'Who besides the board decides on a purchase like this?' },
  { section: 'financials', field: 'employees', question: 'How many employees do you have, and where?' },
  { section: 'technology', field: 'open_roles', question: 'Which roles are you hiring for?' },
  { section: 'business', field: 'customer_type', question: 'Who are your main customers?' },
];
const QUESTIONS_ASKED = 3;

export function writeApproach(facts: SectionFacts): (Cited | null)[] {
  const action = facts.statement('next_action');
  const closed = action === null || action.value === 'do_not_contact';
  return [
    score(facts),
    ...caps(facts),
    nextAction(facts),
    timing(facts),
    entryPerson(facts),
    ...(closed ? [] : bant(facts)),
    ...openers(facts),
    closed ? null : questions(facts),
    closed ? null : whatWouldChange(facts),
    writeGaps(facts),
  ];
}

function score(facts: SectionFacts): Cited | null {
  const value = facts.statement('score')?.value;
  const share = cited(facts.statement('score_coverage'), ({ value: percent }) => `${String(percent)}%`);
  const points = cited(facts.statement('score'), ({ value: result }) => String(result));
  return typeof value === 'number'
    ? say`The lead score is ${points}, resting on ${share} of the weighting.`
    : say`There is ${points} for a lead score: only ${share} of the weighting could be judged.`;
}

function caps(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('score_caps');
  if (statement === null) return [];
  const all = readValue(statement, z.array(capValue));
  const lowest = Math.min(...all.map(({ limit }) => limit));
  return all
    .filter(({ limit }) => limit === lowest)
    .map(({ text }) => say`The score is limited: ${cited(statement, () => lowerFirst(text.replace(/\.$/, '')))}.`);
}

function nextAction(facts: SectionFacts): Cited | null {
  const action = cited(
    facts.statement('next_action'),
    (statement) => ACTIONS[readValue(statement, z.enum(NEXT_ACTIONS))],
  );
  return say`Suggested next step: ${action}.`;
}

function timing(facts: SectionFacts): Cited | null {
  const window = cited(facts.statement('timing'), (statement) => {
    const { event, until } = readValue(statement, timingValue);
    return `${event}; the reason to call fades after ${writtenDay(until)}`;
  });
  return say`Timing: ${window}.`;
}

function entryPerson(facts: SectionFacts): Cited | null {
  const statement = facts.statement('entry_person');
  const { why } = statement === null ? { why: 'only' } : readValue(statement, entryPersonValue);
  const person = cited(statement, (of) => {
    const { display_name: name, role_text: role } = readValue(of, entryPersonValue);
    return `${name} (${role === 'Director' ? 'statutory director' : lowerFirst(role)})`;
  });
  if (why === 'newest')
    return say`Start with ${person}: the newest on the board, and so likely to look at things afresh.`;
  if (why === 'longest_serving')
    return say`Start with ${person}: the longest in office, and so likely to know who decides.`;
  return say`Start with ${person}: the only one on the board.`;
}

const BANT_LETTERS = ['Budget', 'Authority', 'Need', 'Timing'];

/** Each letter that something speaks for in the words of its rule; the others are named as open. */
function bant(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('bant');
  if (statement === null) return [];
  const texts = readValue(statement, z.array(bantValue)).map(({ text }) => text);
  const open = BANT_LETTERS.filter((letter) => !texts.some((text) => text.startsWith(letter)));
  return [
    ...texts.map((text) => say`${cited(statement, () => text)}`),
    open.length === 0 ? null : say`Worth finding out too: ${cited(statement, () => inSeries(open.map(lowerFirst)))}.`,
  ];
}

function openers(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('openers');
  if (statement === null) return [];
  return readValue(statement, z.array(openerValue)).map(
    ({ about, text }) => say`A way to begin: “${cited(facts.byId(about), () => text)}”`,
  );
}

/** The best questions whose answers could not be found. */
function questions(facts: SectionFacts): Cited | null {
  const all = QUESTIONS.flatMap(({ section, field, question }) => {
    const { gap } = facts.entryOf(section, field);
    return gap === null ? [] : [{ gap, question }];
  });
  const open = byFocus(all, ({ question }) => question, facts.company.focus ?? NO_FOCUS).slice(0, QUESTIONS_ASKED);
  if (open.length === 0) return null;
  const asked = unknown(
    open.map(({ gap }) => gap),
    open.map(({ question }) => `“${question}”`).join(' '),
  );
  return say`Worth asking ${companyName(facts)}: ${asked}` ?? say`Worth asking: ${asked}`;
}

const WOULD_CHANGE = [
  { section: 'financials', field: 'net_assets', text: 'net assets and other figures from the accounts' },
  { section: 'technology', field: 'website_status', text: 'the web site' },
  { section: 'technology', field: 'open_roles', text: 'open roles' },
] as const;

/** What this view rests on too little: said with the gaps that would close it. */
function whatWouldChange(facts: SectionFacts): Cited | null {
  const open = WOULD_CHANGE.flatMap(({ section, field, text }) => {
    const { gap } = facts.entryOf(section, field);
    return gap === null ? [] : [unknown([gap], text)];
  });
  const figures = listed(open);
  return (
    say`What would change this view of ${companyName(facts)} most: ${figures}.` ??
    say`What would change this view most: ${figures}.`
  );
}
