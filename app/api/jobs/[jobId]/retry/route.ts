import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/route';
import { jobParamsSchema } from '@/lib/http/schema';
import { retryJob } from '@/lib/queue/retry-job';

/** Runs a failed or cancelled job again under its own id. */
export const POST = route({ access: 'user', params: jobParamsSchema }, async ({ params, user }) => {
  const { outcome, job } = await retryJob(params.jobId, { id: user.id, isAdmin: false });
  if (outcome === 'not_found') throw new AppError('job_not_found');
  if (outcome === 'not_retryable') throw new AppError('job_not_retryable');
  const pollUrl = `/api/jobs/${params.jobId}`;
  return Response.json(
    { job_id: params.jobId, status: job?.state ?? 'queued', poll_url: pollUrl, events_url: `${pollUrl}/events` },
    { status: 202, headers: { location: pollUrl, 'retry-after': '2' } },
  );
});
