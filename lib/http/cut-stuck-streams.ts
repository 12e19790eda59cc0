import { subscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';

const EVENT_STREAM = /^\/api\/jobs\/[^/]+\/events(\?|$)/;
/** A living stream is written to every 15 s. With a write unfinished Node waits for this time twice. */
const SILENT_MS = 40_000;

/**
 * Cuts the connections of event streams whose readers take nothing. Next pipes a response by itself and cannot end one
 * while a write waits for its reader: without this the connection and what is buffered for it would stay.
 * @param silentMs without a byte in either direction.
 */
export function cutStuckStreams(silentMs = SILENT_MS): void {
  // Node says here of every request which connection it came on; Next does not hand it to routes.
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = toStart(message);
    if (socket && EVENT_STREAM.test(request)) socket.setTimeout(silentMs, () => socket.destroy());
  });
}

function toStart(message: unknown): { request: string; socket: Socket | null } {
  if (typeof message !== 'object' || message === null || !('request' in message) || !('socket' in message)) {
    return { request: '', socket: null };
  }
  const { request, socket } = message;
  const isRequest = typeof request === 'object' && request !== null && 'url' in request;
  return { request: isRequest ? String(request.url) : '', socket: socket instanceof Socket ? socket : null };
}
