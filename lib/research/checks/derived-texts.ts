import { filingText } from '@/lib/companies/enumerations/filing-text';
import * as registerTexts from '@/lib/companies/enumerations/register-text';
import { sicSection, sicText } from '@/lib/companies/enumerations/sic-text';
import { toDay } from '@/lib/companies/register/calendar';
import { presentOfficerName } from '@/lib/companies/register/officer-name';
import { responsiblePerson } from '@/lib/sources/gender-pay-gap/responsible-person';
import { leavesOf } from '../evidence/json-path';
import { placeText } from '../place-text';

const WORDS_FOR_CODES = [
  registerTexts.companyStatusText,
  registerTexts.companyTypeText,
  registerTexts.statusDetailText,
  registerTexts.accountTypeText,
  registerTexts.officerRoleText,
  registerTexts.natureOfControlText,
  registerTexts.superSecurePscText,
  registerTexts.exemptionText,
  registerTexts.insolvencyCaseText,
  registerTexts.insolvencyDateText,
  placeText,
  sicText,
];

/** Everything that a part of an answer may be called: its texts themselves, their dates, and the words for its codes. */
export function derivedTexts(part: unknown): Set<string> {
  const texts = new Set<string>();
  const leaves = leavesOf(part).flatMap((leaf) => (leaf === null ? [] : [String(leaf)]));
  const linkedName = leaves.length > 1 ? memberText(part, 'linked_psc_name') : null;
  for (const leaf of leaves) {
    texts.add(leaf).add(presentOfficerName(leaf)).add(leaf.padStart(8, '0'));
    const day = toDay(leaf);
    if (day !== null) texts.add(day);
    for (const toText of WORDS_FOR_CODES) texts.add(toText(leaf));
    texts.add(registerTexts.pscStatementText(leaf, linkedName));
    const person = responsiblePerson(leaf);
    if (person !== null) texts.add(person.name).add(person.role);
    const section = sicSection(leaf);
    if (section !== null) texts.add(section.letter).add(section.text);
  }
  const description = memberText(part, 'description');
  if (description !== null && typeof part === 'object' && part !== null) texts.add(filingText(part));
  return texts;
}

function memberText(part: unknown, member: string): string | null {
  const value: unknown = typeof part === 'object' && part !== null ? Reflect.get(part, member) : null;
  return typeof value === 'string' ? value : null;
}
