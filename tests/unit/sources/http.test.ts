import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpRequest, sendRequest } from '@/lib/sources/http';
import { createOutboundGuard } from '@/lib/sources/outbound/outbound-guard';
import { retryAfter } from '@/lib/sources/outbound/retry-after';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server on a free port that keeps the requests it got. */
async function serve(answer: RequestListener): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, requests };
}

const get = (url: string, overrides: Partial<HttpRequest> = {}) =>
  sendRequest({ provider: 'Example Provider', url: new URL(url), signal: new AbortController().signal, ...overrides });
const secret = { headers: { Authorization: 'Basic c2VjcmV0Og==' } };

describe('a request to a provider', () => {
  it('says who asks and passes credentials on', async () => {
    const { url, requests } = await serve((_request, response) => response.end('{}'));
    expect(await get(url, secret)).toMatchObject({ status: 200, body: '{}' });
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Basic c2VjcmV0Og==', 'user-agent': /^oppSpot\// });
  });

  it('follows redirects within the provider', async () => {
    const { url, requests } = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(301, { Location: '/new' }).end();
      else response.end('here');
    });
    expect(await get(`${url}/old`, secret)).toMatchObject({ status: 200, body: 'here' });
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill('Basic c2VjcmV0Og=='));
  });

  it('never shows credentials to another host', async () => {
    const storage = await serve((_request, response) => response.end('document'));
    const { url } = await serve((_request, response) =>
      response.writeHead(302, { Location: `${storage.url}/file` }).end(),
    );
    const ports = [url, storage.url].map((address) => Number(new URL(address).port));
    const guard = createOutboundGuard({ ports, isAllowed: () => true });
    const keys = { headers: { ...secret.headers, 'X-Api-Key': 'secret' } };
    expect(await get(url, { ...keys, guard })).toMatchObject({ body: 'document', url: `${storage.url}/file` });
    expect(storage.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(storage.requests[0]?.headers).not.toHaveProperty('x-api-key');
  });

  it.each([
    'http://169.254.169.254/latest/',
    'http://10.0.0.1/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'file:///etc/passwd',
    'http://',
  ])('is not led to %s', async (location) => {
    const { url, requests } = await serve((_request, response) =>
      response.writeHead(302, { Location: location }).end(),
    );
    await expect(get(url)).rejects.toMatchObject({ code: 'provider_unavailable', detail: /not allowed/ });
    expect(requests).toHaveLength(1);
  });

  it('gives up on a circle of redirects', async () => {
    const { url, requests } = await serve((_request, response) =>
      response.writeHead(302, { Location: '/again' }).end(),
    );
    await expect(get(url)).rejects.toMatchObject({ detail: 'Example Provider redirected too often' });
    expect(requests).toHaveLength(6);
  });

  it('reads no more than its limit', async () => {
    const { url } = await serve((_request, response) => response.end('x'.repeat(2_000)));
    await expect(get(url, { maxBytes: 1_000 })).rejects.toMatchObject({ code: 'provider_contract' });
  });

  it('reads text over the borders of chunks', async () => {
    const { url } = await serve((_request, response) => {
      const bytes = Buffer.from('{"name":"Café"}');
      response.write(bytes.subarray(0, 13));
      setImmediate(() => response.end(bytes.subarray(13)));
    });
    expect((await get(url)).body).toBe('{"name":"Café"}');
  });

  it('waits as long as the provider asks, when that is short', async () => {
    let left = 1;
    const { url, requests } = await serve((_request, response) => {
      left -= 1;
      response.writeHead(left < 0 ? 200 : 503, { 'Retry-After': '1' }).end();
    });
    const started = performance.now();
    expect(await get(url)).toMatchObject({ status: 200 });
    expect(performance.now() - started).toBeGreaterThan(900);
    expect(requests).toHaveLength(2);
  });

  it('leaves a longer wait to the queue, and says until when', async () => {
    const { url, requests } = await serve((_request, response) =>
      response.writeHead(503, { 'Retry-After': '90' }).end(),
    );
    const failure = get(url);
    await expect(failure).rejects.toMatchObject({ code: 'provider_unavailable', retryAt: expect.any(Date) });
    expect(requests).toHaveLength(1);
  });

  it('pays for every attempt, and makes none without the means', async () => {
    const { url, requests } = await serve((_request, response) => response.writeHead(500).end());
    let budget = 2;
    const spend = async () => {
      if (budget === 0) throw new Error('used up');
      budget -= 1;
    };
    await expect(get(url, { spend })).rejects.toThrow('used up');
    expect(requests).toHaveLength(2);
  });
});

describe('the time that a provider names', () => {
  const now = Date.UTC(2026, 2, 1, 12);
  const DAY_MS = 24 * 60 * 60_000;
  const read = (text: string) => retryAfter(new Headers({ 'retry-after': text }), now)?.getTime();

  it.each([
    ['seconds', '90', now + 90_000],
    ['nothing to wait for', '0', now],
    ['a date', 'Sun, 01 Mar 2026 12:05:00 GMT', now + 300_000],
    ['the obsolete date of RFC 850', 'Sunday, 01-Mar-26 12:05:00 GMT', now + 300_000],
    ['the obsolete date of asctime', 'Sun Mar  1 12:05:00 2026', now + 300_000],
    ['a date that has passed', 'Sun, 06 Nov 1994 08:49:37 GMT', now],
    ['ten years', '315360000', now + DAY_MS],
    ['more seconds than a date can hold', '9'.repeat(30), now + DAY_MS],
    ['a date far ahead', 'Fri, 31 Dec 9999 23:59:59 GMT', now + DAY_MS],
  ])('is read when it is %s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each(['-1', 'soon', '1.5', 'Monday', '', '2026-03-01'])('is not guessed from "%s"', (text) => {
    expect(read(text)).toBeUndefined();
  });
});
