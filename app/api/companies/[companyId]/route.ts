import { listCompanyFacts } from '@/lib/companies/company-repository';
import { findCompany } from '@/lib/http/find-company';
import { route } from '@/lib/http/route';
import { companyParamsSchema } from '@/lib/http/schema';
import { userClient } from '@/lib/supabase/user-client';

/** One company with its facts and where each comes from; one that nobody has imported is looked up on the register. */
export const GET = route({ access: 'user', params: companyParamsSchema }, async ({ user, params }) => {
  const company = await findCompany(user, params.companyId);
  return Response.json({ ...company, facts: await listCompanyFacts(userClient(user.accessToken), company.id) });
});
