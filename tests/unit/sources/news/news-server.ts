import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = { status?: number; type?: string; body?: unknown; headers?: Record<string, string>; cut?: true };
export type NewsServer = Awaited<ReturnType<typeof startNewsServer>>;

/** GDELT, NewsAPI and web sites on a free port of loopback; what is not set is not found. */
export async function startNewsServer() {
  const requests: { path: string; headers: Record<string, string | string[] | undefined> }[] = [];
  let routes: Record<string, Answer> = {};
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    requests.push({ path: request.url ?? '', headers: request.headers });
    send(response, routes[path] ?? { status: 404, type: 'text/plain', body: 'not found' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    /** Paths without robots.txt, which no site here has. */
    asked: () => requests.map(({ path }) => path).filter((path) => !path.endsWith('/robots.txt')),
    answers(next: Record<string, Answer>) {
      routes = next;
      requests.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, { status = 200, type, body = '', headers, cut }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': type ?? (typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json'),
    ...headers,
  });
  response.end(cut ? text.slice(0, text.length / 2) : text);
}

export const GDELT = '/gdelt/api/v2/doc/doc';
export const NEWSAPI = '/newsapi/v2/everything';

/** An entry of GDELT's answer. */
export const found = (url: string, title: string, seendate = '20261118T091500Z') => ({
  url,
  title,
  seendate,
  domain: new URL(url).hostname,
  language: 'English',
  sourcecountry: 'United Kingdom',
});

/** A page with an article among the usual frame. */
export const page = (headline: string, text: string, head = '') => ({
  body: `<!doctype html><html lang="en-GB"><head><title>${headline}</title>${head}</head><body>
    <nav><a href="/">Home</a> <a href="/companies">Ordinary Kestrel Instruments Limited</a></nav>
    <main><article><h1>${headline}</h1>${text
      .split('\n')
      .map((paragraph) => `<p>${paragraph}</p>`)
      .join('')}</article></main>
    <footer>All about instruments.</footer></body></html>`,
});
