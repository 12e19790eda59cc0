import { z } from 'zod';
import { searchRegister } from '@/lib/companies/from-register/search-register';
import { limitRegisterReads } from '@/lib/http/limit-requests';
import { route } from '@/lib/http/route';
import { limitSchema } from '@/lib/http/schema';

const query = z.object({
  q: z
    .string({ error: 'is missing: give words of a company name' })
    .trim()
    .min(3, 'is too short: give at least 3 characters')
    .max(200),
  limit: limitSchema,
});

/** Companies on the register itself, in its own ranking, whether the workspace knows them or not. */
export const GET = route({ access: 'user', query }, async ({ user, query }) => {
  await limitRegisterReads(user.id);
  return Response.json({ items: await searchRegister(query.q, query.limit) });
});
