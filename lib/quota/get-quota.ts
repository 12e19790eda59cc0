import type { z } from 'zod';
import { config } from '@/lib/config';
import { callRpc } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { quotaSchema } from './schema';

export type Quota = z.infer<typeof quotaSchema>;

/** How many researches a user has used this month (UTC), and when it starts again. */
export async function getQuota(userId: string): Promise<Quota> {
  const args = { p_user_id: userId, p_monthly_limit: config().quota.researchMonthlyLimit };
  return callRpc(serviceClient(), 'get_quota', args, quotaSchema);
}

/** The quota as the API shows it. */
export function toQuotaBody(quota: Quota) {
  return {
    researches_used: quota.used,
    researches_limit: quota.limit,
    researches_remaining: quota.remaining,
    resets_at: quota.resets_at,
  };
}
