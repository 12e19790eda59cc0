import { scoreCompany } from '@/lib/scoring/score-company';
import type { ProcessorOf } from '../define-queue';
import { startWorker } from '../process/start-worker';
import { scoringQueue } from '../queues/scoring-queue';
import { runnerFor } from '../runner';
import { requireAnswer } from './require-answer';

/** The lead score with every rule that moved it. */
export const processScoring: ProcessorOf<typeof scoringQueue> = async (ctx) => {
  await ctx.progress({ step: { name: 'score', label: 'Weighing the evidence', index: 1, total: 1 }, progress: 10 });
  await requireAnswer(ctx, 'companies_house.profile');
  const score = await scoreCompany(ctx, { companyNumber: ctx.companyId });
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
