import { z } from 'zod';
import { signalOriginSchema } from '@/lib/signals/schema';

export const SCORE_COMPONENTS = ['financial', 'growth', 'industry', 'technology', 'engagement', 'bant'] as const;

const score = z.number().min(0).max(100);
const unitInterval = z.number().min(0).max(1);

/** What a rule may compute from its evidence; a report computes it again. */
export const SCORE_COMPUTATIONS = ['growth_percent', 'times_of', 'per_hundred', 'full_years', 'count'] as const;

const evidenceShape = {
  origin: signalOriginSchema,
  /** JSONPath into the source's answer, such as `$.accounts.overdue`. */
  locator: z.string(),
  snippet: z.string(),
};

export const scoreRuleSchema = z.object({
  text: z.string().min(1),
  points: z.number(),
  ...evidenceShape,
  /** Further places that the rule rests on, such as the figure of the year before; none in scores of earlier versions. */
  further: z.array(z.object(evidenceShape)).default([]),
  /** A number of the text that stands nowhere: computed from all the evidence in its order, then from `dates`. */
  computed: z
    .object({ name: z.enum(SCORE_COMPUTATIONS), dates: z.array(z.iso.date()), value: z.number() })
    .nullable()
    .default(null),
});
export const scoreCapSchema = z.object({ text: z.string().min(1), limit: score, ...evidenceShape });

export const scoreComponentSchema = z.object({
  name: z.enum(SCORE_COMPONENTS),
  /** 0 to 100: the points of the rules in percent of `reachable`. */
  /** Null when there is no evidence: unknown is not the same as average. */
  score: score.nullable(),
  weight: unitInterval,
  /** Most points that the rules could have given: what is not disclosed counts neither way. 100 in earlier versions. */
  reachable: z.number().nonnegative().default(100),
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
