import { serveQueues } from '@/lib/queue/process/serve-queues';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { runnerFor } from '@/lib/queue/runner';

/** A worker process whose scoring jobs count to a hundred in COUNT_MS, telling every number of it. */
const countMs = Number(process.env.COUNT_MS ?? 10_000);
const PER_STEP = 10;

const runner = runnerFor(scoringQueue, async ({ progress }) => {
  for (let number = 1; number < 100; number += 1) {
    await new Promise((resolve) => setTimeout(resolve, countMs / 100));
    const index = Math.ceil(number / PER_STEP);
    await progress({ step: { name: `step_${index}`, label: 'Counting', index, total: 10 }, progress: number });
  }
  return { result: { overall: 1, coverage: 1, components: [], verdict: 'Counted.' }, effects: {} };
});

await serveQueues([runner]);
