import { z } from 'zod';
import { listPresentJobs } from '@/lib/http/jobs/list-present-jobs';
import { route } from '@/lib/http/route';
import { companyIdSchema, limitSchema } from '@/lib/http/schema';
import { QUEUES } from '@/lib/queue/queues';
import { userClient } from '@/lib/supabase/user-client';
import { jobStateSchema } from '@/types/jobs';

const query = z.object({
  status: jobStateSchema.optional(),
  queue: z.enum(QUEUES.map(({ name }) => name)).optional(),
  company_id: companyIdSchema.optional(),
  cursor: z.string().max(500).optional(),
  limit: limitSchema,
});

/** The caller's own jobs, newest first. */
export const GET = route({ access: 'user', query }, async ({ user, query }) =>
  Response.json(await listPresentJobs(userClient(user.accessToken), user.id, query)),
);
