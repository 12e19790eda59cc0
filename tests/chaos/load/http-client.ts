import { z } from 'zod';

export type ApiAnswer = { status: number; headers: Headers; body: Record<string, unknown> };
export type ApiRequest = { token: string; body?: unknown; headers?: Record<string, string> };

export type HttpClient = {
  /** Sends a request to any of the web processes. @throws when there is no answer within ten seconds. */
  send(method: string, path: string, request: ApiRequest): Promise<ApiAnswer>;
  /** Opens an event stream. */
  open(path: string, request: ApiRequest, signal: AbortSignal): Promise<Response>;
};

const TIMEOUT_MS = 10_000;
const bodySchema = z.record(z.string(), z.unknown());

/** A client that knows every web process and takes any of them, as behind a load balancer without health checks. */
export function createHttpClient(webUrls: () => string[]): HttpClient {
  let next = 0;
  const address = (path: string) => {
    const urls = webUrls();
    next += 1;
    return `${urls[next % urls.length]}${path}`;
  };
  return {
    async send(method, path, request) {
      const response = await fetch(address(path), {
        method,
        headers: headersOf(request),
        body: request.body === undefined ? null : JSON.stringify(request.body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'manual',
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: parseBody(text) };
    },
    open: (path, request, signal) => fetch(address(path), { headers: headersOf(request), signal }),
  };
}

function headersOf({ token, body, headers }: ApiRequest): Headers {
  const all = new Headers(headers);
  all.set('authorization', `Bearer ${token}`);
  if (body !== undefined) all.set('content-type', 'application/json');
  return all;
}

/** A process that is killed may send half an answer, or a page of its own: then there is no body. */
function parseBody(text: string): Record<string, unknown> {
  try {
    return bodySchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}
