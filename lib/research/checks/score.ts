import type { ReportScore } from '../schema';

/** Below this share of the weights a number would say more than is known (design note research 1.7). */
const LEAST_COVERAGE = 0.5;

/** Computes the score of the document again from its components and caps; null for any other formula. */
export function recomputeScore(formula: string, score: ReportScore): number | string | null {
  const scored = score.components.filter((component) => component.score !== null);
  const weight = scored.reduce((sum, component) => sum + component.weight, 0);
  if (formula === 'score_coverage(components)') return Math.round(weight * 100);
  if (formula !== 'weighted_score(components, caps)') return null;
  const limit = Math.min(100, ...score.caps.map((cap) => cap.limit));
  const mean =
    weight === 0
      ? 0
      : scored.reduce((sum, { score: points, weight: share }) => sum + (points ?? 0) * share, 0) / weight;
  if (weight < LEAST_COVERAGE && score.overall === null) return 'insufficient evidence';
  return Math.min(limit, Math.round(mean));
}
