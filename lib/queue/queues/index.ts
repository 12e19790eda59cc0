import { queueNameOf } from '../job-id';
import { enrichmentQueue } from './enrichment-queue';
import { researchQueue } from './research-queue';
import { scoringQueue } from './scoring-queue';
import { signalsQueue } from './signals-queue';

/** Every queue of the product. A further queue is one more line here; its processor is then missed by the compiler. */
export const QUEUES = [researchQueue, enrichmentQueue, signalsQueue, scoringQueue] as const;

export type QueueName = (typeof QUEUES)[number]['name'];
export type RegisteredQueue = (typeof QUEUES)[number];

/** @param text a queue's name or one of its aliases. */
export function findQueue(text: string): RegisteredQueue | null {
  return QUEUES.find(({ name, aliases }) => name === text || aliases.includes(text)) ?? null;
}

/** The queue a job id belongs to, or null when it is not one of ours. */
export function queueOfJob(jobId: string): RegisteredQueue | null {
  const name = queueNameOf(jobId);
  return QUEUES.find((queue) => queue.name === name) ?? null;
}
