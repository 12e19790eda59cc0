import type { Register } from '@/lib/companies/register/register';
import type { DetectedSignal } from '@/lib/signals/schema';
import type { ScoreComponentName, ScoreRule } from './schema';

/** What a component looks at: what was read about the company, its signals, and the day on which it is asked. */
export type Scoring = { register: Register; signals: readonly DetectedSignal[]; today: string };

/** A rule with the most points that it could have given. */
export type Rule = ScoreRule & { most: number };

/**
 * What a component comes to: rules with their points, or why it cannot be scored. `reachable` is the most points there
 * are, where that is not the sum over the rules.
 */
export type ComponentResult = { rules: Rule[]; reachable?: number } | { notScored: string };

/** One part of the score: one file in `components/` and one line in its registry. */
export type Component = { name: ScoreComponentName; evaluate(scoring: Scoring): ComponentResult };
