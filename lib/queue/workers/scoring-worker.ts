import { scoreCompany } from '@/lib/scoring/score-company';
import { detectSignals } from '@/lib/signals/detect-signals';
import { keptWhereCostly } from '@/lib/sources/registry';
import type { ProcessorOf } from '../define-queue';
import { startWorker } from '../process/start-worker';
import { scoringQueue } from '../queues/scoring-queue';
import { runnerFor } from '../runner';
import { requireAnswer } from './require-answer';

/** The lead score with every rule that moved it. */
export const processScoring: ProcessorOf<typeof scoringQueue> = async (ctx) => {
  await ctx.progress({ step: { name: 'score', label: 'Weighing the evidence', index: 1, total: 1 }, progress: 10 });
  await requireAnswer(ctx, 'companies_house.profile');
  const companyNumber = ctx.companyId;
  // No web site is asked for a score: signals that rest on one are seen where a research has read it.
  const within = { sources: keptWhereCostly(ctx.sources), now: ctx.now, signal: ctx.signal };
  const { signals } = await detectSignals(within, { companyNumber });
  const score = await scoreCompany(within, { companyNumber, signals });
  return {
    result: {
      overall: score.overall,
      coverage: score.coverage,
      components: score.components.map(({ name, score: points, weight }) => ({ name, score: points, weight })),
      verdict: score.verdict,
    },
    effects: { score: { overall: score.overall, coverage: score.coverage, document: score } },
  };
};

export const scoringRunner = runnerFor(scoringQueue, processScoring);

/** Starts taking scoring jobs in this process. @param concurrency jobs at a time; by default as configured. */
export const startScoringWorker = (concurrency?: number) => startWorker(scoringRunner, concurrency);
