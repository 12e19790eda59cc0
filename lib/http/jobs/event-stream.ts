import type { SessionUser } from '@/lib/auth/session';
import { tokenExpiresAt } from '@/lib/auth/token-expiry';
import { toAppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { learnedSeconds } from '@/lib/queue/status/estimate';
import { recentJobEvents } from '@/lib/queue/status/job-list';
import { isHeartbeatOverdue, statusTag } from '@/lib/queue/status/job-status';
import { watchJob } from '@/lib/queue/status/job-stream';
import { singleton } from '@/lib/singleton';
import { userClient } from '@/lib/supabase/user-client';
import type { JobStatus } from '@/types/jobs';
import { onShutdown } from '../shutdown';
import { frameOf } from './job-frame';
import { readLastEventId, replaySince } from './replay';
import { takeStream } from './stream-limit';
import { createStreamReader, type StreamReader } from './stream-reader';

const RECONNECT_MS = 2_000;
const TICK_MS = 1_000;

type Cleanups = (() => void)[];

/**
 * Server-sent events of one job: `event: status` with the body of `GET /api/jobs/{id}` and the version as `id:`, a
 * comment every 15 s, and `event: end` once it has ended. A reader that comes back with `Last-Event-ID` is told what it
 * missed first. Every viewer of a job in this process is sent the same bytes.
 * @param status the job, which the user owns.
 * @throws AppError `rate_limited` when the user has too many streams open.
 */
export function jobEventStream(status: JobStatus, request: Request, user: SessionUser): Response {
  const cleanups: Cleanups = [takeStream(user.id)];
  const onClose = () => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  };
  const sessionEndsAt = tokenExpiresAt(user.accessToken);
  const reader = createStreamReader({ hello: retryAfter(RECONNECT_MS), sessionEndsAt, onClose });
  const end = () => reader.close();
  request.signal.addEventListener('abort', end, { once: true });
  cleanups.push(
    () => request.signal.removeEventListener('abort', end),
    onShutdown(() => reader.close(goElsewhere())),
    keepTicking(reader),
  );
  if (reader.isClosed()) onClose();
  else void follow(reader, status, request, user, cleanups);
  return new Response(reader.stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      // A connection that a stream has ended on would stay open for a while, also when the process is to end.
      connection: 'close',
    },
  });
}

async function follow(
  reader: StreamReader,
  status: JobStatus,
  request: Request,
  user: SessionUser,
  cleanups: Cleanups,
) {
  try {
    // Known from now on without waiting, for the frames.
    await learnedSeconds(status.queue);
    let latest = status;
    const unwatch = await watchJob(status.id, (news) => {
      if (!news) return reader.close();
      latest = news;
      reader.offer(frameOf(news));
    });
    if (reader.isClosed()) return unwatch();
    cleanups.push(unwatch);
    const seen = readLastEventId(request.headers.get('last-event-id'), latest);
    if (seen === null) return reader.begin({ text: '', version: -1, tag: '' });
    const events = await recentJobEvents(userClient(user.accessToken), status.id);
    const { text, version } = replaySince(seen, events, latest);
    // A place in the line is no news to whoever has this version; a missing heartbeat may be.
    const isKnown = version === latest.version && !isHeartbeatOverdue(latest);
    reader.begin({ text, version, tag: isKnown ? statusTag(latest) : '' });
  } catch (error) {
    // Neither Redis nor the ledger answers: the reader comes back by itself.
    logger().warn({ code: toAppError(error).code, job_id: status.id }, 'stream.not_opened');
    reader.close();
  }
}

/** Readers of a process that ends come back spread over two seconds, not all at once. */
function goElsewhere(): string {
  return retryAfter(Math.round(500 + Math.random() * 2_000));
}

function retryAfter(ms: number): string {
  return `retry: ${ms}\n\n`;
}

type Ticker = { readers: Set<StreamReader>; timer: NodeJS.Timeout | null };

/** One timer for all streams of this process. */
function keepTicking(reader: StreamReader): () => void {
  const ticker = singleton<Ticker>('http:streams', () => ({ readers: new Set(), timer: null }));
  ticker.readers.add(reader);
  ticker.timer ??= setInterval(() => {
    const now = Date.now();
    for (const each of ticker.readers) each.tick(now);
  }, TICK_MS).unref();
  return () => {
    ticker.readers.delete(reader);
    if (ticker.readers.size > 0 || !ticker.timer) return;
    clearInterval(ticker.timer);
    ticker.timer = null;
  };
}
