import { z } from 'zod';
import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import { isBoardRole } from '@/lib/companies/register/board-roles';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import type { Statement } from '../schema';
import { boardChangeValue, keyPersonValue, officerValue, readValue } from '../values';
import { writeGaps } from './gaps';
import { writeControl } from './ownership-control';
import { writeGroup } from './ownership-group';
import { counted, inSeries, NAMED_IN_FULL } from './phrases';
import { type Cited, cited, listed, say } from './say';

type Officer = z.infer<typeof officerValue>;
/** One person in office, with the statement about that person alone. */
type Told = { officer: Officer; statement: Statement };

export function writeOwnership(facts: SectionFacts): (Cited | null)[] {
  return [
    ...writeControl(facts),
    ...writeGroup(facts),
    ...board(facts),
    ...boardChanges(facts),
    ...keyPeople(facts),
    ...writeGaps(facts),
  ];
}

function board(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('officers_active');
  if (statement === null) return [];
  const officers = readValue(statement, z.array(officerValue));
  if (officers.length === 0)
    return [say`${cited(statement, () => 'No officer')} is in office according to the register.`];
  const told = facts
    .extras('officer')
    .map((single): Told => ({ officer: readValue(single, officerValue), statement: single }));
  const directors = officers.filter(({ role }) => isBoardRole(role));
  const named = told.filter(({ officer }) => isBoardRole(officer.role));
  const others = told.filter(({ officer }) => !isBoardRole(officer.role));
  const count = cited(facts.statement('directors_active_count'), ({ value }) =>
    counted(Number(value), boardTitle(directors)),
  );
  return [
    ...boardSentences(directors.length, named, count),
    tenure(facts, named),
    say`Also in office: ${listed(others.map((one) => citedOfficer(one, withRole)))}.`,
  ];
}

/** A large board is counted, and its newest member named apart, so that one person is not cited with all the others. */
function boardSentences(size: number, named: readonly Told[], count: Cited | null): (Cited | null)[] {
  if (size === 0) return [];
  if (size <= NAMED_IN_FULL) {
    return [say`It has ${count}: ${listed(named.map((one) => citedOfficer(one, withDate)))}.`];
  }
  const newest = byAppointment(named).at(-1);
  return [
    say`It has ${count}.`,
    newest === undefined ? null : say`The newest on the board is ${citedOfficer(newest, withDate)}.`,
  ];
}

function tenure(facts: SectionFacts, named: readonly Told[]): Cited | null {
  const [longest, second] = byAppointment(named);
  const years = facts.statement('longest_tenure');
  if (longest === undefined || second === undefined || years === null || years.value === 0) return null;
  const who = citedOfficer(longest, ({ display_name: name }) => name);
  return say`${who} has served longest, for ${cited(years, ({ value }) => counted(Number(value), 'year'))}.`;
}

function byAppointment(named: readonly Told[]): Told[] {
  return named
    .filter(({ officer }) => officer.appointed_on !== null)
    .sort((a, b) => String(a.officer.appointed_on).localeCompare(String(b.officer.appointed_on)));
}

function boardChanges(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('board_changes_12m');
  if (statement === null) return [];
  const changes = facts.extras('board_change');
  if (changes.length === 0) return [say`${cited(statement, () => 'No board change')} is recorded for the past year.`];
  const told = changes.map((single) =>
    cited(single, () => {
      const { display_name: name, change, date } = readValue(single, boardChangeValue);
      return `${name} ${change === 'left' ? 'left' : 'joined'} on ${writtenDay(date)}`;
    }),
  );
  const total = facts.statement('board_changes_12m_count');
  const count = cited(total, ({ value }) => counted(Number(value), 'board change'));
  const list = listed(told.flatMap((piece) => piece ?? []));
  if (Number(total?.value) <= changes.length) return [say`The past year saw ${count}: ${list}.`];
  return [say`The past year saw ${count}.`, say`The latest changes of the board: ${list}.`];
}

/** Titles are the company's own words, so each sentence says where they are from. */
function keyPeople(facts: SectionFacts): (Cited | null)[] {
  const [site] = facts.extras('people_on_site');
  const [signed] = facts.extras('pay_gap_signatory');
  const people = site === undefined ? [] : readValue(site, z.array(keyPersonValue));
  const more = people.length > NAMED_IN_FULL ? ', among others' : '';
  const shown = inSeries(people.slice(0, NAMED_IN_FULL).map(({ name, role }) => `${name} (${role})`));
  const [signatory] = signed === undefined ? [] : readValue(signed, z.array(keyPersonValue));
  return [
    site === undefined ? null : say`Its web site names ${cited(site, () => `${shown}${more}`)}.`,
    signed === undefined || signatory === undefined
      ? null
      : say`${cited(signed, ({ period }) => `${signatory.name} (${signatory.role}) answers for its gender pay gap return for ${period}`)}.`,
  ];
}

function citedOfficer({ officer, statement }: Told, text: (officer: Officer) => string): Cited {
  return { text: text(officer), statements: [statement.id], gaps: [] };
}

function withDate({ display_name: name, appointed_on: on }: Officer): string {
  return on === null ? name : `${name} (appointed ${writtenDay(on)})`;
}

function withRole({ display_name: name, role_text: role }: Officer): string {
  return `${name} (${lowerFirst(role)})`;
}

/** A director by law is not automatically the one who buys; the word says which kind is meant. */
function boardTitle(directors: readonly Officer[]): string {
  if (directors.every(({ role }) => role.endsWith('director'))) return 'statutory director';
  return directors.every(({ role }) => role.includes('llp-')) ? 'partnership member' : 'board member';
}
