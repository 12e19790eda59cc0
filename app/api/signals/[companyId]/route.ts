import { z } from 'zod';
import { getCompany } from '@/lib/companies/company-repository';
import { AppError } from '@/lib/errors';
import { startJob } from '@/lib/http/jobs/start-job';
import { route } from '@/lib/http/route';
import { companyParamsSchema } from '@/lib/http/schema';
import { signalsPayloadSchema, signalsQueue } from '@/lib/queue/queues/signals-queue';
import { listCompanySignals } from '@/lib/signals/signal-repository';
import { userClient } from '@/lib/supabase/user-client';

const body = z.strictObject(
  signalsPayloadSchema.pick({ signal_types: true, sources: true, lookback_days: true }).shape,
);

/** Looks for dated buying signals of the company. */
export const POST = route(
  { access: 'user', params: companyParamsSchema, body },
  async ({ request, user, params, body }) =>
    startJob({
      definition: signalsQueue,
      request,
      user,
      force: false,
      payload: { company_id: params.companyId, user_id: user.id, ...body },
    }),
);

/** The company's signals, newest event first. */
export const GET = route({ access: 'user', params: companyParamsSchema }, async ({ user, params }) => {
  const client = userClient(user.accessToken);
  if (!(await getCompany(client, params.companyId))) throw new AppError('company_not_found');
  return Response.json({ items: await listCompanySignals(client, params.companyId) });
});
