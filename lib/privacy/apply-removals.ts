import { unwrap } from '@/lib/supabase/rpc';
import { type ServiceClient, serviceClient } from '@/lib/supabase/service-client';
import { type Removal, removalsToApply } from './removals';
import { removeFromTexts } from './texts-about-people';

/** A job that began before the decision may still write the name; none takes as long as this for one attempt. */
const SETTLED_MS = 15 * 60_000;

/**
 * Takes the names of accepted requests out of what was written before: at once, and again when no job can still be at
 * work that did not know of the request. Called again and again, by several processes.
 * @returns how many texts were changed.
 * @throws AppError `database_unavailable`; the next call goes on.
 */
export async function applyRemovals(now: Date, signal: AbortSignal): Promise<number> {
  const db = serviceClient();
  let changed = 0;
  for (const removal of await removalsToApply(db)) {
    const settled = now.getTime() - Date.parse(removal.decided_at ?? '') >= SETTLED_MS;
    if (removal.applied_at !== null && !settled) continue;
    changed += await removeFromTexts(db, removal.person_name, removal.company_id, signal);
    await noteApplied(db, removal, now, settled);
  }
  return changed;
}

/** Nothing is noted of a request that was decided otherwise meanwhile. */
async function noteApplied(db: ServiceClient, removal: Removal, now: Date, settled: boolean): Promise<void> {
  const at = now.toISOString();
  const times = { applied_at: removal.applied_at ?? at, ...(settled ? { settled_at: at } : {}) };
  const table = db.from('personal_data_removals');
  unwrap(
    await table
      .update(times)
      .eq('id', removal.id)
      .eq('decided_at', removal.decided_at ?? '')
      .select('id'),
  );
}
