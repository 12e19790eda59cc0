import { z } from 'zod';
import { addFromRegister } from '@/lib/companies/from-register/add-from-register';
import { searchRegister } from '@/lib/companies/from-register/search-register';
import { resolveCompany } from '@/lib/companies/resolve/resolve-company';
import { limitRegisterReads } from '@/lib/http/limit-requests';
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
/** Of the register's results: exact names can stand behind many longer ones. */
const LOOK_AT = 100;

/** Which company is meant by a name or number: one, several to choose from, or none. Never a guess. */
export const GET = route({ access: 'user', query }, async ({ user, query }) => {
  const found = await resolveCompany(userClient(user.accessToken), query.q, {
    find: async (number) => {
      await limitRegisterReads(user.id);
      return addFromRegister(number);
    },
    search: async (text) => {
      await limitRegisterReads(user.id);
      return searchRegister(text, LOOK_AT);
    },
  });
  return Response.json({
    query: query.q,
    outcome: found.outcome,
    company: found.chosen?.company ?? null,
    candidates: found.candidates
      .slice(0, CANDIDATES)
      .map((candidate) => ({ ...candidate, in_workspace: 'created_at' in candidate.company })),
    searched: found.searched,
    register: found.register,
    register_reason: found.registerReason,
  });
});
