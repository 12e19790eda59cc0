import type { SupabaseClientOptions } from '@supabase/supabase-js';
import WebSocket from 'ws';
import { fetchWithin } from './fetch-within';

type Transport = NonNullable<NonNullable<SupabaseClientOptions<'public'>['realtime']>['transport']>;

/** The API has two seconds to say that the database is away (docs: reliability), so a call gets less. */
export const DATABASE_TIMEOUT_MS = 1_800;
/** Checking a password is slow on purpose, and several at once wait for each other on a small machine. */
export const SIGN_IN_TIMEOUT_MS = 4_000;

/**
 * Options that every Supabase client of ours shares. Node 20 has no global WebSocket and `createClient` throws without
 * one, although realtime is not used: that is why a transport is named.
 */
export function clientOptions(timeoutMs: number, limit?: AbortSignal) {
  return {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // The types of ws and supabase-js differ only in optional members under exactOptionalPropertyTypes.
    realtime: { transport: WebSocket as unknown as Transport },
    global: { fetch: fetchWithin(timeoutMs, limit) },
  } satisfies SupabaseClientOptions<'public'>;
}
