import { getCompany, listCompanyFacts } from '@/lib/companies/company-repository';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/route';
import { companyParamsSchema } from '@/lib/http/schema';
import { userClient } from '@/lib/supabase/user-client';

/** One company with its facts and where each comes from. */
export const GET = route({ access: 'user', params: companyParamsSchema }, async ({ user, params }) => {
  const client = userClient(user.accessToken);
  const company = await getCompany(client, params.companyId);
  if (!company) throw new AppError('company_not_found');
  return Response.json({ ...company, facts: await listCompanyFacts(client, params.companyId) });
});
