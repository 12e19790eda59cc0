import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import { byFocus, NO_FOCUS } from '../focus';
import type { SectionId, Statement } from '../schema';
import { BANT_FIELDS } from '../values';
import { companyName } from './gaps';
import { type Cited, cited, inRow, listed, say, unknown } from './say';

type Question = { section: SectionId; field: string; question: string };

/** What to ask when a field is open, best question first. */
const BANT_QUESTIONS: readonly Question[] = [
  { section: 'approach', field: 'bant_need', question: 'What do you need to change most this year?' },
  { section: 'approach', field: 'bant_budget', question: 'Is a budget set aside for this, and who holds it?' },
  { section: 'approach', field: 'bant_timing', question: 'Which timing would suit you?' },
  {
    section: 'approach',
    field: 'bant_authority',
    question: 'Who has the authority to decide on a purchase like this?',
  },
];
const QUESTIONS: readonly Question[] = [
  { section: 'ownership', field: 'key_people', question: 'Who besides the board decides on a purchase like this?' },
  { section: 'financials', field: 'turnover', question: 'How did turnover develop over the last financial year?' },
  {
    section: 'technology',
    field: 'tech_detected',
    question: 'Which technology is in use today, and what would you replace?',
  },
  { section: 'financials', field: 'employees', question: 'How many employees do you have, and where?' },
  { section: 'technology', field: 'open_roles', question: 'Which roles are you hiring for?' },
  { section: 'business', field: 'customer_type', question: 'Who are your main customers?' },
  { section: 'business', field: 'market', question: 'Who else is strong in your market?' },
  { section: 'business', field: 'geography_served', question: 'Which places do you serve?' },
  { section: 'business', field: 'demand_model', question: 'How does demand for what you do arise?' },
  { section: 'ownership', field: 'direct_parent', question: 'Does a parent have a say in what you buy?' },
];
const QUESTIONS_ASKED = 3;
/** At most one general question: the others are about this company. */
const GENERAL = 1;

type OpenQuestion = { question: string; asked: Cited };

/** The best questions whose answers could not be found, or are unclear from what was read. */
export function questions(facts: SectionFacts): Cited | null {
  const order = (all: readonly Question[]) =>
    byFocus(openOf(facts, all), ({ question }) => question, facts.company.focus ?? NO_FOCUS);
  const general = order(BANT_QUESTIONS);
  const special = order(QUESTIONS).slice(0, QUESTIONS_ASKED - Math.min(GENERAL, general.length));
  const open = [...special, ...general].slice(0, QUESTIONS_ASKED).map(({ asked }) => asked);
  const asked = inRow(open);
  return say`Worth asking ${companyName(facts)}: ${asked}` ?? say`Worth asking: ${asked}`;
}

function openOf(facts: SectionFacts, all: readonly Question[]): OpenQuestion[] {
  return all.flatMap(({ section, field, question }) => {
    const own = BANT_FIELDS.some((letter) => letter === field);
    const { gap, statement } = own ? { gap: facts.gap(field), statement: null } : facts.entryOf(section, field);
    const words = `“${question}”`;
    if (gap !== null && gap.reason !== 'not_applicable') return [{ question, asked: unknown([gap], words) }];
    const unclear = statement?.value === 'unclear' ? cited(statement, () => words) : null;
    return unclear === null ? [] : [{ question, asked: unclear }];
  });
}

const WOULD_CHANGE = [
  { section: 'financials', field: 'net_assets', text: 'net assets and other figures from the accounts' },
  { section: 'technology', field: 'website_status', text: 'the web site' },
  { section: 'technology', field: 'open_roles', text: 'open roles' },
] as const;

/** What this view would not survive: gaps that are closed, the next accounts, a notice withdrawn, another status. */
export function whatWouldChange(facts: SectionFacts, action: Statement['value'] | undefined): Cited | null {
  if (action === undefined) return null;
  if (action === 'do_not_contact') {
    const status = cited(facts.entryOf('identity', 'status').statement, ({ value }) =>
      String(value).replaceAll('-', ' '),
    );
    return say`What would change this view: only another status on the register than ${status}.`;
  }
  const figures = listed([...coming(facts), ...missing(facts)]);
  return (
    say`What would change this view of ${companyName(facts)} most: ${figures}.` ??
    say`What would change this view most: ${figures}.`
  );
}

/** What is sure to come: the end of a strike-off, and the next accounts. */
function coming(facts: SectionFacts): Cited[] {
  const action = facts.statement('next_action');
  const due = facts.entryOf('financials', 'accounts_next_due').statement;
  const overdue = facts.entryOf('financials', 'accounts_overdue').statement;
  const day = cited(due, ({ value }) => writtenDay(String(value)));
  const accounts =
    overdue?.value === true
      ? say`the ${cited(overdue, () => 'overdue accounts')} (due by ${day})`
      : say`the next accounts (due by ${day})`;
  return [
    action?.value === 'wait' ? cited(action, () => 'a notice that the strike-off is discontinued') : null,
    accounts,
  ].filter((piece) => piece !== null);
}

function missing(facts: SectionFacts): Cited[] {
  return WOULD_CHANGE.flatMap(({ section, field, text }) => {
    const { gap } = facts.entryOf(section, field);
    return gap === null || gap.reason === 'not_applicable' ? [] : [unknown([gap], text)];
  });
}
