import { z } from 'zod';
import { searchCompanies } from '@/lib/companies/company-repository';
import { route } from '@/lib/http/route';
import { limitSchema } from '@/lib/http/schema';
import { userClient } from '@/lib/supabase/user-client';

const query = z.object({
  q: z.string().trim().max(200).optional(),
  status: z.string().max(50).optional(),
  sic: z
    .string()
    .regex(/^\d{4,5}$/, 'must be a SIC code of 4 or 5 digits')
    .optional(),
  cursor: z.string().max(500).optional(),
  limit: limitSchema,
});

/** Search by name (typing errors tolerated) or number. */
export const GET = route({ access: 'user', query }, async ({ user, query }) =>
  Response.json(await searchCompanies(userClient(user.accessToken), query)),
);
