import type { Redis } from 'ioredis';
import { z } from 'zod';
import { isTerminal, type JobStatus, jobStateSchema } from '@/types/jobs';
import { redisKeys } from '../redis-keys';
import { WRITE, WRITE_SHA } from './write-script';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A running system refreshes records long before; finished ones are kept as long as people poll them. */
const KEEP_MS = { open: 14 * DAY_MS, finished: 2 * DAY_MS, short: 60_000 };
const MINUTE_KEEP_SECONDS = 2 * 60 * 60;
const RUN_TIMES_KEPT = 50;

/** Fields of the record that are kept as plain text; all others are JSON. */
export const TEXT_FIELDS = new Set(['id', 'queue', 'state', 'created_at']);

/** What a writer says of a job; fields that are left out stay as they are. */
export type StatusUpdate = Partial<Omit<JobStatus, 'position' | 'waiting_for'>> &
  Pick<JobStatus, 'id' | 'queue' | 'state' | 'version'> & {
    /** The job now waits in Redis and gets a place in the line. */
    joinsLine?: boolean;
    /** How long the attempt that has just completed ran, for estimates. */
    runMs?: number;
    /** `short`: of a batch's job, whose record nobody looks at for long after the end. */
    keep?: 'short';
  };

/** Sent on the changes channel; small, because every process hears every change. */
const jobChangeSchema = z.object({
  id: z.string(),
  version: z.number(),
  state: jobStateSchema,
  progress: z.number().nullable(),
});
export type JobChange = z.infer<typeof jobChangeSchema>;

/** @returns null for a message of another version of this system. */
export function parseJobChange(message: string): JobChange | null {
  return jobChangeSchema.safeParse(JSON.parse(message)).data ?? null;
}

/** @returns whether the record was older and has been changed. */
export async function writeStatusRecord(redis: Redis, update: StatusUpdate): Promise<boolean> {
  const [written] = await writeStatusRecords(redis, [update]);
  return written === true;
}

/**
 * Writes several records in one call, in their order; Redis does nothing else meanwhile, so a hundred at most.
 * @returns of each whether it was older and has been changed.
 */
export async function writeStatusRecords(redis: Redis, updates: readonly StatusUpdate[]): Promise<boolean[]> {
  const minute = Math.floor(Date.now() / 60_000);
  const keys = updates.flatMap(({ id, queue }) => [
    redisKeys.job(id),
    redisKeys.line(queue),
    redisKeys.totals(queue),
    redisKeys.minute(queue, minute),
    redisKeys.runTimes(queue),
  ]);
  const values = [redisKeys.changes(), MINUTE_KEEP_SECONDS, RUN_TIMES_KEPT, ...updates.map(toEntry)];
  const written = await redis.evalsha(WRITE_SHA, keys.length, ...keys, ...values).catch((error: Error) => {
    // The first after a start of Redis: sent in full, it is known from then on.
    if (!error.message.startsWith('NOSCRIPT')) throw error;
    return redis.eval(WRITE, keys.length, ...keys, ...values);
  });
  return z
    .array(z.number())
    .parse(written)
    .map((one) => one === 1);
}

function toEntry(update: StatusUpdate): string {
  const { joinsLine, runMs, keep, ...fields } = update;
  const { id, state, version } = fields;
  const change: JobChange = { id, version, state, progress: fields.progress ?? null };
  return JSON.stringify({
    version,
    state,
    keepMs: isTerminal(state) ? KEEP_MS[keep ?? 'finished'] : KEEP_MS.open,
    change: JSON.stringify(change),
    joins: joinsLine || undefined,
    total: isTerminal(state) ? state : undefined,
    runMs,
    fields: encodeFields(fields),
  });
}

function encodeFields(fields: Record<string, unknown>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [field, value] of Object.entries(fields)) {
    texts[field] = TEXT_FIELDS.has(field) ? String(value) : JSON.stringify(value ?? null);
  }
  return texts;
}
