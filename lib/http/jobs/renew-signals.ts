import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { signalsQueue } from '@/lib/queue/queues/signals-queue';
import { runInline } from '@/lib/queue/run-inline';
import { recordJob, submitAndEnqueue } from '@/lib/queue/submit-job';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';

/** Signals age faster than the rest of a report: docs/decisions/026. */
const SIGNALS_FRESH_MS = 6 * 3_600_000;

type Wanted = { userId: string; companyId: string; reportId: string };

/**
 * Looks for signals again when those of a report that is still fresh are older than six hours, and nobody of the same
 * user has looked since. It uses no quota.
 * @returns the id of the signals job; null when none is needed, or the queue is full.
 * @throws AppError `database_unavailable`.
 */
export async function renewSignals({ userId, companyId, reportId }: Wanted): Promise<string | null> {
  const since = new Date(Date.now() - SIGNALS_FRESH_MS).toISOString();
  if (await hasLookedSince(since, { userId, companyId, reportId })) return null;
  const { useQueueProcessing } = config().queue;
  const submit = useQueueProcessing ? submitAndEnqueue : recordJob;
  try {
    const { job } = await submit(signalsQueue, { company_id: companyId, user_id: userId });
    if (!useQueueProcessing && job !== null) await runInline(signalsQueue, job);
    return job?.id ?? null;
  } catch (error) {
    // The report is what was asked for.
    if (error instanceof AppError && error.code === 'queue_full') return null;
    throw error;
  }
}

async function hasLookedSince(since: string, { userId, companyId, reportId }: Wanted): Promise<boolean> {
  const db = serviceClient();
  const [reports, jobs] = await Promise.all([
    db.from('research_reports').select('id').eq('id', reportId).gte('generated_at', since),
    db
      .from('jobs')
      .select('id')
      .eq('user_id', userId)
      .eq('queue', signalsQueue.name)
      .eq('company_id', companyId)
      .eq('state', 'completed')
      .gte('finished_at', since)
      .limit(1),
  ]);
  return unwrap(reports).length > 0 || unwrap(jobs).length > 0;
}
