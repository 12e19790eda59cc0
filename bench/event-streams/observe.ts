import { execFileSync } from 'node:child_process';
import type { Redis } from 'ioredis';

/** Resident memory of a process, in MB of a million bytes. */
export function rssMb(pid: number): number {
  const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim());
  return (kilobytes * 1_024) / 1_000_000;
}

/** Connections of the stack that are subscribed to the changes of jobs. */
export async function subscriberCount(redis: Redis): Promise<number> {
  const list = String(await redis.client('LIST'));
  return list.split('\n').filter((line) => line.includes('name=oppspot:changes')).length;
}

/** How often a command was called since the server started. */
export async function commandCount(redis: Redis, command: string): Promise<number> {
  const stats = await redis.info('commandstats');
  return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
}

/** Waits for a condition, at most so long: what it has not become is for the figures to tell. */
export async function until(isDone: () => boolean, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!isDone() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
}
