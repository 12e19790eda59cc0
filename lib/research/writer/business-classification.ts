import { CLASSIFIED_FIELDS, type ClassifiedField } from '../classify/fields';
import type { SectionFacts } from '../draft/section-facts';
import type { Statement } from '../schema';
import { readValue, wordsReadValue } from '../values';
import { phrase } from './phrases';
import { type Cited, cited, listed, say } from './say';

/** What each value means, as a clause. */
const CLAUSES: Readonly<Record<Exclude<ClassifiedField, 'sic_agreement'>, Readonly<Record<string, string>>>> = {
  customer_type: {
    b2b: 'its customers are mainly businesses',
    b2c: 'its customers are mainly consumers',
    mixed: 'its customers are of several kinds',
    public_sector: 'its customers are mainly public bodies',
  },
  delivery_model: {
    professional_service: 'it delivers professional services',
    trade_service: 'it delivers practical services',
    contracting: 'it delivers works under contract',
    product_physical: 'it delivers goods',
    product_digital: 'it delivers digital products',
    distribution_resale: 'it delivers goods by distribution or resale',
    property: 'it delivers the use or sale of property',
  },
  geography_served: {
    regional: 'the places served are within a region',
    national_uk: 'the places served are within the country',
    international: 'the places served include other countries',
  },
  demand_model: {
    b2b_relationship: 'demand arises from working relationships',
    local_service: 'demand arises locally',
    consumer_search: 'demand arises from people who look for it',
    not_customer_facing: 'its demand comes from within its group or its funding, rather than from customers',
  },
};
const OPEN: Readonly<Record<ClassifiedField, string>> = {
  customer_type: 'who its customers are',
  delivery_model: 'how it delivers',
  geography_served: 'which places are served',
  demand_model: 'how demand arises',
  sic_agreement: 'whether the codes match the business',
};

/** What rules read out of the company's own words: values that rest on the same words share a sentence. */
export function writeClassification(facts: SectionFacts): (Cited | null)[] {
  const groups = new Map<string, ClassifiedField[]>();
  const open: Cited[] = [];
  for (const field of CLASSIFIED_FIELDS) {
    const statement = facts.statement(field);
    const words = facts.extras(`${field}_quote`)[0];
    if (statement === null || words === undefined) continue;
    const unclear = statement.value === 'unclear' ? phrase(facts, field, OPEN[field]) : null;
    if (unclear !== null) open.push(unclear);
    else {
      const { quote } = readValue(words, wordsReadValue);
      groups.set(quote, [...(groups.get(quote) ?? []), field]);
    }
  }
  return [
    ...[...groups.values()].map((fields, index) => wordsAndMeaning(facts, fields, index)),
    say`It remains unclear from the words that were read ${listed(open)}.`,
  ];
}

function wordsAndMeaning(facts: SectionFacts, fields: readonly ClassifiedField[], index: number): Cited | null {
  const [first] = fields;
  const words = first === undefined ? undefined : facts.extras(`${first}_quote`)[0];
  const clauses = listed(fields.flatMap((field) => clauseOf(facts, field) ?? []));
  const quote = cited(words ?? null, (statement) => {
    const { quote: text, from } = readValue(statement, wordsReadValue);
    return `“${text}” ${from === 'accounts.figures' ? 'in its filed accounts' : 'on its own web site'}`;
  });
  if (isSaidAlready(facts, words ?? null)) {
    return say`Judging by ${cited(words ?? null, () => 'those words of its filed accounts')}, ${clauses}.`;
  }
  if (index === 0) return say`Judging by the words ${quote}, ${clauses}.`;
  return index % 2 === 1
    ? say`From the words ${quote} we take it that ${clauses}.`
    : say`It also follows from the words ${quote} that ${clauses}.`;
}

/** Whether the words that a value rests on are what the section has just quoted as the filed activity, and all of it. */
function isSaidAlready(facts: SectionFacts, words: Statement | null): boolean {
  const filed = facts.statement('filed_activity')?.value;
  if (words === null || typeof filed !== 'string') return false;
  return readValue(words, wordsReadValue).quote === filed.replace(/\.$/, '');
}

function clauseOf(facts: SectionFacts, field: ClassifiedField): Cited | null {
  const statement = facts.statement(field);
  if (field !== 'sic_agreement') {
    const text = CLAUSES[field][String(statement?.value)];
    return text === undefined ? null : phrase(facts, field, text);
  }
  const codes = phrase(facts, 'sic_codes', 'the self-declared codes');
  return say`${codes} ${phrase(facts, field, statement?.value === 'agrees' ? 'match the business' : 'do not match the business')}`;
}
