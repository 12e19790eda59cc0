import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';
import { callRpc } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { activeAttempts } from './active-attempts';

/** Redis tells of a cancel at once; this is for when it is away, or was wiped in between. */
const LOOK_MS = 1_000;

type Watch = { users: number; timer: NodeJS.Timeout | null };

/**
 * While anything runs in this process, asks the ledger once a second which of it somebody wants stopped, all in one call.
 * Shared by everything in the process that runs jobs.
 * @returns a function that ends this use of it.
 */
export function startCancelWatch(): () => void {
  const watch = singleton<Watch>('queue:cancel-watch', () => ({ users: 0, timer: null }));
  watch.users += 1;
  watch.timer ??= setTimeout(() => void look(watch), LOOK_MS).unref();
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    watch.users -= 1;
  };
}

async function look(watch: Watch): Promise<void> {
  // A ledger that does not answer is asked again in a second.
  await obeyCancels().catch(() => undefined);
  watch.timer = watch.users > 0 ? setTimeout(() => void look(watch), LOOK_MS).unref() : null;
}

/** @throws AppError `database_unavailable` */
async function obeyCancels(): Promise<void> {
  const running = [...activeAttempts().keys()];
  if (running.length === 0) return;
  const wanted = await callRpc(serviceClient(), 'cancels_of', { p_job_ids: running }, z.array(z.string()));
  for (const jobId of wanted) activeAttempts().get(jobId)?.abort(new AppError('cancelled'));
}
