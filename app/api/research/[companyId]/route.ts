import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { renewSignals } from '@/lib/http/jobs/renew-signals';
import { startJob } from '@/lib/http/jobs/start-job';
import { route } from '@/lib/http/route';
import { companyParamsSchema, flagSchema } from '@/lib/http/schema';
import { researchPayloadSchema, researchQueue } from '@/lib/queue/queues/research-queue';
import { latestReport } from '@/lib/research/report-repository';
import { userClient } from '@/lib/supabase/user-client';

const query = z.object({ force_refresh: flagSchema });
const body = z.strictObject(
  researchPayloadSchema.pick({ focus_areas: true, user_context: true, force_refresh: true }).shape,
);

/** Starts the eight-section report on a company, or names the fresh one and sees to it that its signals are. */
export const POST = route({ access: 'user', params: companyParamsSchema, query, body }, async (input) => {
  const { request, user, params } = input;
  const { force_refresh: forceInBody, ...focus } = input.body;
  const force = input.query.force_refresh || forceInBody === true;
  return startJob({
    definition: researchQueue,
    request,
    user,
    force,
    payload: { user_id: user.id, company_id: params.companyId, force_refresh: force, ...focus },
    onCached: async (reportId) => ({
      signals_job_id: await renewSignals({ userId: user.id, companyId: params.companyId, reportId }),
    }),
  });
});

/** The caller's latest report on the company. */
export const GET = route({ access: 'user', params: companyParamsSchema }, async ({ user, params }) => {
  const report = await latestReport(userClient(user.accessToken), params.companyId);
  if (!report) throw new AppError('not_found', { detail: 'You have no report on this company yet.' });
  return Response.json(report, { headers: { 'cache-control': 'private, no-cache' } });
});
