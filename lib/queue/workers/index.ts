import { AppError } from '@/lib/errors';
import type { JobRunner } from '../define-queue';
import type { QueueName } from '../queues';
import { enrichmentRunner } from './enrichment-worker';
import { researchRunner } from './research-worker';
import { scoringRunner } from './scoring-worker';
import { signalsRunner } from './signals-worker';

/** The processor of every queue. A queue without one, or one without a queue, does not compile. */
export const RUNNERS: { [Name in QueueName]: JobRunner & { definition: { name: Name } } } = {
  research: researchRunner,
  enrichment: enrichmentRunner,
  'buying-signals': signalsRunner,
  scoring: scoringRunner,
};

/** @throws AppError `not_found` for a queue that is not registered. */
export function runnerOf(name: string): JobRunner {
  const runner = Object.values(RUNNERS).find(({ definition }) => definition.name === name);
  if (!runner) throw new AppError('not_found', { detail: `There is no queue named ${name}.` });
  return runner;
}
