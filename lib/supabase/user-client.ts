import { createClient } from '@supabase/supabase-js';
import { config } from '@/lib/config';
import type { Database } from '@/types/database';
import { clientOptions, DATABASE_TIMEOUT_MS } from './client-options';

/** Acts as one user: row-level security decides what it sees. */
export type UserClient = ReturnType<typeof createClient<Database>>;

/**
 * A client for one request of one user.
 * @param accessToken a verified access token; the database verifies it again.
 */
export function userClient(accessToken: string, { timeoutMs = DATABASE_TIMEOUT_MS } = {}): UserClient {
  const { url, publishableKey } = config().supabase;
  const { realtime, global } = clientOptions(timeoutMs);
  return createClient<Database>(url, publishableKey, { realtime, global, accessToken: async () => accessToken });
}
