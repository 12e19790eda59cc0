import { z } from 'zod';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import type { Statement } from '../schema';
import { readValue, roleCountValue, roleValue } from '../values';
import { counted, inSeries } from './phrases';
import { type Cited, cited, say } from './say';

const NAMED_DEPARTMENTS = 5;
const NAMED_ROLES = 3;
const NAMED_TOOLS = 6;

/** What the company's job boards say: how many roles, the newest of them, and the tools that they name. */
export function writeHiring(facts: SectionFacts): (Cited | null)[] {
  const total = facts.statement('open_roles');
  if (total === null) return [];
  const boards = cited(facts.statement('job_boards'), (statement) =>
    inSeries(readValue(statement, z.array(z.string()))),
  );
  if (total.value === 0) {
    const none = cited(total, ({ as_of: on }) => `no open role as of ${writtenDay(on.slice(0, 10))}`);
    return [say`The company’s job board (${boards}) lists ${none}.`];
  }
  const count = cited(total, ({ value }) => counted(Number(value), 'open role'));
  const departments = counts(facts.statement('open_roles_by_department'), NAMED_DEPARTMENTS);
  const tools = counts(facts.statement('tools_in_job_ads'), NAMED_TOOLS);
  return [
    say`The company’s job board (${boards}) lists ${count}.`,
    say`The open roles by department: ${departments}.`,
    newest(facts.statement('open_role_list')),
    say`The tools that its advertisements name are ${tools}.`,
  ];
}

/** "Engineering (3 roles) and Sales (1 role)". */
function counts(statement: Statement | null, most: number): Cited | null {
  return cited(statement, (found) =>
    inSeries(
      readValue(found, z.array(roleCountValue))
        .slice(0, most)
        .map(({ name, roles }) => `${name} (${counted(roles, 'role')})`),
    ),
  );
}

function newest(statement: Statement | null): Cited | null {
  const roles = statement === null ? [] : readValue(statement, z.array(roleValue)).slice(0, NAMED_ROLES);
  const dated = roles.flatMap((role) => (role.first_published === null ? [] : [{ ...role, on: role.first_published }]));
  if (dated.length === 0) return null;
  const texts = dated.map(({ title, locations, on }) => {
    const place = locations.length === 0 ? '' : ` in ${locations.slice(0, 2).join(' and ')}`;
    return `“${title}”${place}, first advertised on ${writtenDay(on)}`;
  });
  return say`The newest: ${cited(statement, () => texts.join('; '))}.`;
}
