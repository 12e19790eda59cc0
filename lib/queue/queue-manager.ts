import Bull, { type Queue } from 'bull';
import type { Redis } from 'ioredis';
import { forgetSingleton, singleton } from '@/lib/singleton';
import { queueOptions } from './bull-options';
import { closeProducerRedis, closeRedis, openRedis, producerRedis } from './redis-client';
import { emit } from './telemetry';

export type QueueCounts = {
  waiting: number;
  active: number;
  delayed: number;
  completed: number;
  failed: number;
  paused: number;
};

/** The producer's side of a queue, opened on first use and shared by the whole process. */
export function producerQueue(name: string): Queue {
  const opened = openedQueues();
  const known = opened.get(name);
  if (known) return known;
  const queue = openBullQueue(name, (type) => (type === 'client' ? producerRedis() : sharedSubscriber()));
  opened.set(name, queue);
  return queue;
}

/**
 * Opens a Bull queue over given connections.
 * @param connect Bull asks once per type: `client`, `subscriber` (may be shared), `bclient` (never shared).
 */
export function openBullQueue(name: string, connect: (type: 'client' | 'subscriber' | 'bclient') => Redis): Queue {
  const queue = new Bull(name, queueOptions(connect));
  // Bull 4.16 does not wait for this call: a worker that is stopped just after its start would end by its rejection.
  const setWorkerName = queue.setWorkerName.bind(queue);
  queue.setWorkerName = () => setWorkerName().catch(() => undefined);
  queue.on('error', (error) => {
    if (!isConnectionError(error)) emit({ name: 'queue.error', queue: name, error });
  });
  return queue;
}

/** How many jobs Bull holds per state; one round trip, cheap at any size. */
export async function queueCounts(name: string): Promise<QueueCounts> {
  const queue = producerQueue(name);
  const [counts, paused] = await Promise.all([queue.getJobCounts(), queue.isPaused()]);
  const waiting = counts.waiting;
  return { ...counts, waiting, paused: paused ? waiting : 0 };
}

/** Stops every worker from taking jobs of this queue; running ones go on. */
export async function pauseQueue(name: string): Promise<void> {
  await producerQueue(name).pause();
}

export async function resumeQueue(name: string): Promise<void> {
  await producerQueue(name).resume();
}

/** Closes the producers' queues and connections of this process; the next use opens them again. */
export async function closeQueues(): Promise<void> {
  const opened = [...openedQueues().values()];
  forgetSingleton('queue:producers');
  await Promise.allSettled(opened.map((queue) => queue.close(true)));
  const subscriber = singleton<Redis | null>('redis:bull-subscriber', () => null);
  forgetSingleton('redis:bull-subscriber');
  await Promise.allSettled([subscriber ? closeRedis(subscriber) : undefined, closeProducerRedis()]);
}

function openedQueues(): Map<string, Queue> {
  return singleton('queue:producers', () => new Map<string, Queue>());
}

function sharedSubscriber(): Redis {
  return singleton('redis:bull-subscriber', () => openRedis('blocking', 'bull-subscriber'));
}

/** Told once per outage by the connection itself. */
function isConnectionError(error: Error): boolean {
  return 'syscall' in error || /Connection is closed|max retries per request|Command timed out/.test(error.message);
}
