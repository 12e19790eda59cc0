import { z } from 'zod';

/** What a model answers: sentences that each stand for points it was given, with all that those points cite. */
export const modelSentenceSchema = z.object({
  text: z.string(),
  points: z.array(z.int()),
  statements: z.array(z.string()),
  gaps: z.array(z.string()),
});
export const modelAnswerSchema = z.object({ sentences: z.array(modelSentenceSchema) });

export type ModelSentence = z.infer<typeof modelSentenceSchema>;
