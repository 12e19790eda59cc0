import { researchPayloadSchema } from '@/lib/queue/queues/research-queue';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';

/**
 * What the reader wanted a report to put first. For reports that the caller has read as their owner.
 * @param jobId of the research.
 * @throws AppError `database_unavailable`
 */
export async function wishesOf(jobId: string): Promise<{ focus_areas?: string[]; user_context?: string }> {
  const [row] = unwrap(await serviceClient().from('jobs').select('payload').eq('id', jobId));
  const payload = researchPayloadSchema.safeParse(row?.payload);
  if (!payload.success) return {};
  const { focus_areas: areas, user_context: context } = payload.data;
  return { ...(areas?.length && { focus_areas: [...areas] }), ...(context && { user_context: context }) };
}
