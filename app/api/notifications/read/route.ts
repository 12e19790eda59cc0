import { z } from 'zod';
import { route } from '@/lib/http/route';
import { markNotificationsRead } from '@/lib/notifications/notifications';
import { userClient } from '@/lib/supabase/user-client';

const body = z.strictObject({ ids: z.array(z.int().positive()).min(1).max(100).optional() });

/** Marks some of the caller's notifications as read, or all of them without `ids`. */
export const POST = route({ access: 'user', body }, async ({ user, body: { ids } }) =>
  Response.json({ read: await markNotificationsRead(userClient(user.accessToken), ids ?? null, new Date()) }),
);
