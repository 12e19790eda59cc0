import { z } from 'zod';
import { route } from '@/lib/http/route';
import { limitSchema } from '@/lib/http/schema';
import { listNotifications } from '@/lib/notifications/notifications';
import { userClient } from '@/lib/supabase/user-client';

const query = z.object({ cursor: z.string().max(500).optional(), limit: limitSchema });

/** The caller's notifications, newest first, and how many are unread. */
export const GET = route({ access: 'user', query }, async ({ user, query: page }) =>
  Response.json(await listNotifications(userClient(user.accessToken), page), {
    headers: { 'cache-control': 'private, no-cache' },
  }),
);
