import { z } from 'zod';
import { callRpc } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { type LedgerJob, ledgerJobSchema } from '../job-ledger';

const undispatchedSchema = z.object({ as_of: z.string(), jobs: z.array(ledgerJobSchema) });
export type Undispatched = z.infer<typeof undispatchedSchema>;

type Question = {
  limit: number;
  /** Waiting jobs that were dispatched longer ago than this, ms. */
  olderThanMs: number;
  /** Running jobs of which nothing was heard for so long, ms. */
  silentMs: number;
  /** Ids of the workers that are seen; null when it cannot be told yet. */
  alive: readonly string[] | null;
};

/**
 * Jobs that Redis may not know, people's before the system's. Asking changes nothing.
 * @throws AppError `database_unavailable`
 */
export function undispatchedJobs({ limit, olderThanMs, silentMs, alive }: Question): Promise<Undispatched> {
  const args = {
    p_limit: limit,
    p_older_than_ms: Math.round(olderThanMs),
    p_silent_ms: silentMs,
    ...(alive === null ? {} : { p_alive: [...alive] }),
  };
  return callRpc(serviceClient(), 'undispatched_jobs', args, undispatchedSchema);
}

/** Notes that Redis was told of these jobs, as they were when `asOf` was answered. */
export async function noteDispatched(jobs: readonly LedgerJob[], asOf: string): Promise<void> {
  if (jobs.length === 0) return;
  const args = { p_jobs: jobs.map(({ id, version }) => ({ id, version })), p_as_of: asOf };
  await callRpc(serviceClient(), 'note_dispatched', args, z.unknown());
}

/** Keeps the last log lines of a job that was set aside. */
export async function recordQuarantine(jobId: string, log: readonly string[]): Promise<void> {
  await callRpc(serviceClient(), 'note_quarantine', { p_job_id: jobId, p_log: [...log] }, z.unknown());
}
