import type { ScoreComponentName } from './schema';

/** How much each component counts (design note "Lead score"); they add up to 1. */
export const WEIGHTS: Readonly<Record<ScoreComponentName, number>> = {
  financial: 0.25,
  growth: 0.2,
  industry: 0.2,
  technology: 0.15,
  engagement: 0.1,
  bant: 0.1,
};

/** Below this share of the weights a number would say more than is known. */
export const MIN_COVERAGE = 0.5;
