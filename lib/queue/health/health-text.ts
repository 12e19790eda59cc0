import type { HealthReport, QueueHealth } from './health-report';

const COLUMNS = ['Queue', 'waiting', 'active', 'delayed', 'completed', 'failed', 'oldest waiting', 'workers'];
const SOURCE_COLUMNS = [
  'Source today',
  'requests',
  'answered',
  'limited',
  'refused',
  'failed',
  'left alone',
  'average',
];

/** The health report for people: fixed columns, the reasons last. Completed and failed are per minute / total. */
export function formatHealth(report: HealthReport): string {
  const parts = [`Status: ${report.status}`, '', redisLine(report.redis)];
  if (report.queues.length > 0) parts.push('', table([COLUMNS, ...report.queues.map(queueRow)]));
  if (report.redis.up) parts.push('', workersText(report));
  if (report.sources.length > 0) parts.push('', table([SOURCE_COLUMNS, ...report.sources.map(sourceRow)]));
  parts.push(...section('Problems', report.problems), ...section('Remarks', report.remarks));
  return parts.join('\n');
}

function redisLine(redis: HealthReport['redis']): string {
  if (!redis.up) return `Redis: ${redis.address}  does not answer`;
  const facts = [
    `answers in ${redis.latency_ms} ms`,
    `version ${redis.version}`,
    `policy ${redis.policy}`,
    `persistence: ${redis.persistence}`,
  ];
  return `Redis: ${redis.address}  ${facts.join(', ')}`;
}

function queueRow(queue: QueueHealth): string[] {
  const { completed, failed } = queue.throughput;
  return [
    queue.is_paused ? `${queue.name} (paused)` : queue.name,
    String(queue.waiting),
    String(queue.active),
    String(queue.delayed),
    `${completed.per_minute.toFixed(1)}/min, ${completed.total} total`,
    `${failed.per_minute.toFixed(1)}/min, ${failed.total} total`,
    queue.oldest_waiting_seconds === null ? '-' : duration(queue.oldest_waiting_seconds),
    String(queue.workers),
  ];
}

function sourceRow({ provider, average_ms, ...calls }: HealthReport['sources'][number]): string[] {
  const { requests, answered, limited, refused, failed, left_alone } = calls;
  return [provider, ...[requests, answered, limited, refused, failed, left_alone].map(String), `${average_ms} ms`];
}

function workersText({ workers }: HealthReport): string {
  if (workers.length === 0) return 'Workers: none seen';
  const lines = workers.map((worker) => {
    const queues = worker.queues.map(({ name, concurrency }) => `${name} x${concurrency}`).join(', ');
    const up = duration(Math.round((Date.now() - Date.parse(worker.started_at)) / 1_000));
    return `  pid ${worker.pid} on ${worker.host}, up ${up}, running ${worker.active}: ${queues}`;
  });
  return [`Workers: ${workers.length} seen`, ...lines].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}
