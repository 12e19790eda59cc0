import { serveQueues } from '@/lib/queue/process/serve-queues';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { runnerFor } from '@/lib/queue/runner';

/** A worker process whose scoring jobs are over at once and leave one score each. */
const runner = runnerFor(scoringQueue, async () => ({
  result: { overall: 1, coverage: 1, components: [], verdict: 'Quick.' },
  effects: { score: { overall: 1, coverage: 1, document: {} } },
}));

await serveQueues([runner]);
