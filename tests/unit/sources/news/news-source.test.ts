import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articleOrigin, newsReliability, newsSource } from '@/lib/sources/news/news-source';
import { memoryCache } from '@/lib/sources/source-cache';
import { hasSharedData, sharedData } from '../../../support/shared-data';
import { sourceContext } from '../../../support/source-context';
import { found, GDELT, NEWSAPI, type NewsServer, page, startNewsServer } from './news-server';

const NOW = new Date('2026-11-23T09:00:00Z');
const company = { companyNumber: '01234567', companyName: 'ORDINARY KESTREL INSTRUMENTS LIMITED' };
const COURIER = 'https://www.courier.example/2026/kestrel-opens';
const STORY =
  'Ordinary Kestrel Instruments has opened a second factory in Nowhere. The maker of scales spent two million pounds on it, its owner said on Tuesday.\nAbout forty people will work there from the spring, most of them engineers from the region around the town.';

let server: NewsServer;
beforeAll(async () => {
  server = await startNewsServer();
});
afterAll(() => server.close());

type Options = NonNullable<Parameters<typeof sourceContext>[1]>;
const context = (options: Options = {}) => sourceContext(server.url, { now: () => NOW, ...options });
const noNewsApi: Options = {
  channels: { newsapi: { settings: { apiKey: undefined, baseUrl: 'https://newsapi.org' } } },
};
const read = (options: Options = noNewsApi, input: Parameters<typeof newsSource.read>[1] = company) =>
  newsSource.read(context(options), input);
const articles = (...list: unknown[]) => ({ body: { articles: list } });

describe('an article that GDELT found', () => {
  it('counts once its own text names the company, with the sentence that does', async () => {
    server.answers({
      [GDELT]: articles(found(`${COURIER}?utm_source=x`, 'Scales maker opens factory')),
      '/web/www.courier.example/2026/kestrel-opens': page(
        'Scales maker opens factory',
        STORY,
        '<meta property="article:published_time" content="2026-11-17T06:00:00+00:00">',
      ),
    });
    const outcome = await read();
    expect(outcome).toMatchObject({
      outcome: 'ok',
      data: {
        articles: [
          {
            url: COURIER,
            outlet: 'courier.example',
            date: '2026-11-17T06:00:00.000Z',
            date_is: 'published',
            match: 'name',
            named_in: 'article',
            quote: 'Ordinary Kestrel Instruments has opened a second factory in Nowhere.',
            copies: [],
          },
        ],
        unread: 0,
      },
      origin: { source: 'news.articles', sourceType: 'news', reliability: 0.6, stale: false },
    });
  });

  it('does not count for its headline, for one keyword, or for what stands around the article', async () => {
    server.answers({
      [GDELT]: articles(
        found('https://a.example/1', 'Ordinary Kestrel Instruments in the news'),
        found('https://b.example/2', 'Kestrels'),
      ),
      '/web/a.example/1': page('A headline', 'The text is about something else altogether.'),
      '/web/b.example/2': page('Kestrels', 'An ordinary kestrel hunts without instruments.'),
    });
    expect(await read()).toMatchObject({ outcome: 'empty' });
  });

  it('is not taken when its page asks not to be quoted', async () => {
    server.answers({
      [GDELT]: articles(found(COURIER, 'Opens')),
      '/web/www.courier.example/2026/kestrel-opens': page('Opens', STORY, '<meta name="robots" content="nosnippet">'),
    });
    expect(await read()).toMatchObject({ outcome: 'empty' });
  });

  it('is asked for with the whole name as a phrase, without its legal form', async () => {
    server.answers({ [GDELT]: { body: {} } });
    expect(await read()).toMatchObject({ outcome: 'empty' });
    const query = new URL(server.asked()[0] ?? '', server.url).searchParams;
    expect(query.get('query')).toBe('"ordinary kestrel instruments" sourcecountry:UK sourcelang:english');
    expect(query.get('format')).toBe('json');
  });

  it.runIf(hasSharedData)('is read from an answer of its shape; broken entries are left out (gdelt.json)', async () => {
    const body = JSON.parse(readFileSync(sharedData('news', 'gdelt.json'), 'utf8'));
    server.answers({
      [GDELT]: { body },
      '/web/paper.example/news/flood-barriers-report': page('Flood', STORY),
      '/web/tribune.example/story/flood-costs': page('Costs', 'Nothing about the company.'),
    });
    const outcome = await newsSource.read(
      sourceContext(server.url, { now: () => new Date('2026-07-20T00:00:00Z'), ...noNewsApi }),
      company,
    );
    expect(outcome).toMatchObject({
      outcome: 'ok',
      data: {
        articles: [
          {
            url: 'https://paper.example/news/flood-barriers-report',
            date: '2026-07-08T10:15:00.000Z',
            date_is: 'seen',
          },
        ],
      },
    });
    expect(server.asked().some((path) => path.includes('not-a-url'))).toBe(false);
  });
});

describe('copies of one text', () => {
  it('are one article, be it under the same headline or another', async () => {
    const [agency, paper, blog] = ['https://agency.example/1', 'https://paper.example/2', 'https://blog.example/3'];
    server.answers({
      [GDELT]: articles(
        found(paper, 'Kestrel opens its second factory - Paper', '20261118T100000Z'),
        found(agency, 'Kestrel opens its second factory', '20261118T080000Z'),
        found(blog, 'A factory for Nowhere', '20261119T080000Z'),
      ),
      '/web/agency.example/1': page('Kestrel opens its second factory', STORY),
      '/web/paper.example/2': page('Kestrel opens its second factory', STORY),
      '/web/blog.example/3': page('A factory for Nowhere', `Seen at the agency.\n${STORY}`),
    });
    const outcome = await read();
    if (outcome.outcome !== 'ok') throw new Error(outcome.outcome);
    expect(outcome.data.articles.map(({ url }) => url)).toEqual([agency]);
    expect(outcome.data.articles[0]?.copies.map(({ outlet }) => outlet).sort()).toEqual([
      'blog.example',
      'paper.example',
    ]);
    expect(outcome.origin.reliability).toBe(0.6);
  });

  it('are not what two outlets wrote on their own: those confirm each other', async () => {
    server.answers({
      [GDELT]: articles(found('https://a.example/1', 'One'), found('https://b.example/2', 'Two')),
      '/web/a.example/1': page('One', STORY),
      '/web/b.example/2': page(
        'Two',
        'Work at a plant for scales begins soon. We visited Ordinary Kestrel Instruments and saw empty halls, fresh paint and a lot of cable on the floors.',
      ),
    });
    const outcome = await read();
    if (outcome.outcome !== 'ok') throw new Error(outcome.outcome);
    expect(outcome.data.articles).toHaveLength(2);
    expect(outcome.origin.reliability).toBe(0.8);
    const [first] = outcome.data.articles;
    if (first === undefined) throw new Error('no article');
    expect(articleOrigin(outcome.origin, first).url).toBe(first.url);
    expect(newsReliability([first])).toBe(0.6);
  });
});

describe('feeds', () => {
  const FEED = 'https://feed.example/rss';
  const rss = (items: string) => ({
    type: 'application/rss+xml',
    body: `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://feed.example</link>${items}</channel></rss>`,
    headers: { ETag: '"v1"', 'Last-Modified': 'Wed, 18 Nov 2026 09:00:00 GMT' },
  });
  const item = `<item><title>New factory</title><link>https://feed.example/story?utm_source=rss</link>
    <description>&lt;p&gt;Ordinary Kestrel Instruments &amp;amp; friends open a factory.&lt;/p&gt;</description>
    <pubDate>Wed, 18 Nov 2026 09:15:00 GMT</pubDate></item>`;
  const other = '<item><title>Kestrels in spring</title><link>https://feed.example/birds</link></item>';

  it('are looked through for the name; other items are not opened', async () => {
    server.answers({
      [GDELT]: { body: {} },
      '/web/feed.example/rss': rss(item + other),
      '/web/feed.example/story': page('New factory', STORY),
    });
    const outcome = await read({ ...noNewsApi, newsFeeds: [FEED] });
    expect(outcome).toMatchObject({
      outcome: 'ok',
      data: { articles: [{ url: 'https://feed.example/story', channel: 'feeds', date: '2026-11-18T09:15:00.000Z' }] },
    });
    expect(server.asked().some((path) => path.includes('birds'))).toBe(false);
  });

  it('name a company in an excerpt where the article itself cannot be opened', async () => {
    server.answers({ [GDELT]: { body: {} }, '/web/feed.example/rss': rss(item) });
    const outcome = await read({ ...noNewsApi, newsFeeds: [FEED] });
    expect(outcome).toMatchObject({
      data: {
        articles: [
          {
            named_in: 'excerpt',
            quote: 'Ordinary Kestrel Instruments & friends open a factory.',
            date_is: 'published',
          },
        ],
      },
    });
  });

  it('are asked for once for all companies, and then only whether they have changed', async () => {
    const cache = memoryCache();
    let now = NOW;
    const options: Options = { ...noNewsApi, cache, newsFeeds: [FEED], now: () => now };
    const routes = { [GDELT]: { body: {} }, '/web/feed.example/rss': rss(item) };
    server.answers(routes);
    await read(options);
    await read(options, { companyNumber: '07654321', companyName: 'QUITE ANOTHER KETTLE LIMITED' });
    const feeds = () => server.requests.filter(({ path }) => path === '/web/feed.example/rss');
    expect(feeds()).toHaveLength(1);

    now = new Date(NOW.getTime() + 7 * 3_600_000);
    server.answers({ ...routes, '/web/feed.example/rss': { status: 304 } });
    expect(await read(options)).toMatchObject({ outcome: 'ok', data: { articles: [{ channel: 'feeds' }] } });
    expect(feeds()[0]?.headers).toMatchObject({
      'if-none-match': '"v1"',
      'if-modified-since': 'Wed, 18 Nov 2026 09:00:00 GMT',
    });
  });

  it('may be Atom', async () => {
    const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry>
      <title type="html">Ordinary Kestrel Instruments &amp;amp; scales</title><id>tag:1</id><updated>2026-11-18T09:15:00Z</updated>
      <link rel="self" href="/self"/><link rel="alternate" href="/story"/><summary>Short.</summary></entry></feed>`;
    server.answers({
      [GDELT]: { body: {} },
      '/web/feed.example/rss': { type: 'application/atom+xml', body: atom },
      '/web/feed.example/story': page('X', STORY),
    });
    expect(await read({ ...noNewsApi, newsFeeds: [FEED] })).toMatchObject({
      data: { articles: [{ url: 'https://feed.example/story', title: 'Ordinary Kestrel Instruments & scales' }] },
    });
  });

  it.runIf(hasSharedData)('are read from a feed of three items (rss_worldnews.xml)', async () => {
    server.answers({
      [GDELT]: { body: {} },
      '/web/feed.example/rss': {
        type: 'application/rss+xml',
        body: readFileSync(sharedData('news', 'rss_worldnews.xml'), 'utf8'),
      },
      '/web/outlet-one.example/news/flood-barriers': page(
        'Coastal cities',
        'The prototype barriers come from Coastal Cities Test Limited, engineers of the town said in the harbour on Monday afternoon.',
      ),
    });
    const outcome = await newsSource.read(
      sourceContext(server.url, { ...noNewsApi, newsFeeds: [FEED], now: () => new Date('2026-07-20T00:00:00Z') }),
      { companyNumber: '01234567', companyName: 'COASTAL CITIES TEST LIMITED' },
    );
    expect(outcome).toMatchObject({
      outcome: 'ok',
      data: {
        articles: [
          {
            url: 'https://outlet-one.example/news/flood-barriers',
            date: '2026-07-08T09:15:00.000Z',
            match: 'legal_name',
          },
        ],
      },
    });
  });

  it.each([
    ['a page', { body: '<html><body>Log in</body></html>' }],
    ['something else in XML', { type: 'application/xml', body: '<a><b/></a>' }],
    ['a damaged feed', { type: 'application/rss+xml', body: '<rss version="2.0"><channel><item><title>x' }],
    ['nothing', { status: 404 }],
  ])('that send %s are reported as such, and no news is not concluded from it', async (_name, answer) => {
    server.answers({ [GDELT]: { body: {} }, '/web/feed.example/rss': answer });
    expect(await read({ ...noNewsApi, newsFeeds: [FEED] })).toMatchObject({
      outcome: 'unavailable',
      code: 'provider_contract',
    });
  });
});

describe('NewsAPI', () => {
  const answer = (...list: object[]) => ({ body: { status: 'ok', totalResults: list.length, articles: list } });
  const entry = {
    source: { id: null, name: 'Courier' },
    title: 'Scales maker opens factory',
    description: 'Ordinary Kestrel Instruments has opened a second factory.',
    url: COURIER,
    publishedAt: '2026-11-17T06:00:00Z',
    content: 'Ordinary Kestrel Instruments has opened a second fac… [+1200 chars]',
  };

  it('is not asked without a key', async () => {
    server.answers({ [GDELT]: { body: {} } });
    await read();
    expect(server.asked().some((path) => path.startsWith('/newsapi'))).toBe(false);
  });

  it('is asked with the key in a header, never in the address', async () => {
    server.answers({ [GDELT]: { body: {} }, [NEWSAPI]: answer(entry) });
    const outcome = await read({});
    expect(outcome).toMatchObject({ data: { articles: [{ channel: 'newsapi', named_in: 'excerpt' }] } });
    const [asked] = server.requests.filter(({ path }) => path.startsWith('/newsapi'));
    expect(asked?.headers['x-api-key']).toBe('test-key');
    expect(asked?.path).not.toContain('test-key');
  });

  it('and GDELT may find the same article: it is one', async () => {
    server.answers({
      [GDELT]: articles(found(COURIER, 'Scales maker opens factory')),
      [NEWSAPI]: answer(entry),
      '/web/www.courier.example/2026/kestrel-opens': page('Scales maker opens factory', STORY),
    });
    const outcome = await read({});
    expect(outcome).toMatchObject({ data: { articles: [{ url: COURIER, copies: [] }] } });
    expect(server.asked().filter((path) => path.startsWith('/web/'))).toHaveLength(1);
  });

  it.each([
    ['apiKeyInvalid', 'provider_rejected'],
    ['apiKeyExhausted', 'provider_rate_limited'],
    ['rateLimited', 'provider_rate_limited'],
    ['unexpectedError', 'provider_unavailable'],
    ['sourcesTooMany', 'provider_contract'],
  ])('says %s: nothing is concluded from it', async (code, expected) => {
    server.answers({ [GDELT]: { body: {} }, [NEWSAPI]: { body: { status: 'error', code, message: 'x' } } });
    expect(await read({})).toMatchObject({ outcome: 'unavailable', code: expected });
  });
});

describe('failures', () => {
  it.each([
    [
      'a plain text about too many requests, with status 200',
      { body: 'Please limit requests to one every 5 seconds.' },
      'provider_rate_limited',
    ],
    ['another plain text with status 200', { body: 'Timespan is in an unknown form.' }, 'provider_contract'],
    ['a page', { body: '<html><body>Down</body></html>' }, 'provider_contract'],
    ['half an answer', { body: { articles: [found(COURIER, 'x')] }, cut: true as const }, 'provider_contract'],
    ['another shape', { body: { articles: 'none' } }, 'provider_contract'],
    ['another object', { body: { results: [] } }, 'provider_contract'],
    ['a list', { body: [] }, 'provider_contract'],
    ['nothing', { body: '' }, 'provider_contract'],
  ])('GDELT answers with %s: that is no silence', async (_name, answer, code) => {
    server.answers({ [GDELT]: answer });
    expect(await read()).toMatchObject({ outcome: 'unavailable', code });
  });

  it('GDELT does not take the name as a question: nothing is concluded from that', async () => {
    server.answers({ [GDELT]: { body: 'The specified phrase is too short.' } });
    expect(await read()).toMatchObject({
      outcome: 'unavailable',
      reason: "GDELT does not take this company's name as a question",
    });
  });

  it('one channel is down, another one finds something: that is told, and which was down', async () => {
    server.answers({
      [GDELT]: { body: 'Timespan is in an unknown form.' },
      '/web/feed.example/rss': {
        type: 'application/rss+xml',
        body: `<rss version="2.0"><channel><title>T</title><item><title>x</title><link>https://feed.example/story</link>
          <description>Ordinary Kestrel Instruments opens a factory.</description></item></channel></rss>`,
      },
    });
    const outcome = await read({ ...noNewsApi, newsFeeds: ['https://feed.example/rss'] });
    expect(outcome).toMatchObject({
      outcome: 'ok',
      data: {
        channels: [
          { channel: 'gdelt', outcome: 'unavailable' },
          { channel: 'newsapi', outcome: 'skipped', reason: 'NewsAPI key not configured' },
          { channel: 'feeds', outcome: 'ok' },
        ],
      },
    });
  });

  it('articles were found and none could be opened: that is no silence either', async () => {
    server.answers({
      [GDELT]: articles(found(COURIER, 'Kestrel')),
      '/web/www.courier.example/2026/kestrel-opens': { status: 503 },
    });
    expect(await read()).toMatchObject({ outcome: 'unavailable', code: 'provider_unavailable' });
  });

  it('a site that keeps programs out is not opened', async () => {
    server.answers({
      [GDELT]: articles(found(COURIER, 'Kestrel')),
      '/web/www.courier.example/robots.txt': { type: 'text/plain', body: 'User-agent: *\nDisallow: /' },
      '/web/www.courier.example/2026/kestrel-opens': page('x', STORY),
    });
    expect(await read()).toMatchObject({ outcome: 'unavailable', code: 'robots_disallowed' });
    expect(server.asked().filter((path) => path.startsWith('/web/'))).toEqual([]);
  });

  it('no more than eight stories are opened for one company', async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      found(`https://s${index}.example/a`, `Story number ${index}`),
    );
    server.answers({ [GDELT]: articles(...many) });
    await read();
    expect(server.asked().filter((path) => path.startsWith('/web/'))).toHaveLength(8);
  });

  it('an address that is not public is not opened, whoever names it', async () => {
    server.answers({ [GDELT]: articles(found('http://169.254.169.254/latest', 'Kestrel')) });
    expect(await read()).toMatchObject({ outcome: 'empty' });
    expect(server.asked().filter((path) => path.startsWith('/web/'))).toEqual([]);
  });

  it('a name that is too short or not known is not searched', async () => {
    server.answers({ [GDELT]: { body: {} } });
    expect(await read({}, { companyNumber: '1' })).toMatchObject({ outcome: 'skipped' });
    expect(await read({}, { companyNumber: '1', companyName: 'BP PLC' })).toMatchObject({ outcome: 'skipped' });
    expect(server.requests).toEqual([]);
  });

  it('a job that must stop stops, with its own reason', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    controller.abort(reason);
    await expect(read({ signal: controller.signal })).rejects.toBe(reason);
  });

  it('what was found serves for six hours, and when GDELT is down afterwards, marked', async () => {
    const cache = memoryCache();
    let now = NOW;
    const options: Options = { ...noNewsApi, cache, now: () => now };
    server.answers({
      [GDELT]: articles(found(COURIER, 'Kestrel')),
      '/web/www.courier.example/2026/kestrel-opens': page('x', STORY),
    });
    await read(options);
    server.answers({ [GDELT]: { body: 'Something is wrong.' } });
    expect(await read(options)).toMatchObject({ outcome: 'ok', origin: { stale: false } });
    expect(server.requests).toEqual([]);
    now = new Date(NOW.getTime() + 7 * 3_600_000);
    expect(await read(options)).toMatchObject({ outcome: 'ok', origin: { stale: true } });
  });
});
