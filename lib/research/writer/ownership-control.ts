import { z } from 'zod';
import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import type { Statement } from '../schema';
import {
  chainEndTextValue,
  controllerValue,
  controlStatementValue,
  exemptionValue,
  parentValue,
  readValue,
} from '../values';
import { controlWords } from './control-words';
import { counted, phrase } from './phrases';
import { type Cited, cited, say } from './say';

/** Who is in control by the register, or what stands there in the place of a name, and the companies above. */
export function writeControl(facts: SectionFacts): (Cited | null)[] {
  const controllers = facts.extras('controller');
  const count = facts.statement('psc_count');
  const many = cited(count, ({ value }) => counted(Number(value), 'person or body', 'persons and bodies'));
  const isSummedUp = typeof count?.value === 'number' && count.value > controllers.length;
  return [
    controllers.length < 2
      ? null
      : isSummedUp
        ? say`The register lists ${many} with significant control, among them these.`
        : say`The register lists ${many} with significant control.`,
    ...controllers.map((statement) => controller(statement, controllers.length === 1)),
    ...controlStatements(facts),
    exemption(facts),
    parent(facts),
    ...chain(facts),
  ];
}

function controller(statement: Statement, isOnly: boolean): Cited | null {
  const { name, kind, natures_of_control: natures, control, notified_on: on } = readValue(statement, controllerValue);
  const since = on === null ? '' : ` (on the register since ${writtenDay(on)})`;
  const isPerson = !/corporate|legal-person/.test(kind);
  const who = name ?? 'A controller whose details the register protects';
  const how = name === null ? '' : controlWords(natures, control);
  return say`${cited(statement, () => {
    if (how === '') return `${who} is listed as in control${since}`;
    if (!isOnly) return `${who} ${how}${since}`;
    const which = isPerson ? 'The one person with significant control is' : 'The one body with significant control is';
    return `${which} ${who}, ${isPerson ? 'who' : 'which'} ${how}${since}`;
  })}.`;
}

function controlStatements(facts: SectionFacts): (Cited | null)[] {
  const statement = facts.statement('psc_statements');
  if (statement === null) return [];
  return readValue(statement, z.array(controlStatementValue)).map(({ text, notified_on: on }) => {
    const told = `“${text}”${on === null ? '' : ` (${writtenDay(on)})`}`;
    return say`The company's statement on its control reads: ${cited(statement, () => told)}.`;
  });
}

/** The register's words for the exemption start with "the company has been or is": it is in force, so it "is". */
function exemption(facts: SectionFacts): Cited | null {
  const statement = facts.statement('psc_exemption') ?? facts.statement('psc');
  if (statement?.field !== 'psc_exemption') return null;
  const { text, exempt_from: from } = readValue(statement, exemptionValue);
  const since = from === null ? '' : `Since ${writtenDay(from)} `;
  return say`${cited(statement, () => `${since}${since === '' ? 'The' : 'the'} company need not name who controls it: ${exemptionWords(text)}`)}.`;
}

function exemptionWords(text: string): string {
  const [, why] = /as it has (.+?)\.?$/.exec(text) ?? [];
  return why === undefined ? `“${text.replace(/\.$/, '')}”` : `it has ${why}`;
}

function parent(facts: SectionFacts): Cited | null {
  const company = cited(facts.statement('parent_company'), parentText);
  return say`So it is controlled by another company, ${company}.`;
}

/** The first company of the chain is the parent, which was named already. */
function chain(facts: SectionFacts): (Cited | null)[] {
  const [first, ...above] = facts.extras('parent_level');
  if (first === undefined) return [];
  const levels = above.map((statement, index) => {
    const company = cited(statement, parentText);
    return index === 0
      ? say`That company in turn has a parent, ${company}.`
      : say`Its parent, one level further up the chain, is ${company}.`;
  });
  return [...levels, chainEnd(facts)];
}

function parentText(statement: Statement): string {
  const { name, registration_number: number, place_registered: place } = readValue(statement, parentValue);
  if (number !== null) return `${name} (registration number ${number})`;
  return place === null ? name : `${name} (${place})`;
}

/** Why no further company follows; where the chain breaks off, the gap on the ultimate parent says why. */
function chainEnd(facts: SectionFacts): Cited | null {
  const end = facts.statement('parent_chain_end');
  const [words] = facts.extras('parent_chain_end_text');
  const says = (text: string) => phrase(facts, 'parent_chain_end', text);
  const text = words === undefined ? null : cited(words, (entry) => readValue(entry, chainEndTextValue).text);
  switch (end?.value) {
    case 'people':
      return say`${says('The chain ends there: on its own list of people in control, no further company holds a majority')}.`;
    case 'nobody':
      return say`${says('The chain ends there')}: that company states that nobody controls it.`;
    case 'exempt':
      return say`${says('The chain ends there')}: that company is exempt from naming who controls it, ${tradedShares(text)}.`;
    case 'abroad':
      return say`${says('The chain ends there, since that company is registered abroad')}.`;
    case 'not_disclosed':
      return say`${says('The chain ends there')}: on who controls that company, the register says “${text}”.`;
    default:
      return null;
  }
}

function tradedShares(text: Cited | null): Cited | null {
  return text === null
    ? null
    : { ...text, text: lowerFirst(exemptionWords(text.text)).replace(/^it has/, 'as it has') };
}
