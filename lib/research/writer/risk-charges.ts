import { z } from 'zod';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import { chargeValue, readValue } from '../values';
import { absence, counted, inSeries, NAMED_IN_FULL } from './phrases';
import { type Cited, cited, say } from './say';

/** The registered charges: how many stand, the newest of them, and who is entitled. */
export function writeCharges(facts: SectionFacts): (Cited | null)[] {
  const [all, open] = [facts.statement('charges_total'), facts.statement('charges_outstanding')];
  if (all === null || open === null) return [];
  if (all.value === 0) return [absence(facts, 'charges_total', 'No charge')];
  const total = cited(all, ({ value }) => counted(Number(value), 'registered charge'));
  if (open.value === 0) {
    return [
      all.value === 1
        ? say`Its ${total} is ${cited(open, () => 'not outstanding any more')}.`
        : say`Of ${total}, ${cited(open, () => 'none')} is outstanding any more.`,
    ];
  }
  const isOnly = open.value === 1;
  const standing = cited(open, ({ value }) => (isOnly ? '1 is' : `${String(value)} are`));
  return [
    all.value === open.value
      ? say`It has ${total}, ${cited(open, () => (isOnly ? 'which is outstanding' : 'all of them outstanding'))}.`
      : say`Of ${total}, ${standing} outstanding.`,
    latestCharge(facts, isOnly),
    isOnly ? null : lenders(facts),
  ];
}

function latestCharge(facts: SectionFacts, isOnly: boolean): Cited | null {
  const [statement] = facts.extras('newest_charge');
  if (statement === undefined) return null;
  const { created_on: on, persons_entitled: entitled } = readValue(statement, chargeValue);
  if (on === null) return null;
  const by = entitled.length === 0 ? '' : `, in favour of ${inSeries(entitled.slice(0, NAMED_IN_FULL))}`;
  const created = cited(statement, () => `${writtenDay(on)}${by}`);
  return isOnly ? say`That charge was created on ${created}.` : say`The newest of them was created on ${created}.`;
}

function lenders(facts: SectionFacts): Cited | null {
  const statement = facts.statement('lenders');
  const names = statement === null ? [] : readValue(statement, z.array(z.string()));
  if (names.length < 2) return null;
  const told = inSeries(names.slice(0, NAMED_IN_FULL));
  const and = names.length > NAMED_IN_FULL ? ', among others' : '';
  return say`Those entitled under the outstanding charges are ${cited(statement, () => `${told}${and}`)}.`;
}
