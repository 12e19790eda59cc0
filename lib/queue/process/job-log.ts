import { AsyncLocalStorage } from 'node:async_hooks';
import type { Redis } from 'ioredis';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { onLogLine } from '@/lib/logger';
import { singleton } from '@/lib/singleton';
import { redactText } from '../board/redact';
import { queueNameOf } from '../job-id';

import { producerRedis, withRedis } from '../redis-client';
import { emit } from '../telemetry';
import { recordQuarantine } from './dispatch-ledger';

/** What is kept of a job: enough to see where it was, small enough to keep of every job. */
const KEPT_LINES = 20;
const LINE_LENGTH = 300;
/** Jobs that are over sooner leave no lines and cost Redis nothing. */
const FLUSH_AFTER_MS = 50;
/** Fields that may stand in a line: its job's owner can read the lines of a job that was set aside. */
const SHOWN_FIELDS = ['attempt', 'code', 'reason', 'duration_ms', 'delay_ms', 'section', 'check', 'budget'];

/** @param pending lines that Redis was not told yet. */
type JobLog = { jobId: string; pending: string[]; written: boolean };
type JobLogs = { running: Map<string, JobLog>; timer: NodeJS.Timeout | null; redis: Redis | null };

const current = new AsyncLocalStorage<JobLog>();

/**
 * Adds lines to Bull's own log of a job, as long as Bull knows the job.
 * KEYS job, logs. ARGV kept lines, then the lines.
 */
const APPEND = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('RPUSH', KEYS[2], unpack(ARGV, 2))
return redis.call('LTRIM', KEYS[2], -tonumber(ARGV[1]), -1)
`;

/**
 * Keeps what is logged for running jobs, in this process and a moment later with Bull, whose dashboard shows it.
 * @returns a function that ends it, with what is left told.
 */
export function startJobLogs(redis: Redis): () => void {
  const logs = jobLogs();
  logs.redis = redis;
  const stopListening = onLogLine((level, message, fields) => {
    note(`${level} ${message}${shown(fields)}`, { atOnce: level !== 'info' });
  });
  return () => {
    stopListening();
    void flushJobLogs();
    logs.redis = null;
  };
}

/** Runs an attempt; what is logged meanwhile, however deep inside, belongs to its job. */
export async function withJobLog<T>(jobId: string, attempt: () => Promise<T>): Promise<T> {
  const { running } = jobLogs();
  const log: JobLog = { jobId, pending: [], written: false };
  running.set(jobId, log);
  try {
    return await current.run(log, attempt);
  } finally {
    if (log.written) void flush([log]);
    if (running.get(jobId) === log) running.delete(jobId);
  }
}

/** Adds a line of our own words to the log of the job that runs here; nothing when none does. */
export function noteLine(text: string): void {
  note(text, { atOnce: true });
}

/** The job in whose attempt this code runs; null outside of one. */
export function currentJobId(): string | null {
  return current.getStore()?.jobId ?? null;
}

/** Tells Bull all lines it was not told yet. Never throws: lines are not worth a job. */
export async function flushJobLogs(): Promise<void> {
  await flush([...jobLogs().running.values()]);
}

/** Keeps the last lines of a job that was just set aside with its record, where they outlive Redis. Never throws. */
export async function noteQuarantine(jobId: string): Promise<void> {
  const queue = queueNameOf(jobId) ?? 'unknown';
  try {
    const keys = keysOf(jobId);
    const lines = await withRedis(() => producerRedis().lrange(keys.logs, -KEPT_LINES, -1)).catch(() => []);
    await recordQuarantine(jobId, lines);
    emit({ name: 'job.quarantined', queue, jobId, lines: lines.length });
  } catch (error) {
    emit({ name: 'queue.error', queue, error });
  }
}

function note(text: string, { atOnce }: { atOnce: boolean }): void {
  const log = current.getStore();
  if (!log) return;
  const line = `${new Date().toISOString()} ${redactText(text).replace(/\s+/g, ' ')}`;
  log.pending = [...log.pending, line.slice(0, LINE_LENGTH)].slice(-KEPT_LINES);
  const logs = jobLogs();
  if (atOnce) void flush([log]);
  else logs.timer ??= setTimeout(flushSoon, FLUSH_AFTER_MS).unref();
}

function flushSoon(): void {
  jobLogs().timer = null;
  void flushJobLogs();
}

async function flush(all: readonly JobLog[]): Promise<void> {
  const { redis } = jobLogs();
  if (!redis) return;
  const pipeline = redis.pipeline();
  for (const log of all) {
    const lines = log.pending.splice(0);
    if (lines.length === 0) continue;
    log.written = true;
    const keys = keysOf(log.jobId);
    pipeline.eval(APPEND, 2, keys.job, keys.logs, KEPT_LINES, ...lines);
  }
  if (pipeline.length > 0) await pipeline.exec().catch(() => undefined);
}

function shown(fields: Readonly<Record<string, unknown>>): string {
  const facts = SHOWN_FIELDS.filter((name) => fields[name] !== undefined).map((name) => `${name}=${fields[name]}`);
  const failure = fields.err instanceof Error ? inOneLine(fields.err) : null;
  return [...facts, ...(failure ? [failure] : [])].map((fact) => ` ${fact}`).join('');
}

/** The innermost reason in one line. */
function inOneLine(error: Error): string {
  if (error instanceof AppError && error.cause instanceof Error) return inOneLine(error.cause);
  return `${error.name}: ${error.message}`;
}

function keysOf(jobId: string): { job: string; logs: string } {
  const job = `${config().redis.prefix}:${queueNameOf(jobId)}:${jobId}`;
  return { job, logs: `${job}:logs` };
}

function jobLogs(): JobLogs {
  return singleton<JobLogs>('queue:job-logs', () => ({ running: new Map(), timer: null, redis: null }));
}
