import type { Redis } from 'ioredis';
import { config } from '@/lib/config';
import { type JobStatus, jobStatusSchema, type WaitingFor } from '@/types/jobs';
import { redisKeys } from '../redis-keys';
import { TEXT_FIELDS } from './status-record';

/** What a read finds out about one job: its record, or of a lost record the sign of life alone. */
export type RecordRead = { status: JobStatus | null; heartbeatAt: string | null };

type Line = { left: number; isPaused: boolean; isServed: boolean };

/** Reads records with their places in the line and what they wait for, all in one round trip. */
export async function readStatusRecords(
  redis: Redis,
  jobs: readonly { id: string; queue: string }[],
): Promise<RecordRead[]> {
  const queues = [...new Set(jobs.map(({ queue }) => queue))];
  const pipeline = redis.pipeline();
  for (const { id } of jobs) pipeline.hgetall(redisKeys.job(id));
  for (const queue of queues) {
    pipeline
      .hget(redisKeys.line(queue), 'left')
      .exists(`${config().redis.prefix}:${queue}:meta-paused`)
      .exists(redisKeys.served(queue));
  }
  const replies = ((await pipeline.exec()) ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  });
  const lines = new Map(
    queues.map((queue, index): [string, Line] => {
      const [left, paused, served] = replies.slice(jobs.length + 3 * index);
      return [queue, { left: Number(left ?? 0), isPaused: Number(paused) > 0, isServed: Number(served) > 0 }];
    }),
  );
  return jobs.map(({ queue }, index) => decodeRecord(replies[index], lines.get(queue)));
}

/** What a record does not say is not the case: one that was begun anew after a loss has only the fields of its writer. */
const NOTHING_YET = {
  run: 1,
  step: null,
  started_at: null,
  run_at: null,
  finished_at: null,
  heartbeat_at: null,
  cancel_requested: false,
  held: false,
  error: null,
  result: null,
};

function decodeRecord(record: unknown, line: Line = { left: 0, isPaused: false, isServed: true }): RecordRead {
  if (typeof record !== 'object' || record === null) return { status: null, heartbeatAt: null };
  const fields: Record<string, unknown> = Object.fromEntries(
    Object.entries(record).map(([field, value]) => [field, TEXT_FIELDS.has(field) ? value : JSON.parse(String(value))]),
  );
  const heartbeatAt = typeof fields.heartbeat_at === 'string' ? fields.heartbeat_at : null;
  if (fields.id === undefined) return { status: null, heartbeatAt };
  const position = typeof fields.seq === 'number' ? Math.max(1, fields.seq - line.left) : null;
  const place = { position, waiting_for: waitingFor(fields, line) };
  // A record of another version of this system is as good as forgotten: the ledger answers instead.
  return { status: jobStatusSchema.safeParse({ ...NOTHING_YET, ...fields, ...place }).data ?? null, heartbeatAt };
}

function waitingFor({ state, held }: Record<string, unknown>, { isPaused, isServed }: Line): WaitingFor | null {
  if (state !== 'queued') return null;
  if (isPaused) return 'resume';
  if (!isServed) return 'worker';
  return held === true ? 'own_jobs' : 'turn';
}
