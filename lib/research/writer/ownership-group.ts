import type { SectionFacts } from '../draft/section-facts';
import { groupParentValue, readValue } from '../values';
import { type Cited, cited, say } from './say';

/** The parents that the company reports to GLEIF, and the top of its group by the register of companies. */
export function writeGroup(facts: SectionFacts): (Cited | null)[] {
  return [...reported(facts), byRegister(facts), contradiction(facts)];
}

function reported(facts: SectionFacts): (Cited | null)[] {
  const direct = isReported(facts, 'direct_parent') ? parent(facts, 'direct_parent') : null;
  const ultimate = isReported(facts, 'ultimate_parent') ? parent(facts, 'ultimate_parent') : null;
  if (direct === null) return [say`The ultimate parent of its group, as reported to GLEIF, is ${ultimate}.`];
  if (ultimate === null) return [say`Its direct parent, as reported to GLEIF, is ${direct}.`];
  if (leiOf(facts, 'direct_parent') === leiOf(facts, 'ultimate_parent')) {
    return [say`Its direct parent, and the ultimate parent of its group, is ${both(direct, ultimate)}.`];
  }
  return [say`Its direct parent, as reported to GLEIF, is ${direct}; the ultimate parent of the group is ${ultimate}.`];
}

/** The direct parent by the register was named with those in control. */
function byRegister(facts: SectionFacts): Cited | null {
  if (isReported(facts, 'ultimate_parent')) return null;
  const name = cited(facts.statement('ultimate_parent'), (statement) => readValue(statement, groupParentValue).name);
  return say`By the register of companies, the ultimate parent of its group is ${name}.`;
}

function contradiction(facts: SectionFacts): Cited | null {
  const other = cited(
    facts.statement('ultimate_parent_by_register'),
    (statement) => readValue(statement, groupParentValue).name,
  );
  return say`The register of companies contradicts that: by its lists of those in control, the ultimate parent is ${other}.`;
}

/** The register of companies gives no legal entity identifiers. */
function isReported(facts: SectionFacts, field: string): boolean {
  return leiOf(facts, field) !== null;
}

function parent(facts: SectionFacts, field: string): Cited | null {
  return cited(facts.statement(field), (statement) => {
    const { name, jurisdiction } = readValue(statement, groupParentValue);
    return jurisdiction === null ? name : `${name} (${jurisdiction})`;
  });
}

function leiOf(facts: SectionFacts, field: string): string | null {
  const statement = facts.statement(field);
  return statement === null ? null : readValue(statement, groupParentValue).lei;
}

function both(one: Cited, other: Cited): Cited {
  return { ...one, statements: [...one.statements, ...other.statements] };
}
