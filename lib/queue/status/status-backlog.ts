import { singleton } from '@/lib/singleton';
import type { StatusUpdate } from './status-record';

const AGAIN_MS = 2_000;
/** News of so many jobs are kept for a Redis that is away; beyond that the ledger alone answers. */
const MOST_JOBS = 10_000;

type Backlog = { updates: Map<string, StatusUpdate>; timer: NodeJS.Timeout | null };

/**
 * Keeps news that Redis did not take and tries again until it does: a record that missed the end of its job would say
 * "waiting" for ever. Later news of the same job are merged into earlier ones.
 */
export function keepForLater(update: StatusUpdate, write: (update: StatusUpdate) => Promise<unknown>): void {
  const backlog = singleton<Backlog>('queue:status-backlog', () => ({ updates: new Map(), timer: null }));
  const known = backlog.updates.get(update.id);
  if (!known && backlog.updates.size >= MOST_JOBS) return;
  backlog.updates.set(update.id, known && known.version > update.version ? known : { ...known, ...update });
  backlog.timer ??= setTimeout(() => void flush(backlog, write), AGAIN_MS).unref();
}

async function flush(backlog: Backlog, write: (update: StatusUpdate) => Promise<unknown>): Promise<void> {
  try {
    for (const [jobId, update] of backlog.updates) {
      await write(update);
      if (backlog.updates.get(jobId) === update) backlog.updates.delete(jobId);
    }
  } catch {
    // Still away. A process that ends meanwhile leaves the answer to the ledger.
  }
  const isDone = backlog.updates.size === 0;
  backlog.timer = isDone ? null : setTimeout(() => void flush(backlog, write), AGAIN_MS).unref();
}
