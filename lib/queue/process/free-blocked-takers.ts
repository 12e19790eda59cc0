import type { Queue } from 'bull';
import type { Redis } from 'ioredis';
import type { RedisPulse } from './redis-pulse';
import { readBeats } from './worker-registry';

/** Gives this worker's blocking connection a name of its own; Bull lists all that begin with the queue's. */
export function nameTaker(queue: Queue, workerId: string): void {
  const name = takerName(queue, workerId);
  Object.assign(queue, { clientName: () => name });
}

function takerName(queue: Queue, workerId: string): string {
  // Bull 4.16; its types do not have it.
  const { keyPrefix, base64Name } = queue as unknown as { keyPrefix: string; base64Name(): string };
  return `${keyPrefix}:${base64Name.call(queue)}:${workerId}`;
}

/**
 * Closes the blocking connections of workers that are silent for longer than a lease. A frozen process has asked for as
 * many jobs as it has slots, and Redis would go on giving it every job that comes, those taken from it first of all. One
 * that wakes up connects again by itself.
 * @returns what closes them, once per silence, and returns whose they were.
 */
export function blockedTakers(queue: Queue, redis: Redis, { leaseMs, pulse }: { leaseMs: number; pulse: RedisPulse }) {
  const closedAt = new Map<string, number>();
  return async (): Promise<string[]> => {
    const now = pulse.serverNow();
    if (now === null) return [];
    const silent = [...(await readBeats(redis))].filter(
      ([id, beat]) => now - beat > leaseMs && closedAt.get(id) !== beat,
    );
    if (silent.length === 0) return [];
    const names = new Set(silent.map(([id]) => takerName(queue, id)));
    for (const clientId of clientsNamed(String(await redis.client('LIST')), names)) {
      await redis.client('KILL', 'ID', clientId);
    }
    for (const [id, beat] of silent) closedAt.set(id, beat);
    return silent.map(([id]) => id);
  };
}

function clientsNamed(list: string, names: ReadonlySet<string>): string[] {
  return list.split('\n').flatMap((line) => {
    const fields = new Map(line.split(' ').map((field) => field.split(/=(.*)/s) as [string, string]));
    return names.has(fields.get('name') ?? '') ? [fields.get('id') ?? ''] : [];
  });
}
