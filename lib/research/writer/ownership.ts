import { z } from 'zod';
import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import { isBoardRole } from '@/lib/companies/register/board-roles';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import {
  boardChangeValue,
  controllerValue,
  controlStatementValue,
  officerValue,
  parentValue,
  readValue,
} from '../values';
import { writeGaps } from './gaps';
import { writeGroup } from './ownership-group';
import { counted, inSeries } from './phrases';
import { type Cited, cited, say } from './say';

type Officer = z.infer<typeof officerValue>;

/** More people than this are summed up. */
const NAMED_IN_FULL = 4;

export function writeOwnership(facts: SectionFacts): (Cited | null)[] {
  return [
    ...control(facts),
    parent(facts),
    ...writeGroup(facts),
    ...board(facts),
    ...boardChanges(facts),
    ...writeGaps(facts),
  ];
}

function control(facts: SectionFacts): (Cited | null)[] {
  const psc = facts.statement('psc');
  const statements = facts.statement('psc_statements');
  const stated = cited(statements, (statement) =>
    inSeries(
      readValue(statement, z.array(controlStatementValue)).map(
        ({ text, notified_on: on }) => `“${text}”${on === null ? '' : ` (${writtenDay(on)})`}`,
      ),
    ),
  );
  const people = psc === null || psc.id === statements?.id ? [] : readValue(psc, z.array(controllerValue));
  const count = cited(facts.statement('psc_count'), ({ value }) =>
    counted(Number(value), 'person or body', 'persons and bodies'),
  );
  return [
    say`The register lists ${count} with significant control.`,
    ...people.slice(0, NAMED_IN_FULL).map((person) => say`${cited(psc, () => controlText(person))}.`),
    say`The company's statement on its control reads: ${stated}.`,
  ];
}

function controlText({ name, control: natures, notified_on: on }: z.infer<typeof controllerValue>): string {
  const how = natures.length === 0 ? '' : `: ${natures.map(inSentence).join('; ')}`;
  const since = on === null ? '' : `, on the register since ${writtenDay(on)}`;
  return `${name ?? 'A controller whose details the register protects'}${since}${how}`;
}

/** `Ownership of shares – More than 25%` as it reads inside a sentence. */
function inSentence(nature: string): string {
  return lowerFirst(nature).replace(/ [–-] (.)/u, (_, letter: string) => ` – ${letter.toLowerCase()}`);
}

function parent(facts: SectionFacts): Cited | null {
  const company = cited(facts.statement('parent_company'), (statement) => {
    const { name, registration_number: number } = readValue(statement, parentValue);
    return number === null ? name : `${name} (registration number ${number})`;
  });
  return say`So it is controlled by another company, ${company}.`;
}

function board(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('officers_active');
  if (statement === null) return [];
  const officers = readValue(statement, z.array(officerValue));
  if (officers.length === 0)
    return [say`${cited(statement, () => 'No officer')} is in office according to the register.`];
  const directors = officers.filter(({ role }) => isBoardRole(role));
  const others = officers.filter(({ role }) => !isBoardRole(role));
  const count = cited(facts.statement('directors_active_count'), ({ value }) =>
    counted(Number(value), boardTitle(directors)),
  );
  return [
    directors.length === 0 ? null : boardSentence(directors, count, (text) => cited(statement, () => text)),
    tenure(facts, directors),
    others.length === 0
      ? null
      : say`Also in office: ${cited(statement, () => inSeries(others.slice(0, NAMED_IN_FULL).map(withRole)))}.`,
  ];
}

function boardSentence(
  directors: readonly Officer[],
  count: Cited | null,
  cite: (text: string) => Cited | null,
): Cited | null {
  if (directors.length <= NAMED_IN_FULL) return say`It has ${count}: ${cite(inSeries(directors.map(withDate)))}.`;
  const newest = [...directors].sort((a, b) => String(b.appointed_on).localeCompare(String(a.appointed_on)))[0];
  return newest === undefined ? null : say`It has ${count}; the newest is ${cite(withDate(newest))}.`;
}

function tenure(facts: SectionFacts, directors: readonly Officer[]): Cited | null {
  const [longest] = directors
    .filter(({ appointed_on: on }) => on !== null)
    .sort((a, b) => String(a.appointed_on).localeCompare(String(b.appointed_on)));
  const years = facts.statement('longest_tenure');
  if (longest === undefined || years === null || years.value === 0 || directors.length < 2) return null;
  const who = cited(facts.statement('officers_active'), () => longest.display_name);
  return say`${who} has served longest, for ${cited(years, ({ value }) => counted(Number(value), 'year'))}.`;
}

function boardChanges(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('board_changes_12m');
  if (statement === null) return [];
  const changes = readValue(statement, z.array(boardChangeValue));
  if (changes.length === 0) return [say`${cited(statement, () => 'No board change')} is recorded for the past year.`];
  const told = changes
    .slice(0, NAMED_IN_FULL)
    .map(
      ({ display_name: name, change, date }) =>
        `${name} ${change === 'left' ? 'left' : 'joined'} on ${writtenDay(date)}`,
    );
  const count = cited(facts.statement('board_changes_12m_count'), ({ value }) =>
    counted(Number(value), 'board change'),
  );
  const list = cited(statement, () => inSeries(told));
  return [
    changes.length > NAMED_IN_FULL
      ? say`The past year saw ${count}; the latest: ${list}.`
      : say`The past year saw ${count}: ${list}.`,
  ];
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
