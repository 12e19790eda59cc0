import type { Redis } from 'ioredis';
import { forgetSingleton, singleton } from '@/lib/singleton';
import type { JobStatus } from '@/types/jobs';
import { closeRedis, openRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';
import { readJobStatus, readJobStatuses, statusTag } from './job-status';
import { parseJobChange } from './status-record';

/** Told of the newest status whenever a reader would see a difference; null when the job is no more. */
export type JobWatcher = (status: JobStatus | null) => void;

type Watch = {
  readonly jobId: string;
  readonly watchers: Set<JobWatcher>;
  /** The last status read; null before the first. */
  latest: JobStatus | null;
  /** What a reader saw of it when the watchers were told. */
  shown: string;
  readAt: number;
  reading: boolean;
  changed: boolean;
};
type Hub = {
  subscriber: Redis;
  subscribed: Promise<unknown>;
  watches: Map<string, Watch>;
  sweeping: boolean;
  timer: NodeJS.Timeout | null;
};

/** Without Redis nothing is announced until it is back: see `LOOK_AGAIN_MS`. */
const SUBSCRIBE_LIMIT_MS = 300;
const TICK_MS = 1_000;
/** What nobody announces (a missing heartbeat, a place in the line) is seen at the latest now. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Follows a job. A process has one Redis subscription and reads a job once per change, whatever the number of watchers;
 * all watched jobs together are looked at again by one timer.
 * @param watcher is told the present status as well, at once when it is known here already.
 * @returns a function that ends it.
 */
export async function watchJob(jobId: string, watcher: JobWatcher): Promise<() => void> {
  const { watches, subscribed } = hub();
  const watch = watches.get(jobId) ?? newWatch(jobId);
  watches.set(jobId, watch);
  watch.watchers.add(watcher);
  startTimer();
  // Subscribed first and read afterwards: then nothing falls between.
  await Promise.race([subscribed, new Promise((resolve) => setTimeout(resolve, SUBSCRIBE_LIMIT_MS))]);
  if (watch.watchers.has(watcher)) {
    if (watch.latest) watcher(watch.latest);
    else await refresh(watch);
  }
  return () => {
    watch.watchers.delete(watcher);
    if (watch.watchers.size === 0 && watches.get(jobId) === watch) watches.delete(jobId);
  };
}

/** Ends the process's subscription; the next watcher opens it again. */
export async function closeJobStream(): Promise<void> {
  const open = singleton<Hub | null>('queue:changes', () => null);
  forgetSingleton('queue:changes');
  if (!open) return;
  if (open.timer) clearInterval(open.timer);
  await closeRedis(open.subscriber);
}

function newWatch(jobId: string): Watch {
  return { jobId, watchers: new Set(), latest: null, shown: '', readAt: 0, reading: false, changed: false };
}

function hub(): Hub {
  return singleton('queue:changes', () => {
    const subscriber = openRedis('blocking', 'changes');
    const watches: Hub['watches'] = new Map();
    subscriber.on('message', (_channel, message) => {
      // Every process hears every change of every job: nothing is parsed for nobody.
      const change = watches.size > 0 ? parseJobChange(message) : null;
      const watch = change && watches.get(change.id);
      if (watch && change.version > (watch.latest?.version ?? -1)) void refresh(watch);
    });
    // A lost connection rejects; ioredis subscribes again by itself when it is back.
    const subscribed = subscriber.subscribe(redisKeys.changes()).catch(() => undefined);
    return { subscriber, subscribed, watches, sweeping: false, timer: null };
  });
}

/** One read at a time; changes that come meanwhile lead to one more. */
async function refresh(watch: Watch): Promise<void> {
  watch.changed = true;
  if (watch.reading) return;
  watch.reading = true;
  try {
    while (watch.changed && watch.watchers.size > 0) {
      watch.changed = false;
      watch.readAt = Date.now();
      // A failed look is not the end: the next one comes by itself.
      const status = await readJobStatus(watch.jobId).catch(() => undefined);
      if (status !== undefined) tell(watch, status);
    }
  } finally {
    watch.reading = false;
  }
}

function tell(watch: Watch, status: JobStatus | null): void {
  const shown = status ? statusTag(status) : 'gone';
  const isOlder = status !== null && watch.latest !== null && status.version < watch.latest.version;
  if (isOlder || shown === watch.shown) return;
  watch.latest = status;
  watch.shown = shown;
  for (const watcher of watch.watchers) watcher(status);
}

function startTimer(): void {
  const open = hub();
  open.timer ??= setInterval(() => void sweep(open), TICK_MS).unref();
}

/** Looks at everything that was not read for a while, in one round trip. */
async function sweep(open: Hub): Promise<void> {
  if (open.watches.size === 0 && open.timer) {
    clearInterval(open.timer);
    open.timer = null;
  }
  if (open.sweeping) return;
  const before = Date.now() - (open.subscriber.status === 'ready' ? LOOK_AGAIN_MS : TICK_MS);
  const due = [...open.watches.values()].filter(({ readAt, reading }) => !reading && readAt < before);
  if (due.length === 0) return;
  open.sweeping = true;
  for (const watch of due) watch.readAt = Date.now();
  const statuses = await readJobStatuses(due.map(({ jobId }) => jobId)).catch(() => null);
  if (statuses) for (const watch of due) tell(watch, statuses.get(watch.jobId) ?? null);
  open.sweeping = false;
}
