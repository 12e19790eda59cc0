import { z } from 'zod';
import { signalOriginSchema } from '@/lib/signals/schema';

export const SCORE_COMPONENTS = ['financial', 'growth', 'industry', 'technology', 'engagement', 'bant'] as const;

const score = z.number().min(0).max(100);
const unitInterval = z.number().min(0).max(1);

const evidenceShape = {
  origin: signalOriginSchema,
  /** JSONPath into the source's answer, such as `$.accounts.overdue`. */
  locator: z.string(),
  snippet: z.string(),
};

export const scoreRuleSchema = z.object({ text: z.string().min(1), points: z.number(), ...evidenceShape });
export const scoreCapSchema = z.object({ text: z.string().min(1), limit: score, ...evidenceShape });

export const scoreComponentSchema = z.object({
  name: z.enum(SCORE_COMPONENTS),
  /** Null when there is no evidence: unknown is not the same as average. */
  score: score.nullable(),
  weight: unitInterval,
  not_scored_reason: z.string().nullable(),
  rules: z.array(scoreRuleSchema),
});

export const companyScoreSchema = z.object({
  overall: score.nullable(),
  /** Share of the weights that could be scored. */
  coverage: unitInterval,
  components: z.array(scoreComponentSchema),
  caps: z.array(scoreCapSchema),
  verdict: z.string().min(1),
});

export type ScoreComponentName = (typeof SCORE_COMPONENTS)[number];
export type ScoreRule = z.infer<typeof scoreRuleSchema>;
export type ScoreCap = z.infer<typeof scoreCapSchema>;
export type ScoreComponent = z.infer<typeof scoreComponentSchema>;
export type CompanyScore = z.infer<typeof companyScoreSchema>;
