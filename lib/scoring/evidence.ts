import { filingText } from '@/lib/companies/enumerations/filing-text';
import type { PlacedFigure } from '@/lib/companies/register/figure-years';
import type { PlacedFiling } from '@/lib/companies/register/filing-values';
import type { Register } from '@/lib/companies/register/register';
import type { DetectedSignal } from '@/lib/signals/schema';
import type { SourceId } from '@/lib/sources/registry';
import type { SourceOrigin } from '@/lib/sources/source';
import type { Rule } from './component';
import type { Given } from './points';
import type { ScoreRule } from './schema';

/** Where a rule or a cap reads what it says: a place in what a source answered, or in a document of its own. */
export type Citation = { locator: string; snippet: string } & ({ source: SourceId } | { origin: SourceOrigin });
type Evidence = { origin: SourceOrigin; locator: string; snippet: string };

/** What of a tagged fact is shown, in the order in which reports show it. */
const FACT_MEMBERS = ['text', 'scale', 'sign', 'unit', 'pence', 'count', 'start', 'end'] as const;

/** @returns the text with its evidence, as a list of one; empty when the source gave no answer that could be cited. */
export function cited<T extends object>(register: Register, citation: Citation, said: T): (T & Evidence)[] {
  return evidenceOf(register, citation).map((evidence) => ({ ...said, ...evidence }));
}

/**
 * @param citations the places that the rule rests on, the first one first.
 * @param computed a number of the text that stands in none of them.
 * @returns the rule as a list of one; empty when one of the places could not be cited.
 */
export function ruled(
  register: Register,
  citations: readonly Citation[],
  text: string,
  { points, most }: Given,
  computed: (Omit<NonNullable<ScoreRule['computed']>, 'dates'> & { dates?: readonly string[] }) | null = null,
): Rule[] {
  const places = citations.flatMap((citation) => evidenceOf(register, citation));
  const [first, ...further] = places;
  if (first === undefined || places.length < citations.length) return [];
  return [
    {
      text,
      points,
      most,
      ...first,
      further,
      computed: computed === null ? null : { ...computed, dates: [...(computed.dates ?? [])] },
    },
  ];
}

export function citeFiling({ filing, index }: PlacedFiling): Citation {
  return {
    source: 'companies_house.filing_history',
    locator: `$.items[${index}]`,
    snippet: `${filing.type ?? 'Filing'} of ${filing.date ?? 'unknown date'}: ${filingText(filing)}`,
  };
}

/** A figure of filed accounts, with the document that holds it. */
export function citeFigure(register: Register, { fact, index, locator }: PlacedFigure): Citation {
  const source = 'accounts.figures';
  const snippet = FACT_MEMBERS.filter((member) => fact[member] !== null)
    .map((member) => `${member}: ${fact[member]}`)
    .join('; ');
  const document = register.dataOf(source)?.documents[index];
  const origin = register.originOf(source);
  if (document === undefined || origin === null) return { source, locator, snippet };
  const { title, url, sha256, retrieved_at: retrievedAt, filed_on: publishedAt } = document;
  return { locator, snippet, origin: { ...origin, title, url, sha256, retrievedAt, publishedAt } };
}

/** The event of a signal; the day is added where the source's own words do not give it. */
export function citeSignal({ origin, locator, snippet, event_date: day }: DetectedSignal): Citation {
  return { origin, locator, snippet: snippet.includes(day) ? snippet : `${snippet}; event on ${day}` };
}

/** "1 charge", "2 charges". */
export function counted(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? '' : 's'}`;
}

function evidenceOf(register: Register, citation: Citation): Evidence[] {
  const origin = 'origin' in citation ? citation.origin : register.originOf(citation.source);
  return origin === null ? [] : [{ origin, locator: citation.locator, snippet: citation.snippet }];
}
