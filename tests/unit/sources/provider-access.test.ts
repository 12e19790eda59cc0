import type { IncomingMessage, RequestListener } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { SourceContext } from '@/lib/sources/define-source';
import { createCircuitBreaker } from '@/lib/sources/outbound/circuit-breaker';
import { parseJson } from '@/lib/sources/outbound/json-answer';
import { providerSource } from '@/lib/sources/provider-source';
import type { ProviderId } from '@/lib/sources/providers';
import { memoryCache } from '@/lib/sources/source-cache';
import { type ProviderServer, startProviderServer } from '../../support/provider-server';
import { sourceContext } from '../../support/source-context';

let provider: ProviderServer;
beforeAll(async () => {
  provider = await startProviderServer();
});
afterAll(() => provider.close());

type Overrides = NonNullable<Parameters<typeof sourceContext>[1]>;
const context = (overrides: Overrides = {}) => sourceContext(provider.url, overrides);
const open = (id: ProviderId, overrides: Overrides = {}) => context(overrides).provider(id);
const json: RequestListener = (_request, response) =>
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"found":true}');
const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(code, headers).end();
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error : new AppError('internal', { cause: error })),
  );

describe('a call to a provider', () => {
  beforeEach(() => provider.answerWith(json));

  it('goes to its own address and comes back as it is', async () => {
    expect(await open('gleif').get('/lei-records?page[size]=1')).toMatchObject({ status: 200, body: '{"found":true}' });
    expect(provider.requests.map(({ path }) => path)).toEqual(['/gleif/lei-records?page[size]=1']);
  });

  it('names an account in its address, and nothing but an account', async () => {
    await open('recruitee').get('/api/offers/', { account: 'example' });
    expect(provider.requests.map(({ path }) => path)).toEqual(['/recruitee/example/api/offers/']);
    const settings = { baseUrl: 'https://{account}.recruitee.com' };
    const real = open('recruitee', { channels: { recruitee: { settings } } });
    for (const account of ['', 'a.b', '../x', 'evil.example/', 'user@host', '127.0.0.1#', 'ä']) {
      expect(await failureOf(real.get('/', { account }))).toMatchObject({ code: 'address_refused' });
    }
  });

  it('sends a document, and asks for bytes, types and changes', async () => {
    const seen: IncomingMessage[] = [];
    let sent = '';
    provider.answerWith((request, response) => {
      seen.push(request);
      request.on('data', (chunk) => {
        sent += chunk;
      });
      request.on('end', () => response.end(Buffer.from([0, 255, 1])));
    });
    const answer = await open('google_places').post('/v1/places:searchText', { textQuery: 'Café' }, { binary: true });
    expect(answer).toMatchObject({ body: '', bytes: Buffer.from([0, 255, 1]) });
    expect(sent).toBe('{"textQuery":"Café"}');
    await open('gleif').get('/', { accept: 'application/xhtml+xml', etag: '"v1"' });
    expect(seen.map(({ method, headers }) => [method, headers.accept, headers['if-none-match']])).toEqual([
      ['POST', 'application/json', undefined],
      ['GET', 'application/xhtml+xml', '"v1"'],
    ]);
  });

  it('is possible without a key only where none is needed, or at a stand-in', () => {
    const publicly = (id: ProviderId, baseUrl: string) =>
      open(id, { channels: { [id]: { settings: { apiKey: undefined, baseUrl } } } });
    expect(publicly('newsapi', 'https://newsapi.org')).toMatchObject({ isConfigured: false, apiKey: undefined });
    expect(publicly('gleif', 'https://api.gleif.org/api/v1')).toMatchObject({
      isConfigured: true,
      origin: 'api.gleif.org',
    });
    expect(publicly('newsapi', provider.url)).toMatchObject({
      isConfigured: true,
      apiKey: 'sandbox',
      origin: 'sandbox',
    });
  });

  it.each([
    [401, 'provider_rejected'],
    [403, 'provider_rejected'],
    [402, 'provider_credits'],
    [500, 'provider_unavailable'],
    [503, 'provider_unavailable'],
    [429, 'provider_rate_limited'],
  ])('refused with %i fails with %s', async (code, expected) => {
    provider.answerWith(status(code));
    expect(await failureOf(open('gleif').get('/'))).toMatchObject({ code: expected });
  });

  it.each([304, 400, 404, 410, 422])('answered with %i is for the adapter to read', async (code) => {
    provider.answerWith(status(code));
    expect(await open('gleif').get('/')).toMatchObject({ status: code });
  });

  it('never waits for a redirect of what it sends', async () => {
    provider.answerWith(status(307, { Location: '/elsewhere' }));
    expect(await failureOf(open('google_places').post('/', {}))).toMatchObject({ code: 'provider_unavailable' });
    expect(provider.requests).toHaveLength(1);
  });
});

describe('too many requests', () => {
  const blockedBy = async (id: ProviderId, answer: RequestListener) => {
    const blocked: number[] = [];
    const block = async (until: Date) => void blocked.push(Math.round((until.getTime() - Date.now()) / 1_000));
    const budget = { take: async () => undefined, block };
    provider.answerWith(answer);
    const failure = await failureOf(open(id, { channels: { [id]: { budget } } }).get('/'));
    return { code: failure?.code, seconds: blocked[0] };
  };
  const soon = String(Math.round(Date.now() / 1_000) + 100);

  it.each<[string, ProviderId, RequestListener, number]>([
    ['the end of its window', 'companies_house', status(429, { 'X-Ratelimit-Reset': soon }), 100],
    ['a pause', 'find_a_tender', status(429, { 'Retry-After': '45' }), 45],
    ['nothing, for one window', 'gleif', status(429), 60],
    ['nothing, with its own word and time for it', 'contracts_finder', status(403), 300],
  ])('named by %s closes the budget until then', async (_, id, answer, seconds) => {
    const result = await blockedBy(id, answer);
    expect(result.code).toBe('provider_rate_limited');
    expect(Math.abs((result.seconds ?? 0) - seconds)).toBeLessThan(15);
  });
});

describe('a provider that is down', () => {
  it('is left alone after ten calls, and asked by one call when its pause is over', async () => {
    provider.answerWith(status(503, { 'Retry-After': '60' }));
    const changes: string[] = [];
    const breaker = createCircuitBreaker({
      provider: 'GLEIF',
      pausesMs: [150, 300],
      onChange: (state) => changes.push(state),
    });
    const access = open('gleif', { channels: { gleif: { breaker } } });
    for (let call = 0; call < 10; call += 1) await failureOf(access.get('/'));
    expect(provider.requests).toHaveLength(10);

    const left = await failureOf(access.get('/'));
    expect(left).toMatchObject({ code: 'provider_unavailable', detail: /left alone/, retryAt: expect.any(Date) });
    expect(provider.requests).toHaveLength(10);

    await expect.poll(async () => (await failureOf(access.get('/')))?.detail).toMatch(/did not answer/);
    expect(provider.requests).toHaveLength(11);
    expect(await failureOf(access.get('/'))).toMatchObject({ detail: /left alone/ });

    provider.answerWith(json);
    await expect.poll(() => failureOf(access.get('/'))).toBeNull();
    await Promise.all(Array.from({ length: 5 }, () => access.get('/')));
    expect(provider.requests).toHaveLength(6);
    expect(changes).toEqual(['open', 'closed']);
  });

  it('does not close the way to others, and answers that are refusals do not count', async () => {
    const access = context();
    provider.answerWith(status(404));
    for (let call = 0; call < 12; call += 1) await access.provider('gleif').get('/');
    provider.answerWith(status(401));
    for (let call = 0; call < 12; call += 1) await failureOf(access.provider('gleif').get('/'));
    provider.answerWith(json);
    expect(await access.provider('gleif').get('/')).toMatchObject({ status: 200 });
    expect(await access.provider('gazette').get('/')).toMatchObject({ status: 200 });
  });
});

describe('a source of a provider', () => {
  const HOUR_MS = 3_600_000;
  const START = Date.parse('2026-11-23T09:00:00Z');
  const source = providerSource({
    id: 'example.thing',
    provider: 'gleif',
    title: 'thing',
    lifetimeHours: 24,
    reliability: 0.9,
    sourceType: 'register',
    schema: z.object({ found: z.boolean() }),
    cacheKey: ({ companyName }) => companyName ?? '',
    async fetch(access, _input, _ctx, etag) {
      const answer = await access.get('/thing', { etag });
      if (answer.status === 304) return 'unchanged';
      if (answer.status === 404) return null;
      return { body: answer.body, json: parseJson(access.name, answer), etag: answer.headers.get('etag') };
    },
    page: () => 'https://search.gleif.org/thing',
    emptyReason: 'There is no such thing.',
    isEmpty: ({ found }) => !found,
  });
  const jobs = (cache = memoryCache()) => {
    return (hours: number, overrides: Overrides = {}, companyName = 'EXAMPLE') => {
      const now = () => new Date(START + hours * HOUR_MS);
      const ctx: SourceContext = context({ cache, now, ...overrides });
      return source.read(ctx, { companyNumber: '00000006', companyName });
    };
  };

  it('answers with where it comes from, and asks once as long as that is fresh', async () => {
    provider.answerWith(json);
    const read = jobs();
    const first = await read(0);
    expect(first).toMatchObject({
      outcome: 'ok',
      data: { found: true },
      origin: {
        title: 'GLEIF: thing',
        url: 'https://search.gleif.org/thing',
        retrievedAt: '2026-11-23T09:00:00.000Z',
        stale: false,
      },
    });
    expect(await read(23)).toEqual(first);
    await read(25);
    await read(23, {}, 'ANOTHER');
    expect(provider.requests).toHaveLength(3);
  });

  it('serves its last answer, marked, while the provider is down, limits us or is left alone', async () => {
    const read = jobs();
    provider.answerWith(json);
    const first = await read(0);
    if (first.outcome !== 'ok') throw new Error(first.outcome);
    const stale = { ...first, origin: { ...first.origin, stale: true } };
    for (const answer of [
      status(503),
      status(429),
      (_request, response) => response.end('<html>'),
    ] satisfies RequestListener[]) {
      provider.answerWith(answer);
      expect(await read(30)).toEqual(stale);
    }
    const open = { run: () => Promise.reject(new AppError('provider_unavailable', { detail: 'left alone' })) };
    expect(await read(30, { channels: { gleif: { breaker: open } } })).toEqual(stale);
    provider.answerWith(json);
    expect(await read(31)).toMatchObject({ origin: { stale: false } });
  });

  it('tells nothing, could-not-look and not-asked apart, each with a reason', async () => {
    const read = jobs();
    provider.answerWith((_request, response) => response.end('{"found":false}'));
    expect(await read(0)).toMatchObject({ outcome: 'empty', reason: 'There is no such thing.' });
    provider.answerWith(status(404));
    expect(await read(0, {}, 'B')).toMatchObject({ outcome: 'empty' });
    provider.answerWith((_request, response) => response.end('{"found":"perhaps"}'));
    expect(await read(0, {}, 'C')).toMatchObject({
      outcome: 'unavailable',
      code: 'provider_contract',
      reason: 'GLEIF answered in an unknown form (thing: found)',
    });
    provider.answerWith((_request, response) => response.end('{"found":'));
    expect(await read(0, {}, 'D')).toMatchObject({ outcome: 'unavailable', code: 'provider_contract' });
    provider.answerWith(status(429));
    expect(await read(0, {}, 'E')).toMatchObject({
      outcome: 'unavailable',
      code: 'provider_rate_limited',
      retryAt: expect.any(String),
    });
  });

  it('lets a job wait for a provider that reports cannot do without', async () => {
    const essential = providerSource({
      id: 'example.essential',
      provider: 'companies_house',
      title: 'thing',
      lifetimeHours: 1,
      reliability: 1,
      sourceType: 'register',
      schema: z.unknown(),
      fetch: async (access) => ({ body: '', json: await access.get('/') }),
      page: () => '',
      emptyReason: '',
    });
    provider.answerWith(status(429));
    expect(await failureOf(essential.read(context(), { companyNumber: '1' }))).toMatchObject({
      code: 'provider_rate_limited',
    });
  });

  it('keeps keys out of everything that is said about failures', async () => {
    const words = (error: unknown): string =>
      error instanceof Error ? `${error.stack} ${JSON.stringify(error)} ${words(error.cause)}` : String(error);
    const headers = { Authorization: 'Basic c2VjcmV0LWtleTo=', 'X-Api-Key': 'secret-key' };
    provider.answerWith((_request, response) => response.destroy());
    const settings = { baseUrl: 'http://name:secret-key@127.0.0.1:9' };
    const failures = [
      await failureOf(open('gleif').get('/?key=secret-key', { headers })),
      await failureOf(open('gleif', { channels: { gleif: { settings } } }).get('/?key=secret-key', { headers })),
      await failureOf(open('gleif').get('/', { headers: { 'X-Api-Key': 'secret-key\n' } })),
      await failureOf(open('gleif').get('/', { headers: { 'X-Api-Key': 'secret-key\u0000x' } })),
    ];
    for (const failure of failures) {
      expect(failure).toMatchObject({ code: 'provider_unavailable' });
      expect(words(failure)).not.toMatch(/secret-key|c2VjcmV0/);
    }
  });
});
