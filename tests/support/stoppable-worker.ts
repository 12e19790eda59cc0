import { setTimeout as delay } from 'node:timers/promises';
import type { QueueDefinition } from '@/lib/queue/define-queue';
import type { JobContext } from '@/lib/queue/job-context';
import { serveQueues } from '@/lib/queue/process/serve-queues';
import { researchQueue } from '@/lib/queue/queues/research-queue';
import { runnerFor } from '@/lib/queue/runner';
import { sampleOf } from './queue-samples';

/**
 * A worker process whose research jobs save one section and then wait until they are stopped. Jobs with the context
 * "stubborn" do not listen: they go on for 3 s, try to save another section, and return as if nothing had happened.
 */
const sample = sampleOf(researchQueue);
// Seen as any queue, so that the sample's result fits.
const definition: QueueDefinition = researchQueue;

async function saveSection(ctx: JobContext, id: string, index: number): Promise<void> {
  const section = { id, position: index, document: { id } };
  await ctx.progress({ step: { name: id, label: id, index, total: 8 }, progress: index * 10, section });
}

await serveQueues([
  runnerFor(definition, async (ctx, payload) => {
    await saveSection(ctx, 'first', 1);
    if (researchQueue.payloadSchema.parse(payload).user_context === 'stubborn') {
      await delay(3_000);
      await saveSection(ctx, 'late', 2).catch(() => undefined);
    } else {
      await delay(120_000, undefined, { signal: ctx.signal });
    }
    return { result: sample.result(ctx.reportId), effects: sample.effects(ctx.reportId) };
  }),
]);
