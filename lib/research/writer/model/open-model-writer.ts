import { readModelUse } from '@/lib/llm/model-ledger';
import { openModelRun } from '@/lib/llm/open-model-run';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { createModelWriter, type ModelWriter } from './create-model-writer';

type OpenOptions = {
  db: ServiceClient;
  signal: AbortSignal;
  reportId: string;
  jobId: string;
  userId: string | null;
};

/**
 * The configured model as a writer of one report, with what earlier attempts of it cost.
 * @returns nothing to add to a research context when no model is configured.
 * @throws AppError `database_unavailable`.
 */
export async function openModelWriter(options: OpenOptions): Promise<ModelWriter | Record<string, never>> {
  const run = openModelRun(options);
  if (run === null) return {};
  const earlier = await readModelUse(options.db, options.reportId);
  return createModelWriter(run, { signal: options.signal, earlier });
}
