import { jobEventStream } from '@/lib/http/jobs/event-stream';
import { readOwnJob } from '@/lib/http/jobs/job-response';
import { route } from '@/lib/http/route';
import { jobParamsSchema } from '@/lib/http/schema';

/** The job's status as server-sent events, until it has ended. */
export const GET = route({ access: 'user', params: jobParamsSchema }, async ({ request, params, user }) => {
  const status = await readOwnJob(params.jobId, user);
  return jobEventStream(status, request, user);
});
