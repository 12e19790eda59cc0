import { z } from 'zod';
import { writtenDay } from '@/lib/companies/register/calendar';
import type { SectionFacts } from '../draft/section-facts';
import { previousNameValue, readValue } from '../values';
import { writeGaps } from './gaps';
import { counted, fact, factInside, holds, phrase, withArticle } from './phrases';
import { type Cited, cited, say } from './say';
import { writeWebsite } from './website';

/** Types whose words can follow "is a". The others are quoted as the register has them. */
const KIND_OF_BODY =
  /company$|company,|company |partnership|society|societas|organisation|grouping|entity|corporation|union/i;
const ADDRESS_ORDER = ['po_box', 'address_line_1', 'address_line_2', 'locality', 'region', 'country', 'postal_code'];

export function writeIdentity(facts: SectionFacts): (Cited | null)[] {
  return [
    demoNotice(facts),
    whatItIs(facts),
    ...standing(facts),
    ...office(facts),
    earlierNames(facts),
    resolution(facts),
    say`Its legal entity identifier (LEI) is ${fact(facts, 'lei')}.`,
    ...writeWebsite(facts),
    ...writeGaps(facts),
  ];
}

function demoNotice(facts: SectionFacts): Cited | null {
  if (!facts.company.isDemo) return null;
  return say`${fact(facts, 'legal_name')} is an invented demo company: nothing in this report is about a real one.`;
}

function whatItIs(facts: SectionFacts): Cited | null {
  const name = say`${fact(facts, 'legal_name')} (company number ${fact(facts, 'company_number')})`;
  const type = factInside(facts, 'type_text');
  const place = fact(facts, 'jurisdiction_text');
  if (type === null) return say`${name} is on the register of companies.`;
  const what = KIND_OF_BODY.test(type.text)
    ? say`${name} is ${withArticle(type)}`
    : say`${name} is registered as: ${type}`;
  return place === null ? say`${what}.` : say`${what}, registered in ${place}.`;
}

function standing(facts: SectionFacts): (Cited | null)[] {
  const detail = factInside(facts, 'status_detail_text');
  const status = say`The register gives its status as ${factInside(facts, 'status_text')}`;
  const ended = say`It was formed on ${fact(facts, 'incorporated_on')} and came to an end on ${fact(facts, 'ceased_on')}`;
  return [
    detail === null ? say`${status}.` : say`${status}, with the remark: ${detail}.`,
    ended === null
      ? (say`It was formed on ${fact(facts, 'incorporated_on')}, ${age(facts)} ago.` ??
        say`It was formed on ${fact(facts, 'incorporated_on')}.`)
      : (say`${ended}, after ${age(facts)}.` ?? say`${ended}.`),
  ];
}

/** Nothing for a company in its first year: "0 years ago" says less than the date. */
function age(facts: SectionFacts): Cited | null {
  const statement = facts.statement('age');
  return statement?.value === 0 ? null : cited(statement, ({ value }) => counted(Number(value), 'year'));
}

function office(facts: SectionFacts): (Cited | null)[] {
  const address = cited(facts.statement('registered_office'), ({ value }) => addressText(value));
  return [
    say`Its registered office is ${address}; this is its legal address and need not be where it works.`,
    holds(facts, 'office_undeliverable', true)
      ? say`The register marks the registered office as ${phrase(facts, 'office_undeliverable', 'undeliverable')} for post.`
      : null,
    holds(facts, 'office_in_dispute', true)
      ? say`According to the register, the registered office is ${phrase(facts, 'office_in_dispute', 'in dispute')}.`
      : null,
  ];
}

function earlierNames(facts: SectionFacts): Cited | null {
  const statement = facts.statement('previous_names');
  if (statement === null) return null;
  const names = readValue(statement, z.array(previousNameValue));
  const [latest] = names;
  if (latest === undefined) return null;
  const until = latest.ceased_on === null ? '' : ` until ${writtenDay(latest.ceased_on)}`;
  const last = cited(statement, () => `${latest.name}${until}`);
  if (names.length === 1) return say`It was called ${last}.`;
  const count = cited(facts.statement('previous_names_count'), ({ value }) => String(value));
  return say`It has had ${count} earlier names; the last was ${last}.`;
}

function resolution(facts: SectionFacts): Cited | null {
  return say`The company was identified by its ${phrase(facts, 'how_resolved', 'company number')}, so no namesake can be meant.`;
}

function addressText(value: unknown): string {
  const parts = z.record(z.string(), z.unknown()).parse(value);
  const lines = ADDRESS_ORDER.map((member) => parts[member]).filter((part) => typeof part === 'string' && part !== '');
  const premises = typeof parts.premises === 'string' ? parts.premises : '';
  // A house number belongs to its street: "9 High Street", but "Flat 2, 9 High Street".
  const [first = '', ...rest] = lines;
  const street =
    premises === '' ? [first] : /^\d+[a-z]?$/i.test(premises) ? [`${premises} ${String(first)}`] : [premises, first];
  return [...street, ...rest].join(', ');
}
