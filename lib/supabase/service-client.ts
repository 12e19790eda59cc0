import { createClient } from '@supabase/supabase-js';
import { config } from '@/lib/config';
import { singleton } from '@/lib/singleton';
import type { Database } from '@/types/database';
import { clientOptions, DATABASE_TIMEOUT_MS } from './client-options';

/** Acts as service_role: no row-level security applies. */
export type ServiceClient = ReturnType<typeof createClient<Database>>;

/**
 * The shared client with the secret key. Check ownership before handing out what it reads.
 * @param options.timeoutMs limit of each call; raise it for bulk work only.
 */
export function serviceClient({ timeoutMs = DATABASE_TIMEOUT_MS } = {}): ServiceClient {
  return singleton(`supabase:service:${timeoutMs}`, () => {
    const { url, secretKey } = config().supabase;
    return createClient<Database>(url, secretKey, clientOptions(timeoutMs));
  });
}
