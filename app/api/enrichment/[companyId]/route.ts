import { z } from 'zod';
import { getCompany, listCompanyFacts } from '@/lib/companies/company-repository';
import { AppError } from '@/lib/errors';
import { startJob } from '@/lib/http/jobs/start-job';
import { route } from '@/lib/http/route';
import { companyParamsSchema } from '@/lib/http/schema';
import { enrichmentPayloadSchema, enrichmentQueue } from '@/lib/queue/queues/enrichment-queue';
import { userClient } from '@/lib/supabase/user-client';

const body = z.strictObject(enrichmentPayloadSchema.pick({ sources: true, priority: true }).shape);

/** Fills the company's fields from its sources. */
export const POST = route(
  { access: 'user', params: companyParamsSchema, body },
  async ({ request, user, params, body }) =>
    startJob({
      definition: enrichmentQueue,
      request,
      user,
      force: false,
      payload: { business_id: params.companyId, user_id: user.id, ...body },
    }),
);

/** What is known of the company, each field with its source. */
export const GET = route({ access: 'user', params: companyParamsSchema }, async ({ user, params }) => {
  const client = userClient(user.accessToken);
  const company = await getCompany(client, params.companyId);
  if (!company) throw new AppError('company_not_found');
  const { id, completeness, enriched_at } = company;
  return Response.json({
    company_id: id,
    completeness,
    enriched_at,
    facts: await listCompanyFacts(client, params.companyId),
  });
});
