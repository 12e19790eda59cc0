import { z } from 'zod';
import { decodeCursor, encodeCursor } from '@/lib/http/cursor';
import { unwrap } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';

type Client = Pick<ServiceClient, 'from'>;

const rowSchema = z.object({
  id: z.int(),
  kind: z.string(),
  title: z.string(),
  body: z.record(z.string(), z.unknown()),
  read_at: z.string().nullable(),
  created_at: z.string(),
});
/** Something a user should know; instants are ISO. `body` depends on the kind. */
export type Notification = z.infer<typeof rowSchema>;
export type NotificationPage = { items: Notification[]; unread: number; next_cursor: string | null };

/**
 * A page of the user's notifications, newest first, and how many of all are unread.
 * @param client of the user: row-level security hides those of others.
 * @throws AppError `invalid_request` for a cursor of no list.
 */
export async function listNotifications(
  client: Client,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<NotificationPage> {
  const all = client.from('notifications').select('id, kind, title, body, read_at, created_at');
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const page = after ? all.or(`created_at.lt.${after.at},and(created_at.eq.${after.at},id.lt.${after.id})`) : all;
  const [rows, unread] = await Promise.all([
    page
      .order('created_at', { ascending: false })
      .order('id', { ascending: false })
      .limit(limit + 1),
    client.from('notifications').select('id', { count: 'exact', head: true }).is('read_at', null),
  ]);
  if (unread.error) unwrap(unread);
  const items = z.array(rowSchema).parse(unwrap(rows));
  const last = items[limit - 1];
  const next = items.length > limit && last ? encodeCursor({ at: last.created_at, id: String(last.id) }) : null;
  return { items: items.slice(0, limit), unread: unread.count ?? 0, next_cursor: next };
}

/**
 * Marks notifications of the user as read; those that are already, or are somebody else's, stay as they are.
 * @param ids null for all.
 * @returns how many were unread until now.
 */
export async function markNotificationsRead(client: Client, ids: readonly number[] | null, now: Date): Promise<number> {
  const unread = client.from('notifications').update({ read_at: now.toISOString() }).is('read_at', null);
  const rows = unwrap(await (ids === null ? unread : unread.in('id', [...ids])).select('id'));
  return rows.length;
}
