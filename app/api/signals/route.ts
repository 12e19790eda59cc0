import { z } from 'zod';
import { route } from '@/lib/http/route';
import { limitSchema } from '@/lib/http/schema';
import { SIGNAL_TYPES } from '@/lib/signals/schema';
import { listSignalFeed } from '@/lib/signals/signal-repository';
import { userClient } from '@/lib/supabase/user-client';

const query = z.object({
  type: z.enum(SIGNAL_TYPES).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'is not a cursor of this list')
    .optional(),
  limit: limitSchema,
});

/** The newest signals of all companies, latest found first. */
export const GET = route({ access: 'user', query }, async ({ user, query: { type, cursor, limit } }) =>
  Response.json(
    await listSignalFeed(userClient(user.accessToken), { ...(type ? { types: [type] } : {}), cursor, limit }),
  ),
);
