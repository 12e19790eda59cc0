import fs from 'node:fs';
import path from 'node:path';
import type { Redis } from 'ioredis';
import type { Sql } from 'postgres';
import { whereInBull } from '../world/read-bull';

const LOG_LINES = 40;
const EVENTS_SHOWN = 60;

type Sources = { sql: Sql; redis: Redis; prefix: string; folder: string };
type TimedLine = { at: string; text: string };

/** One job's row, its events and log lines in order, its status record and its place in Bull. */
export async function ourTimeline({ sql, redis, prefix, folder }: Sources, jobId: string): Promise<string[]> {
  const queue = jobId.split(':')[0] ?? '';
  const [row] = await sql`
    select state, run_id, attempt, crash_count, token::int, version::int, progress, quota_state, held, error, worker,
      run_at, cancel_requested_at, dispatched_at, updated_at, finished_at from jobs where id = ${jobId}`;
  const events = await sql<TimedLine[]>`
    select at::text, concat_ws(' ', 'ledger', type, 'run', run_id, 'attempt', attempt, worker, detail::text) as text
    from job_events where job_id = ${jobId} order by id limit ${EVENTS_SHOWN}`;
  const lines = [...events.map(({ at, text }) => ({ at: instant(at), text })), ...logLines(folder, jobId)];
  const record = await redis.hgetall(`${prefix}:job:${jobId}`);
  return [
    `row: ${row ? JSON.stringify(row) : 'none'}`,
    ...lines.sort((a, b) => a.at.localeCompare(b.at)).map(({ at, text }) => `${at} ${text}`),
    `status record: ${JSON.stringify(record)}`,
    `Bull: ${await whereInBull(redis, prefix, queue, jobId)}`,
  ];
}

function instant(text: string): string {
  return new Date(text).toISOString();
}

/** What the processes logged about the job; also the logs before the last rotation. */
function logLines(folder: string, jobId: string): TimedLine[] {
  const logs = path.join(folder, 'logs');
  const files = fs.readdirSync(logs).filter((file) => /^(worker|web)/.test(file));
  return files
    .flatMap((file) =>
      fs
        .readFileSync(path.join(logs, file), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{') && line.includes(jobId))
        .map((line) => toTimedLine(file, line)),
    )
    .slice(-LOG_LINES);
}

function toTimedLine(file: string, line: string): TimedLine {
  try {
    const { time, level: _, pid, hostname: __, job_id: ___, msg, err, ...rest } = JSON.parse(line);
    const error = err ? ` ${err.code ?? ''} ${err.message ?? ''}` : '';
    return {
      at: instant(String(time).match(/^\d+$/) ? new Date(Number(time)).toISOString() : time),
      text: `${file} (${pid}) ${msg} ${JSON.stringify(rest)}${error}`,
    };
  } catch {
    return { at: '', text: `${file} ${line}` };
  }
}
