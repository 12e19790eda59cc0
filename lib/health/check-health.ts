import { producerRedis, withRedis } from '@/lib/queue/redis-client';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';

const LIMIT_MS = 800;

/** Whether the database and Redis answer this process within 0.8 s. */
export async function checkHealth(): Promise<boolean> {
  const checks = [withRedis(() => producerRedis().ping(), LIMIT_MS), databaseAnswers(AbortSignal.timeout(LIMIT_MS))];
  const results = await Promise.allSettled(checks);
  return results.every(({ status }) => status === 'fulfilled');
}

async function databaseAnswers(signal: AbortSignal): Promise<void> {
  unwrap(await serviceClient().from('profiles').select('id').limit(1).abortSignal(signal));
}
