import { config } from '@/lib/config';

/**
 * The keys this system keeps in Redis beside Bull's own, all under the one hash-tagged prefix.
 * Bull's keys are `<prefix>:<queue>:...`; none of the words below is a queue.
 */
export const redisKeys = {
  job: (jobId: string) => key('job', jobId),
  /** Hash `added`, `left`: how many jobs ever joined and left the line; their difference is the position. */
  line: (queue: string) => key('line', queue),
  /** Hash of totals since Redis was empty: `completed`, `failed`, `cancelled`. */
  totals: (queue: string) => key('totals', queue),
  /** As `totals`, of one minute since the epoch. */
  minute: (queue: string, minute: number) => key('minute', queue, String(minute)),
  /** List of the last run times, ms, newest first. */
  runTimes: (queue: string) => key('run-times', queue),
  /** Hash: retries that start in each second, see `paceRetry`. */
  retries: (queue: string) => key('retries', queue),
  cancel: (jobId: string) => key('cancel', jobId),
  workers: () => key('workers'),
  /** Present while a living worker takes jobs of this queue. */
  served: (queue: string) => key('served', queue),
  /** Hash `epoch`, `complete`: whether Redis was told everything since it was last wiped or started. */
  loaded: () => key('loaded'),
  /** Which dispatcher does the work now. */
  dispatcher: () => key('dispatcher'),
  /** Channel: every change of every status record. */
  changes: () => key('changes'),
  /** Channel: names of queues in which a job was recorded that must wait outside Redis. */
  held: () => key('held'),
  /** Channel: ids of jobs that a person wants stopped. */
  cancellations: () => key('cancellations'),
} as const;

function key(...parts: string[]): string {
  return [config().redis.prefix, ...parts].join(':');
}
