import { config, queueConfig } from '@/lib/config';
import type { QueueDefinition } from '../define-queue';

/** How many jobs of a queue may be with Redis before others are held: of all users together, and of batches. */
export type Windows = { window: number; batchWindow: number };

/**
 * One slot stays free for whoever comes next, unless there is only one. Batches get their share of the rest.
 * @param slots jobs that the queue's workers run at a time.
 * @param batchShare percent of the slots, 1 to 100.
 */
export function windowsOf(slots: number, batchShare: number): Windows {
  const window = slots > 1 ? slots - 1 : slots;
  return { window, batchWindow: Math.min(window, Math.max(1, Math.floor((slots * batchShare) / 100))) };
}

/** The windows as a process without workers knows them: from the configuration of one worker. */
export function configuredWindows(definition: QueueDefinition): Windows {
  return windowsOf(queueConfig(definition).concurrency, config().queue.batchShare);
}

/** Windows of which only a part (0 to 1) is used; at least one job of each. */
export function pacedWindows({ window, batchWindow }: Windows, part: number): Windows {
  return { window: partOf(window, part), batchWindow: partOf(batchWindow, part) };
}

function partOf(window: number, part: number): number {
  return Math.min(window, Math.max(1, Math.round(window * part)));
}
