import { z } from 'zod';
import { jobErrorSchema, jobStateSchema, jobStepSchema } from '@/types/jobs';

/** What the browser needs of `GET /api/jobs/{id}`. */
export const jobAnswerSchema = z.object({
  job: z.object({
    id: z.string(),
    status: jobStateSchema,
    progress: z.number(),
    attempt: z.number(),
    max_attempts: z.number(),
  }),
  queue: z.string(),
  step: jobStepSchema.nullish(),
  created_at: z.string(),
  started_at: z.string().nullish(),
  completed_at: z.string().nullish(),
  estimated_completion: z.string().nullish(),
  poll_interval_ms: z.number().nullish(),
  position: z.number().nullish(),
  next_attempt_at: z.string().nullish(),
  reason: z.string().nullish(),
  stale: z.boolean().nullish(),
  /** Last sign of life of the worker that runs it. */
  heartbeat_at: z.string().nullish(),
  cancelling: z.boolean().nullish(),
  error: jobErrorSchema.nullish(),
  result: z.unknown().optional(),
  report_id: z.string().nullish(),
});
export type JobAnswer = z.infer<typeof jobAnswerSchema>;

const resultSchema = z.object({ report_id: z.string() });

/** The report that a finished research left, or null. */
export function reportIdOf(answer: JobAnswer): string | null {
  const result = resultSchema.safeParse(answer.result);
  return result.success ? result.data.report_id : (answer.report_id ?? null);
}
