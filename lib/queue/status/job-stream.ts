import type { Redis } from 'ioredis';
import { forgetSingleton, singleton } from '@/lib/singleton';
import { closeRedis, openRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';
import { type JobChange, parseJobChange } from './status-record';

type Listener = (change: JobChange) => void;
type Hub = { subscriber: Redis; subscribed: Promise<unknown>; listeners: Map<string, Set<Listener>> };

/** Without Redis a listener hears nothing until it is back: callers also look for themselves now and then. */
const SUBSCRIBE_LIMIT_MS = 300;

/**
 * Hears of every change of one job's status. One Redis subscription per process, whatever the number of listeners.
 * Subscribe first and read the status afterwards: then nothing falls between.
 * @returns a function that ends the subscription.
 */
export async function subscribeJob(jobId: string, listener: Listener): Promise<() => void> {
  const { listeners, subscribed } = hub();
  const ofJob = listeners.get(jobId) ?? new Set();
  listeners.set(jobId, ofJob.add(listener));
  await Promise.race([subscribed, new Promise((resolve) => setTimeout(resolve, SUBSCRIBE_LIMIT_MS))]);
  return () => {
    ofJob.delete(listener);
    if (ofJob.size === 0 && listeners.get(jobId) === ofJob) listeners.delete(jobId);
  };
}

/** Ends the process's subscription; the next subscriber opens it again. */
export async function closeJobStream(): Promise<void> {
  const open = singleton<Hub | null>('queue:changes', () => null);
  forgetSingleton('queue:changes');
  if (open) await closeRedis(open.subscriber);
}

function hub(): Hub {
  return singleton('queue:changes', () => {
    const subscriber = openRedis('blocking', 'changes');
    const listeners: Hub['listeners'] = new Map();
    subscriber.on('message', (_channel, message) => {
      const change = parseJobChange(message);
      if (change) for (const listener of listeners.get(change.id) ?? []) listener(change);
    });
    // A lost connection rejects; ioredis subscribes again by itself when it is back.
    const subscribed = subscriber.subscribe(redisKeys.changes()).catch(() => undefined);
    return { subscriber, subscribed, listeners };
  });
}
