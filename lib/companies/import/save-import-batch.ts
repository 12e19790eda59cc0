import { z } from 'zod';
import { callRpc } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import type { SavedCounts } from './import-companies';
import type { CompanyImportRow } from './to-company-row';

/** A batch is one statement over a thousand rows and their indexes; it may take longer than a request is given. */
const BATCH_TIMEOUT_MS = 60_000;

const countsSchema = z.object({ inserted: z.int(), updated: z.int(), unchanged: z.int() });
/**
 * Adds or renews the companies of one batch in one database call.
 * @throws AppError `database_unavailable`, or the reason of the signal.
 */
export async function saveImportBatch(rows: CompanyImportRow[], signal?: AbortSignal): Promise<SavedCounts> {
  const client = serviceClient({ timeoutMs: BATCH_TIMEOUT_MS });
  return callRpc(client, 'import_companies', { p_rows: rows }, countsSchema, signal ? { signal } : {});
}
