import { serveQueues } from '@/lib/queue/process/serve-queues';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { runnerFor } from '@/lib/queue/runner';

/** A worker process whose scoring jobs take SLOW_MS, unless they are stopped. */
const slowMs = Number(process.env.SLOW_MS ?? 60_000);

const runner = runnerFor(scoringQueue, async ({ signal }) => {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, slowMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
  return { result: { overall: 1, coverage: 1, components: [], verdict: 'Slow.' }, effects: {} };
});

await serveQueues([runner]);
