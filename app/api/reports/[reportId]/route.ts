import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/route';
import { reportParamsSchema } from '@/lib/http/schema';
import { getReport, keepReportNames } from '@/lib/research/report-repository';
import { userClient } from '@/lib/supabase/user-client';

/** A report of the caller's; while it is being written, what is finished so far. */
export const GET = route({ access: 'user', params: reportParamsSchema }, async ({ user, params }) => {
  const report = await getReport(userClient(user.accessToken), params.reportId);
  if (!report) throw new AppError('not_found', { detail: 'No report of yours has this id.' });
  return Response.json(report, { headers: { 'cache-control': 'private, no-cache' } });
});

/** Keeps the names of people in a report of the caller's for longer than six months, or no longer. */
export const PATCH = route(
  { access: 'user', params: reportParamsSchema, body: z.strictObject({ names_kept: z.boolean() }) },
  async ({ user, params, body }) => {
    await keepReportNames(params.reportId, user.id, body.names_kept);
    return Response.json({ names_kept: body.names_kept });
  },
);
