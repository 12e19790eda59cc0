import { filingText } from '@/lib/companies/enumerations/filing-text';
import type { PlacedFiling } from '@/lib/companies/register/filing-values';
import type { Register, RegisterSourceId } from '@/lib/companies/register/register';
import type { SourceOrigin } from '@/lib/sources/source';
import type { ScoreComponentName, ScoreRule } from './schema';

/** What a component looks at: the register, and the day on which it is asked. */
export type Scoring = { register: Register; today: string };

/** What a component comes to: rules with their points, or why it cannot be scored. */
export type ComponentResult = { rules: ScoreRule[] } | { notScored: string };

/** One part of the score: one file in `components/` and one line in its registry. */
export type Component = { name: ScoreComponentName; evaluate(scoring: Scoring): ComponentResult };

/** Where a rule or a cap reads what it says. */
export type Citation = { source: RegisterSourceId; locator: string; snippet: string };

/** @returns the text with its evidence, as a list of one; empty when the source gave no answer that could be cited. */
export function cited<T extends object>(
  register: Register,
  { source, locator, snippet }: Citation,
  said: T,
): (T & { origin: SourceOrigin; locator: string; snippet: string })[] {
  const origin = register.originOf(source);
  return origin === null ? [] : [{ ...said, origin, locator, snippet }];
}

export function citeFiling({ filing, index }: PlacedFiling): Citation {
  return {
    source: 'companies_house.filing_history',
    locator: `$.items[${index}]`,
    snippet: `${filing.type ?? 'Filing'} of ${filing.date ?? 'unknown date'}: ${filingText(filing)}`,
  };
}

/** "1 charge", "2 charges". */
export function counted(count: number, singular: string): string {
  return `${count} ${singular}${count === 1 ? '' : 's'}`;
}
