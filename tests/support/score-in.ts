import { type ScoringContext, scoreCompany } from '@/lib/scoring/score-company';
import { detectSignals } from '@/lib/signals/detect-signals';
import { keptWhereCostly } from '@/lib/sources/registry';

/** Scores a company as the scoring queue does. */
export async function scoreIn(ctx: ScoringContext, companyNumber: string) {
  const within = { ...ctx, sources: keptWhereCostly(ctx.sources) };
  const { signals } = await detectSignals(within, { companyNumber });
  return scoreCompany(within, { companyNumber, signals });
}
