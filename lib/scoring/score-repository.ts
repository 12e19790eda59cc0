import { z } from 'zod';
import { unwrap } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { companyScoreSchema } from './schema';

const storedScoreSchema = z.object({
  id: z.int(),
  company_id: z.string(),
  job_id: z.string().nullable(),
  overall: z.number().nullable(),
  coverage: z.number(),
  document: companyScoreSchema,
  created_at: z.iso.datetime({ offset: true }),
});
const historyEntrySchema = storedScoreSchema.omit({ document: true });

export type StoredScore = z.infer<typeof storedScoreSchema>;
export type ScoreHistoryEntry = z.infer<typeof historyEntrySchema>;

type Client = Pick<ServiceClient, 'from'>;

/** @returns the newest score of a company that the client's user may see, with all its rules; null when there is none. */
export async function latestScore(client: Client, companyId: string): Promise<StoredScore | null> {
  const row = unwrap(
    await client
      .from('lead_scores')
      .select('id, company_id, job_id, overall, coverage, document, created_at')
      .eq('company_id', companyId)
      .order('created_at', { ascending: false })
      .order('id', { ascending: false })
      .limit(1)
      .maybeSingle(),
  );
  return row === null ? null : storedScoreSchema.parse(row);
}

/** How a company's score has moved, newest first. */
export async function listScores(client: Client, companyId: string, limit = 50): Promise<ScoreHistoryEntry[]> {
  const rows = unwrap(
    await client
      .from('lead_scores')
      .select('id, company_id, job_id, overall, coverage, created_at')
      .eq('company_id', companyId)
      .order('created_at', { ascending: false })
      .order('id', { ascending: false })
      .limit(limit),
  );
  return z.array(historyEntrySchema).parse(rows);
}
