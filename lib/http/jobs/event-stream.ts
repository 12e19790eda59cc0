import { estimateSeconds } from '@/lib/queue/status/estimate';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { subscribeJob } from '@/lib/queue/status/job-stream';
import { singleton } from '@/lib/singleton';
import { isTerminal, type JobStatus } from '@/types/jobs';
import { toJobBody } from './job-body';

const HEARTBEAT_MS = 15_000;
/** A change that nobody announced (Redis was away) is seen at the latest now. */
const LOOK_AGAIN_MS = 5_000;
const ENCODER = new TextEncoder();

type Stream = {
  jobId: string;
  controller: ReadableStreamDefaultController<Uint8Array>;
  /** Version the reader has; nothing older or equal is sent. */
  sent: number;
  reading: boolean;
  changed: boolean;
  closed: boolean;
  cleanups: (() => void)[];
};

/**
 * Server-sent events of one job: `event: status` with the body of `GET /api/jobs/{id}` and the version as `id:`, a
 * comment every 15 s, `event: end` once it has ended. A reader that comes back with `Last-Event-ID` gets what is newer.
 */
export function jobEventStream(jobId: string, request: Request): Response {
  const lastVersion = Number(request.headers.get('last-event-id') ?? -1);
  let stream: Stream | undefined;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const sent = Number.isFinite(lastVersion) ? lastVersion : -1;
      stream = { jobId, controller, sent, reading: false, changed: false, closed: false, cleanups: [] };
      await open(stream, request.signal);
    },
    cancel() {
      if (stream) close(stream);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

/** Open streams of this process; closed on shutdown, because a server waits for them otherwise. */
export function openStreams(): Set<() => void> {
  return singleton('http:streams', () => new Set<() => void>());
}

async function open(stream: Stream, aborted: AbortSignal): Promise<void> {
  const end = () => close(stream);
  openStreams().add(end);
  aborted.addEventListener('abort', end, { once: true });
  const heartbeat = setInterval(() => write(stream, ': still here\n\n'), HEARTBEAT_MS);
  const look = setInterval(() => void sendLatest(stream), LOOK_AGAIN_MS);
  stream.cleanups.push(
    () => openStreams().delete(end),
    () => aborted.removeEventListener('abort', end),
    () => clearInterval(heartbeat),
    () => clearInterval(look),
  );
  const unsubscribe = await subscribeJob(stream.jobId, () => void sendLatest(stream));
  if (stream.closed) return unsubscribe();
  stream.cleanups.push(unsubscribe);
  await sendLatest(stream);
}

/** Reads and sends at most one status at a time; changes that come meanwhile lead to one more look. */
async function sendLatest(stream: Stream): Promise<void> {
  stream.changed = true;
  if (stream.reading) return;
  stream.reading = true;
  try {
    while (stream.changed && !stream.closed) {
      stream.changed = false;
      // A failed look is not the end of the stream: the next one comes by itself.
      const status = await readJobStatus(stream.jobId).catch(() => null);
      if (status) await send(stream, status);
    }
  } finally {
    stream.reading = false;
  }
}

async function send(stream: Stream, status: JobStatus): Promise<void> {
  if (status.version > stream.sent) {
    stream.sent = status.version;
    const estimate = status.state === 'active' ? await estimateSeconds(status.queue) : null;
    const data = JSON.stringify(toJobBody(status, estimate));
    write(stream, `id: ${status.version}\nevent: status\ndata: ${data}\n\n`);
  }
  if (!isTerminal(status.state)) return;
  write(stream, `id: ${status.version}\nevent: end\ndata: {"status":"${status.state}"}\n\n`);
  close(stream);
}

function write(stream: Stream, text: string): void {
  if (!stream.closed) stream.controller.enqueue(ENCODER.encode(text));
}

function close(stream: Stream): void {
  if (stream.closed) return;
  stream.closed = true;
  for (const cleanup of stream.cleanups) cleanup();
  try {
    stream.controller.close();
  } catch (error) {
    // The reader has closed its side first: then there is nothing left to close.
    if (!(error instanceof TypeError)) throw error;
  }
}
