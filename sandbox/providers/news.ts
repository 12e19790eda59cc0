import { z } from 'zod';
import { admitAnyone, gatewayPage, type Provider, refuse, whole } from '../provider';

const articles = z.looseObject({ articles: z.array(z.unknown()) });

/** Recordings are named after the phrase that is searched for, without a legal form, such as `demo-compass-robotics.json`. */
function nameOf(query: string): string {
  const phrase = /"([^"]+)"/.exec(query)?.[1] ?? query;
  return phrase
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .replace(/-(?:limited|ltd|plc|llp|c-i-c|cic)$/, '');
}

/** GDELT's document search. Its errors are plain text with status 200, and nothing found is `{}`. */
export const gdelt: Provider = {
  name: 'gdelt',
  rate: { limit: 1, windowSeconds: 4.5 },
  admit: admitAnyone,
  async answer(c, path, { recordings }) {
    if (!path.endsWith('/doc')) return refuse(gdelt, 404);
    const query = c.req.query('query') ?? '';
    if (nameOf(query).length < 3) return plain('The specified phrase is too short.');
    const recording = await recordings.find('gdelt', `/doc/${nameOf(query)}`);
    const found = articles.safeParse(recording?.body);
    if (!found.success) return Response.json({});
    const size = Math.min(whole(c.req.query('maxrecords'), 75) || 75, 250);
    return Response.json({ articles: found.data.articles.slice(0, size) });
  },
  failure: gatewayPage,
  limited: () => {
    const words = 'Please limit requests to one every 5 seconds or contact us for larger queries.';
    return new Response(words, { status: 429, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
  },
  failureInSuccess: () => ({
    contentType: 'text/html; charset=utf-8',
    body: 'Your query was too short or too long.',
  }),
};

function plain(words: string): Response {
  return new Response(words, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

const NEWSAPI_CODES: Record<number, string> = {
  400: 'parametersMissing',
  401: 'apiKeyInvalid',
  426: 'parameterInvalid',
  429: 'rateLimited',
};

/** NewsAPI's search: 100 requests a day on its free plan. */
export const newsapi: Provider = {
  name: 'newsapi',
  rate: { limit: 100, windowSeconds: 86_400 },
  admit(c) {
    const key = c.req.header('x-api-key') ?? c.req.query('apiKey');
    if (key !== undefined && key !== '') return key;
    return Response.json(
      { status: 'error', code: 'apiKeyMissing', message: 'Your API key is missing.' },
      { status: 401 },
    );
  },
  async answer(c, path, { recordings }) {
    if (!path.endsWith('/everything')) return refuse(newsapi, 404);
    const query = c.req.query('q') ?? '';
    if (query === '') return refuse(newsapi, 400);
    const recording = await recordings.find('newsapi', `/everything/${nameOf(query)}`);
    const found = articles.safeParse(recording?.body).data?.articles ?? [];
    const size = Math.min(whole(c.req.query('pageSize'), 100) || 100, 100);
    const start = (Math.max(whole(c.req.query('page'), 1), 1) - 1) * size;
    return Response.json({ status: 'ok', totalResults: found.length, articles: found.slice(start, start + size) });
  },
  failure(status) {
    const code = NEWSAPI_CODES[status] ?? 'unexpectedError';
    return {
      contentType: 'application/json',
      body: JSON.stringify({ status: 'error', code, message: `Error ${status}` }),
    };
  },
  limited: () => refuse(newsapi, 429),
  failureInSuccess: () => newsapi.failure(500),
};
