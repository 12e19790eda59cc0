import { z } from 'zod';
import { resolveCompany } from '@/lib/companies/resolve/resolve-company';
import { route } from '@/lib/http/route';
import { userClient } from '@/lib/supabase/user-client';

const query = z.object({
  q: z
    .string({ error: 'is missing: give a company name or number' })
    .trim()
    .min(1, 'is empty: give a company name or number')
    .max(200),
});
/** More than anybody reads. */
const CANDIDATES = 10;

/** Which company is meant by a name or number: one, several to choose from, or none. Never a guess. */
export const GET = route({ access: 'user', query }, async ({ user, query }) => {
  const { outcome, chosen, candidates } = await resolveCompany(userClient(user.accessToken), query.q);
  return Response.json({
    query: query.q,
    outcome,
    company: chosen?.company ?? null,
    candidates: candidates.slice(0, CANDIDATES),
  });
});
