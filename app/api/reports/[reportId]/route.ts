import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/route';
import { reportParamsSchema } from '@/lib/http/schema';
import { getReport } from '@/lib/research/report-repository';
import { userClient } from '@/lib/supabase/user-client';

/** A report of the caller's; while it is being written, what is finished so far. */
export const GET = route({ access: 'user', params: reportParamsSchema }, async ({ user, params }) => {
  const report = await getReport(userClient(user.accessToken), params.reportId);
  if (!report) throw new AppError('not_found', { detail: 'No report of yours has this id.' });
  return Response.json(report, { headers: { 'cache-control': 'private, no-cache' } });
});
