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
 * Writes several records, those of a queue in one call and in their order; Redis does nothing else meanwhile, so a hundred
 * at most.
 * @returns of each whether it was older and has been changed.
 */
export async function writeStatusRecords(redis: Redis, updates: readonly StatusUpdate[]): Promise<boolean[]> {
  const written = new Array<boolean>(updates.length).fill(false);
  const writes = [...new Set(updates.map(({ queue }) => queue))].map(async (queue) => {
    const places = [...updates.keys()].filter((place) => updates[place]?.queue === queue);
    const own = updates.filter((update) => update.queue === queue);
    for (const [n, isNew] of (await writeOfQueue(redis, queue, own)).entries()) written[places[n] ?? n] = isNew;
  });
  await Promise.all(writes);
  return written;
}

async function writeOfQueue(redis: Redis, queue: string, updates: readonly StatusUpdate[]): Promise<boolean[]> {
  const minute = Math.floor(Date.now() / 60_000);
  const keys = [
    redisKeys.line(queue),
    redisKeys.totals(queue),
    redisKeys.minute(queue, minute),
    redisKeys.runTimes(queue),
    ...updates.map(({ id }) => redisKeys.job(id)),
  ];
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
  const { id, state, version, run, progress } = fields;
  const change: JobChange = { id, version, state, progress: progress ?? null };
  return JSON.stringify({
    version,
    state,
    keepMs: isTerminal(state) ? KEEP_MS[keep ?? 'finished'] : KEEP_MS.open,
    change: JSON.stringify(change),
    joins: joinsLine || undefined,
    total: isTerminal(state) ? state : undefined,
    runMs,
    run: run === undefined ? undefined : JSON.stringify(run),
    progress,
    fields: encodeFields(fields),
  });
}

/** @returns name, text, name, text ... as Redis takes them. */
function encodeFields(fields: Record<string, unknown>): string[] {
  const texts: string[] = [];
  for (const field in fields) {
    const value = fields[field];
    texts.push(field, TEXT_FIELDS.has(field) ? String(value) : JSON.stringify(value ?? null));
  }
  return texts;
}
