import { AppError } from '@/lib/errors';
import { jobResponse, readOwnJob } from '@/lib/http/jobs/job-response';
import { route } from '@/lib/http/route';
import { jobParamsSchema } from '@/lib/http/schema';
import { cancelJob } from '@/lib/queue/cancel-job';

/** 202 while the job goes on, 200 once it has ended, 304 when nothing changed. */
export const GET = route({ access: 'user', params: jobParamsSchema }, async ({ request, params, user }) =>
  jobResponse(await readOwnJob(params.jobId, user, request), request),
);

/** 200 when it had not started, 202 when it is being stopped. */
export const DELETE = route({ access: 'user', params: jobParamsSchema }, async ({ params, user }) => {
  const { outcome } = await cancelJob(params.jobId, { id: user.id, isAdmin: false });
  const body = { job_id: params.jobId, status: outcome };
  switch (outcome) {
    case 'cancelled':
      return Response.json(body);
    case 'cancelling':
      return Response.json(body, { status: 202, headers: { 'retry-after': '1' } });
    case 'terminal':
      throw new AppError('job_already_finished');
    case 'not_found':
      throw new AppError('job_not_found');
  }
});
