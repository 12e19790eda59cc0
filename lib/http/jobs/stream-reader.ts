import type { JobFrame } from './job-frame';

/** A reader that takes nothing for this long is gone, or of no use to itself. */
const STUCK_MS = 60_000;
const HEARTBEAT_MS = 15_000;
const ENCODER = new TextEncoder();
const HEARTBEAT = ENCODER.encode(': still here\n\n');

type ReaderOptions = {
  /** Sent at once, so that the reader knows it is connected. */
  hello: string;
  /** Whoever is signed in stays so until then, ms since the epoch. */
  sessionEndsAt: number;
  /** Called once, whoever closes it. */
  onClose(): void;
};

/** One open event stream. */
export type StreamReader = {
  readonly stream: ReadableStream<Uint8Array>;
  /** Lets frames through: first what came before, then the newest frame that was offered meanwhile. */
  begin(earlier: { text: string; version: number; tag: string }): void;
  /** Sends a frame, or keeps it in place of an older one while the reader is busy with what it was sent. */
  offer(frame: JobFrame): void;
  /** Once a second: heartbeat, end of the session, readers that are stuck. */
  tick(now: number): void;
  /** @param text a last word. */
  close(text?: string): void;
  isClosed(): boolean;
};

/**
 * A stream with room for one chunk. What a slow reader has not taken is replaced by what is newer, so that it costs
 * memory for one status, and a burst of steps reaches it as the last of them.
 */
export function createStreamReader({ hello, sessionEndsAt, onClose }: ReaderOptions): StreamReader {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let shown: { version: number; tag: string } | null = null;
  let waiting: JobFrame | null = null;
  let busySince: number | null = null;
  let nextHeartbeat = Date.now() + HEARTBEAT_MS;

  const isBusy = () => controller !== null && (controller.desiredSize ?? 0) <= 0;
  const send = (frame: JobFrame) => {
    if (!controller || !shown) return;
    const isNews = frame.version > shown.version;
    if (frame.tag !== shown.tag && frame.version >= shown.version)
      controller.enqueue(isNews ? frame.news : frame.notice);
    if (frame.version >= shown.version) shown = frame;
    if (!frame.isTerminal) return;
    controller.enqueue(frame.end);
    close();
  };
  const sendWaiting = () => {
    if (!waiting || !shown || isBusy()) return;
    const frame = waiting;
    waiting = null;
    send(frame);
  };
  const close = (text = '') => {
    const open = controller;
    controller = null;
    if (!open) return;
    onClose();
    if (text !== '') open.enqueue(ENCODER.encode(text));
    open.close();
  };
  const drop = () => {
    const open = controller;
    controller = null;
    onClose();
    open?.error(new DOMException('The reader takes nothing', 'AbortError'));
  };

  const stream = new ReadableStream<Uint8Array>({
    start: (opened) => {
      controller = opened;
      opened.enqueue(ENCODER.encode(hello));
    },
    pull: sendWaiting,
    cancel: () => {
      if (!controller) return;
      controller = null;
      onClose();
    },
  });

  return {
    stream,
    close,
    isClosed: () => controller === null,
    begin({ text, version, tag }) {
      if (!controller) return;
      shown = { version, tag };
      if (text !== '') controller.enqueue(ENCODER.encode(text));
      sendWaiting();
    },
    offer(frame) {
      waiting = frame;
      sendWaiting();
    },
    tick(now) {
      if (!controller) return;
      if (now >= sessionEndsAt) return close(': the session has ended\n\n');
      busySince = isBusy() ? (busySince ?? now) : null;
      if (busySince !== null && now - busySince > STUCK_MS) return drop();
      if (now < nextHeartbeat) return;
      nextHeartbeat += HEARTBEAT_MS;
      if (!isBusy()) controller.enqueue(HEARTBEAT);
    },
  };
}
