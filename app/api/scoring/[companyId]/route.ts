import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { startJob } from '@/lib/http/jobs/start-job';
import { route } from '@/lib/http/route';
import { companyParamsSchema } from '@/lib/http/schema';
import { scoringPayloadSchema, scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { latestScore } from '@/lib/scoring/score-repository';
import { userClient } from '@/lib/supabase/user-client';

const body = z.strictObject(scoringPayloadSchema.pick({ criteria: true, force_recalculate: true }).shape);

/** Computes the lead score of the company. */
export const POST = route(
  { access: 'user', params: companyParamsSchema, body },
  async ({ request, user, params, body }) =>
    startJob({
      definition: scoringQueue,
      request,
      user,
      force: body.force_recalculate === true,
      payload: { company_id: params.companyId, user_id: user.id, ...body },
    }),
);

/** The caller's latest score of the company, with every rule and its evidence. */
export const GET = route({ access: 'user', params: companyParamsSchema }, async ({ user, params }) => {
  const score = await latestScore(userClient(user.accessToken), params.companyId);
  if (!score) throw new AppError('not_found', { detail: 'You have not scored this company yet.' });
  return Response.json(score, { headers: { 'cache-control': 'private, no-cache' } });
});
