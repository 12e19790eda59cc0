import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { isTerminal, type JobStatus, jobStateSchema } from '@/types/jobs';
import { redisKeys } from '../redis-keys';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** A running system refreshes records long before; finished ones are kept as long as people poll them. */
const KEEP_MS = { open: 14 * DAY_MS, finished: 2 * DAY_MS, short: 60_000 };
const MINUTE_KEEP_SECONDS = 2 * 60 * 60;
const RUN_TIMES_KEPT = 50;

/**
 * Writes fields of a status record, unless the record is as new or newer, and tells everybody who listens. Joining and
 * leaving the line, and the totals, are counted in the same step, so that each change is counted once.
 * KEYS record, line, totals, minute, run times. ARGV version, state, keep ms, channel, change, joins ('1'), total,
 * minute keep s, run ms, kept run times, then field and value by turns.
 */
const WRITE = `
local current = tonumber(redis.call('HGET', KEYS[1], 'version') or '-1')
if tonumber(ARGV[1]) <= current then return 0 end
local news = {}
for i = 11, #ARGV, 2 do news[ARGV[i]] = ARGV[i + 1] end
-- Within a run progress does not go back: a crashed attempt had told more than it had saved.
local told = redis.call('HMGET', KEYS[1], 'run', 'progress')
if news.progress and told[2] and told[1] == (news.run or told[1]) and tonumber(told[2]) > tonumber(news.progress) then
  news.progress = told[2]
end
local fields = {}
for field, value in pairs(news) do fields[#fields + 1] = field; fields[#fields + 1] = value end
redis.call('HSET', KEYS[1], unpack(fields))
local seq = redis.call('HGET', KEYS[1], 'seq')
if ARGV[6] == '1' and not seq then
  redis.call('HSET', KEYS[1], 'seq', redis.call('HINCRBY', KEYS[2], 'added', 1))
elseif ARGV[2] ~= 'queued' and seq then
  redis.call('HDEL', KEYS[1], 'seq')
  redis.call('HINCRBY', KEYS[2], 'left', 1)
end
if ARGV[7] ~= '' then
  redis.call('HINCRBY', KEYS[3], ARGV[7], 1)
  redis.call('HINCRBY', KEYS[4], ARGV[7], 1)
  redis.call('EXPIRE', KEYS[4], ARGV[8])
end
if ARGV[9] ~= '' then
  redis.call('LPUSH', KEYS[5], ARGV[9])
  redis.call('LTRIM', KEYS[5], 0, tonumber(ARGV[10]) - 1)
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1
`;
const WRITE_SHA = createHash('sha1').update(WRITE).digest('hex');

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
 * Writes several records in one round trip, in their order.
 * @returns of each whether it was older and has been changed.
 */
export async function writeStatusRecords(redis: Redis, updates: readonly StatusUpdate[]): Promise<boolean[]> {
  const calls = updates.map(toCall);
  const pipeline = redis.pipeline();
  for (const { keys, values } of calls) pipeline.evalsha(WRITE_SHA, keys.length, ...keys, ...values);
  const replies = (await pipeline.exec()) ?? [];
  return Promise.all(
    calls.map(async ({ keys, values }, index) => {
      const [error, written] = replies[index] ?? [new Error('Redis did not answer'), null];
      if (!error) return written === 1;
      // The first after a start of Redis: sent in full, it is known from then on.
      if (!error.message.startsWith('NOSCRIPT')) throw error;
      return (await redis.eval(WRITE, keys.length, ...keys, ...values)) === 1;
    }),
  );
}

function toCall(update: StatusUpdate): { keys: string[]; values: (string | number)[] } {
  const { joinsLine, runMs, keep, ...fields } = update;
  const { id, queue, state, version } = fields;
  const change: JobChange = { id, version, state, progress: fields.progress ?? null };
  const minute = Math.floor(Date.now() / 60_000);
  const keys = [
    redisKeys.job(id),
    redisKeys.line(queue),
    redisKeys.totals(queue),
    redisKeys.minute(queue, minute),
    redisKeys.runTimes(queue),
  ];
  const values = [
    version,
    state,
    isTerminal(state) ? KEEP_MS[keep ?? 'finished'] : KEEP_MS.open,
    redisKeys.changes(),
    JSON.stringify(change),
    joinsLine ? '1' : '',
    isTerminal(state) ? state : '',
    MINUTE_KEEP_SECONDS,
    runMs ?? '',
    RUN_TIMES_KEPT,
    ...encodeFields(fields),
  ];
  return { keys, values };
}

function encodeFields(fields: Record<string, unknown>): string[] {
  return Object.entries(fields).flatMap(([field, value]) => [
    field,
    TEXT_FIELDS.has(field) ? String(value) : JSON.stringify(value ?? null),
  ]);
}
