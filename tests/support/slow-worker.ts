import { serveQueues } from '@/lib/queue/process/serve-queues';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { runnerFor } from '@/lib/queue/runner';

/**
 * A worker process whose scoring jobs take SLOW_MS, unless they are stopped. The name of the company may ask for more:
 * KILL ends the process at once, THROW throws where nobody catches it, BLOCK keeps the process busy for BLOCK_MS.
 */
const slowMs = Number(process.env.SLOW_MS ?? 60_000);
const blockMs = Number(process.env.BLOCK_MS ?? 0);

const runner = runnerFor(scoringQueue, async ({ signal, companyName, progress }) => {
  const step = { name: 'slow', label: `Doing what ${companyName} asks for`, index: 1, total: 1 };
  await progress({ step, progress: 1 });
  if (companyName === 'KILL') process.kill(process.pid, 'SIGKILL');
  if (companyName === 'THROW') setTimeout(() => throwUncaught(), 10);
  if (companyName === 'BLOCK') block();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, slowMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
  return { result: { overall: 1, coverage: 1, components: [], verdict: `Slow ${process.pid}.` }, effects: {} };
});

function throwUncaught(): never {
  throw new Error('nobody catches this, least of all with password=hunter2hunter2');
}

function block(): void {
  const until = Date.now() + blockMs;
  while (Date.now() < until);
}

await serveQueues([runner]);
