import { z } from 'zod';
import { config } from '@/lib/config';
import { callRpc } from '@/lib/supabase/rpc';
import { userClient } from '@/lib/supabase/user-client';
import type { SessionUser } from './session';

/**
 * Whether somebody is an admin: by role, or by a confirmed address in the configured domain. The database decides, from
 * what it knows of the user now; the address in the token proves nothing.
 */
export async function isAdmin(user: Pick<SessionUser, 'accessToken'>): Promise<boolean> {
  const domain = config().security.adminEmailDomain;
  return callRpc(userClient(user.accessToken), 'is_admin', { p_domain: domain }, z.boolean());
}
