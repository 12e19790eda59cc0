import type { Decimal } from './decimal';
import { readDecimal, toNumber, wholeNumber } from './decimal';
import type { AccountsFact } from './schema';
import type { FactContext, TaggedDocument, TaggedFact } from './tagged-document';

/** A fact together with what it is said of. */
export type PlacedFact = { fact: TaggedFact; context: FactContext; value: Decimal | null; measure: string | null };

/** Facts by local name, in the order of the document; a fact whose context is not there says nothing. */
export function tableOf(document: TaggedDocument): ReadonlyMap<string, readonly PlacedFact[]> {
  const table = new Map<string, PlacedFact[]>();
  for (const fact of document.facts) {
    const context = document.contexts.get(fact.context);
    if (context === undefined) continue;
    const measure = fact.unit === null ? null : (document.units.get(fact.unit) ?? fact.unit);
    const value = fact.unit === null ? null : readDecimal(fact.text, fact.format, fact.scale, fact.negated);
    table.set(fact.name, [...(table.get(fact.name) ?? []), { fact, context, value, measure }]);
  }
  return table;
}

/** @returns whether a measure is a currency of ISO 4217; other measures of accounts are `pure` and `shares`. */
export function isCurrency(measure: string | null): boolean {
  return measure !== null && /^[A-Z]{3}$/.test(measure);
}

/** The fact as it is kept. */
export function toAccountsFact({ fact, context, value, measure }: PlacedFact): AccountsFact {
  const isMoney = value !== null && isCurrency(measure);
  return {
    text: fact.text,
    scale: fact.scale === 0 ? null : fact.scale,
    sign: fact.negated ? '-' : null,
    unit: measure,
    pence: isMoney ? wholeNumber(value, 2) : null,
    count: value === null || isMoney ? null : toNumber(value),
    start: context.start,
    end: context.end,
  };
}
