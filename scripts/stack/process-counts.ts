import { z } from 'zod';
import { UserError } from '../bootstrap/user-error.mjs';
import type { Environment } from './child-definition';

const MOST = 32;

/** How many processes of a part run; the first web process is the one that people are sent to. */
export type ProcessCounts = { workers: number; webs: number };

/**
 * Reads OPPSPOT_WORKERS (0 to 32; 0 when workers run elsewhere) and OPPSPOT_WEBS (1 to 32); 1 each when not set.
 * @throws UserError naming the variable that makes no sense.
 */
export function processCounts(env: Environment): ProcessCounts {
  return { workers: count(env, 'OPPSPOT_WORKERS', 0), webs: count(env, 'OPPSPOT_WEBS', 1) };
}

/** @returns `worker` for one process, `worker-1`, `worker-2`, ... for several: names of processes and of their logs. */
export function processNames(part: string, processes: number): string[] {
  if (processes === 1) return [part];
  return Array.from({ length: processes }, (_, index) => `${part}-${index + 1}`);
}

function count(env: Environment, variable: string, least: number): number {
  const parsed = z.coerce
    .number()
    .int()
    .min(least)
    .max(MOST)
    .safeParse(env[variable] || '1');
  if (parsed.success) return parsed.data;
  throw new UserError(`${variable} is ${env[variable]}: it must be a whole number from ${least} to ${MOST}.`);
}
