import { z } from 'zod';

/** Forms of OpenAI's chat completions, with what OpenRouter adds. Only what is read is named; services add members freely. */

const count = z.int().min(0).nullish().catch(null);
const money = z.number().min(0).nullish().catch(null);

const usageSchema = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
  completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
  /** US dollars; OpenRouter only. */
  cost: money,
  cost_details: z.object({ upstream_inference_cost: money }).nullish().catch(null),
  is_byok: z.boolean().nullish().catch(null),
});

/** The body of an error, also inside an answer with status 200 and inside a stream. */
export const errorBodySchema = z.object({
  code: z.union([z.number(), z.string()]).nullish(),
  message: z.string().nullish(),
  metadata: z
    .looseObject({
      error_type: z.string().nullish().catch(null),
      patterns: z.unknown().optional(),
      reasons: z.unknown().optional(),
    })
    .nullish()
    .catch(null),
  availability: z
    .object({ retryable: z.boolean().nullish().catch(null), retry_after: z.number().min(0).nullish().catch(null) })
    .nullish()
    .catch(null),
});

const text = z.object({ content: z.string().nullish(), refusal: z.string().nullish() });
const choiceSchema = z.object({
  finish_reason: z.string().nullish(),
  error: errorBodySchema.nullish().catch(null),
  message: text.nullish(),
  delta: text.nullish(),
});

/** A whole answer or one chunk of a stream: they differ in `message` and `delta` only. */
export const completionSchema = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  provider: z.string().nullish(),
  choices: z.array(choiceSchema).nullish(),
  usage: usageSchema.nullish().catch(null),
  error: z.union([errorBodySchema, z.string().transform((message) => ({ message }))]).nullish(),
});

export type CompletionPart = z.infer<typeof completionSchema>;
export type ErrorBody = z.infer<typeof errorBodySchema>;
export type Usage = z.infer<typeof usageSchema>;
