import type { SectionFacts } from '../draft/section-facts';
import { groupParentValue, readValue } from '../values';
import { type Cited, cited, say } from './say';

/** The parents that the company reports to GLEIF. */
export function writeGroup(facts: SectionFacts): (Cited | null)[] {
  const direct = parent(facts, 'direct_parent');
  const ultimate = parent(facts, 'ultimate_parent');
  if (direct === null) return [say`The ultimate parent of its group, as reported to GLEIF, is ${ultimate}.`];
  if (ultimate === null) return [say`Its direct parent, as reported to GLEIF, is ${direct}.`];
  if (leiOf(facts, 'direct_parent') === leiOf(facts, 'ultimate_parent')) {
    return [say`Its direct parent, and the ultimate parent of its group, is ${both(direct, ultimate)}.`];
  }
  return [say`Its direct parent, as reported to GLEIF, is ${direct}; the ultimate parent of the group is ${ultimate}.`];
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
