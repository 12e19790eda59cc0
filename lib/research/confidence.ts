import { daysBetween } from '@/lib/companies/register/calendar';
import type { Statement } from './schema';

/** How fast a kind of fact goes out of date: days after which it is worth half. Design note research 1.6. */
const HALF_LIFE_DAYS = { register: 3650, accounts: 730, officers: 365, news: 90, jobs: 21, technology: 180 } as const;
const OLDEST_WORTH = 0.3;
const METHOD_WORTH = { copied: 1, parsed: 1, computed: 1, classified: 0.8, inferred: 0.6 } as const;
const CONFLICT_WORTH = 0.6;

export type AgeBasis = keyof typeof HALF_LIFE_DAYS;

/** What one piece of evidence is worth before the method is counted. */
export type EvidenceWorth = {
  /** r: reliability of the source, 0 to 1. */
  reliability: number;
  /** m: how surely the source speaks of this very company; an equal company number is 1. */
  match: number;
  basis: AgeBasis;
  /** ISO date or instant from which the fact ages. */
  since: string;
};

/**
 * r * m * f: the worth of one piece of evidence, with f = 0.5 ** (age in days / half-life), at least 0.3.
 * @returns 0 to 1.
 */
export function evidenceConfidence({ reliability, match, basis, since }: EvidenceWorth, now: Date): number {
  const ageDays = Math.max(0, daysBetween(since.slice(0, 10), now.toISOString().slice(0, 10)));
  return reliability * match * Math.max(OLDEST_WORTH, 0.5 ** (ageDays / HALF_LIFE_DAYS[basis]));
}

/**
 * c = r * m * f * x. Evidence of one origin counts by its weakest piece (a computed value is worth its weakest input);
 * several independent origins support each other: 1 - PROD(1 - c_i).
 * @param origins per independent origin, the worth of each piece of evidence, 0 to 1.
 * @param ruleConfidence of a classifying rule, 0 to 1.
 */
export function statementConfidence(
  origins: readonly (readonly number[])[],
  method: Statement['method'],
  ruleConfidence = 1,
): number {
  const doubt = origins.reduce((product, pieces) => product * (1 - Math.min(...pieces)), 1);
  return rounded((1 - doubt) * METHOD_WORTH[method] * ruleConfidence);
}

/** A statement that another one contradicts keeps its place and loses confidence. */
export function afterConflict(confidence: number): number {
  return rounded(confidence * CONFLICT_WORTH);
}

/**
 * Mean over the answered fields, required ones weighted 2 and optional ones 1.
 * @returns null when nothing was answered.
 */
export function sectionConfidence(answered: readonly { required: boolean; confidence: number }[]): number | null {
  return weightedMean(answered.map(({ required, confidence }) => ({ weight: required ? 2 : 1, value: confidence })));
}

/** Weighted mean over the sections that have anything; 0 when none has. */
export function reportConfidence(sections: readonly { weight: number; confidence: number | null }[]): number {
  const answered = sections.flatMap(({ weight, confidence }) =>
    confidence === null ? [] : [{ weight, value: confidence }],
  );
  return weightedMean(answered) ?? 0;
}

/** Required fields answered of those that apply to the company; 1 when none applies. */
export function coverageOf(required: readonly ('answered' | 'open' | 'not_applicable')[]): number {
  const applicable = required.filter((state) => state !== 'not_applicable');
  if (applicable.length === 0) return 1;
  return rounded(applicable.filter((state) => state === 'answered').length / applicable.length);
}

export type ConfidenceBand = 'high' | 'medium' | 'low';

/** The word for a confidence: high from 0.80, medium from 0.55. */
export function confidenceBand(confidence: number): ConfidenceBand {
  if (confidence >= 0.8) return 'high';
  return confidence >= 0.55 ? 'medium' : 'low';
}

function weightedMean(items: readonly { weight: number; value: number }[]): number | null {
  const weight = items.reduce((sum, item) => sum + item.weight, 0);
  if (weight === 0) return null;
  return rounded(items.reduce((sum, item) => sum + item.weight * item.value, 0) / weight);
}

/** Four decimals, so that floating point noise never shows. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
