import http, { type RequestListener } from 'node:http';
import { duplexPair, Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

/** Headers of one connection, not of the message: the two sides of the bridge set their own. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);
const WITHOUT_BODY = new Set([204, 205, 304]);
const CLIENT_CLOSED_REQUEST = 499;

/**
 * Answers Web requests with a Node request listener, such as an Express application. Both ends speak real HTTP/1.1 over
 * a pair of streams in memory: nothing listens anywhere. Adapters that imitate Node's objects do not survive Express,
 * which replaces their prototypes.
 */
export function nodeBridge(listener: RequestListener): (request: Request) => Promise<Response> {
  const server = http.createServer({ keepAliveTimeout: 1 }, listener);
  return async (request) => {
    const body = request.body ? Buffer.from(await request.arrayBuffer()) : null;
    return new Promise((resolve, reject) => exchange(server, request, body, resolve, reject));
  };
}

function exchange(
  server: http.Server,
  request: Request,
  body: Buffer | null,
  resolve: (response: Response) => void,
  reject: (error: Error) => void,
): void {
  const { pathname, search } = new URL(request.url);
  const [near, far] = duplexPair();
  // A duplex pair does not pass on destruction: without this an abandoned download keeps its file open.
  near.once('close', () => far.destroy());
  far.once('close', () => near.destroy());
  server.emit('connection', far);
  const headers = { ...toNodeHeaders(request), ...(body ? { 'content-length': body.byteLength } : {}) };
  const outgoing = http.request({
    method: request.method,
    path: pathname + search,
    headers,
    // Only the stream part of a socket is used, and the pair has all of it.
    createConnection: () => near as ReturnType<NonNullable<http.RequestOptions['createConnection']>> & typeof near,
  });
  const abandon = () => outgoing.destroy(new Error('the client went away'));
  request.signal.addEventListener('abort', abandon, { once: true });
  outgoing.once('error', (error) =>
    request.signal.aborted ? resolve(new Response(null, { status: CLIENT_CLOSED_REQUEST })) : reject(error),
  );
  outgoing.once('response', (incoming) => {
    incoming.once('close', () => {
      request.signal.removeEventListener('abort', abandon);
      near.destroy();
    });
    resolve(toResponse(incoming, request.method));
  });
  outgoing.end(body ?? undefined);
}

function toNodeHeaders(request: Request): http.OutgoingHttpHeaders {
  const kept = [...request.headers].filter(([name]) => !HOP_BY_HOP.has(name) && name !== 'content-length');
  return { ...Object.fromEntries(kept), host: new URL(request.url).host, connection: 'close' };
}

function toResponse(incoming: http.IncomingMessage, method: string): Response {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    const [name, value] = incoming.rawHeaders.slice(index, index + 2);
    if (name && value && !HOP_BY_HOP.has(name.toLowerCase())) headers.append(name, value);
  }
  const status = incoming.statusCode ?? 502;
  if (method === 'HEAD' || WITHOUT_BODY.has(status)) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  // Node's and the DOM library's stream types describe the same object.
  const stream: NodeReadableStream = Readable.toWeb(incoming);
  return new Response(stream as unknown as ReadableStream, { status, headers });
}
