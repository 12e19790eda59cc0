import { z } from 'zod';
import { jobErrorSchema, jobStateSchema } from '@/types/jobs';

/** What the browser needs of `GET /api/jobs`. */
export const jobListSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      queue: z.string(),
      company_id: z.string().nullable(),
      company_name: z.string().nullable(),
      state: jobStateSchema,
      progress: z.number(),
      attempt: z.number(),
      max_attempts: z.number(),
      error: jobErrorSchema.nullable(),
      report_id: z.string().nullable(),
      created_at: z.string(),
      started_at: z.string().nullable(),
      finished_at: z.string().nullable(),
    }),
  ),
  next_cursor: z.string().nullable(),
});
export type JobListAnswer = z.infer<typeof jobListSchema>;
export type JobListItem = JobListAnswer['items'][number];
