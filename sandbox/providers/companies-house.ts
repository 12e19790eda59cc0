import type { Context } from 'hono';
import { z } from 'zod';
import { gatewayPage, type Provider, type ProviderTools, whole } from '../provider';
import type { WindowState } from '../rate-window';
import { searchCompanies } from './companies-house-search';

const NAME = 'companies-house';
const list = z.looseObject({ items: z.array(z.looseObject({})) });
const profile = z.looseObject({ etag: z.string().nullish() });

/** Items on a page when the request does not say. */
const PAGE_SIZES: Record<string, number> = {
  officers: 35,
  'filing-history': 25,
  'persons-with-significant-control': 25,
  'persons-with-significant-control-statements': 25,
  charges: 25,
};
const NOT_FOUND: Record<string, string> = {
  profile: 'company-profile-not-found',
  insolvency: 'company-insolvencies-not-found',
};

/** Companies House's Public Data API: the read endpoints that the product uses, and any other that was recorded. */
export const companiesHouse: Provider = {
  name: NAME,
  rate: { limit: 600, windowSeconds: 300 },
  admit: (c) => basicAuthKey(c.req.header('authorization')) ?? c.json(errorBody('invalid-authorization-header'), 401),
  async answer(c, path, tools) {
    if (c.req.method !== 'GET') return c.json(errorBody('invalid-http-method'), 405);
    if (path === '/search/companies') return searchCompanies(c, tools.recordings);
    const [, number, resource, id] = /^\/company\/([^/]+)(?:\/([^/]+))?(?:\/(.+))?$/.exec(path) ?? [];
    if (number === undefined) return answerRecorded(c, path, tools);
    if (resource === undefined) return answerProfile(c, path, tools);
    if (resource === 'filing-history' && id !== undefined) return answerFiling(c, number, id, tools);
    if (resource === 'registered-office-address') return answerAddress(c, number, tools);
    if (id === undefined && PAGE_SIZES[resource] !== undefined) return answerList(c, path, resource, tools);
    return answerRecorded(c, path, tools);
  },
  failure(status) {
    if (status >= 502) return gatewayPage(status);
    const codes: Record<number, string> = {
      401: 'invalid-authorization-header',
      403: 'access-denied',
      404: NOT_FOUND.profile ?? '',
    };
    if (status === 429) return { contentType: 'application/json', body: '' };
    return {
      contentType: 'application/json',
      body: JSON.stringify(errorBody(codes[status] ?? 'internal-server-error')),
    };
  },
  limited: (window) => new Response(null, { status: 429, headers: windowHeaders(window) }),
  windowHeaders,
};

function errorBody(error: string) {
  return { errors: [{ error, type: 'ch:service' }] };
}

function windowHeaders({ limit, remaining, resetAt }: WindowState): Record<string, string> {
  return {
    'X-Ratelimit-Limit': String(limit),
    'X-Ratelimit-Remain': String(Math.max(remaining, 0)),
    'X-Ratelimit-Reset': String(resetAt),
    'X-Ratelimit-Window': '5m',
    Server: 'CompaniesHouse',
  };
}

/** The API key: the user name of Basic authentication, whose password is empty. */
export function basicAuthKey(header: string | undefined): string | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  const [key] = encoded === undefined ? [] : Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return key === undefined || key === '' ? null : key;
}

function notFound(c: Context, resource: string): Response {
  return c.json(errorBody(NOT_FOUND[resource] ?? `company-${resource}-not-found`), 404);
}

async function answerRecorded(c: Context, path: string, { recordings }: ProviderTools): Promise<Response> {
  const recording = await recordings.find(NAME, path);
  if (recording === null) return notFound(c, path.split('/')[3] ?? 'profile');
  return Response.json(recording.body, { status: recording.status });
}

async function answerProfile(c: Context, path: string, { recordings }: ProviderTools): Promise<Response> {
  const recording = await recordings.find(NAME, path);
  if (recording === null) return notFound(c, 'profile');
  const etag = profile.safeParse(recording.body).data?.etag;
  if (recording.status !== 200 || !etag) return Response.json(recording.body, { status: recording.status });
  const headers = { ETag: `"${etag}"` };
  if (c.req.header('if-none-match') === headers.ETag) return c.body(null, 304, headers);
  return Response.json(recording.body, { headers });
}

async function answerList(
  c: Context,
  path: string,
  resource: string,
  { recordings }: ProviderTools,
): Promise<Response> {
  const recording = await recordings.find(NAME, path);
  if (recording === null) return notFound(c, resource);
  const recorded = list.safeParse(recording.body);
  if (recording.status !== 200 || !recorded.success) return Response.json(recording.body, { status: recording.status });
  const categories = c.req.query('category')?.split(',');
  const items = recorded.data.items.filter(
    (item) => categories === undefined || categories.includes(String(item.category)),
  );
  const start = whole(c.req.query('start_index'), 0);
  const size = Math.min(Math.max(whole(c.req.query('items_per_page'), PAGE_SIZES[resource] ?? 25), 1), 100);
  const page: Record<string, unknown> = { ...recorded.data, items: items.slice(start, start + size) };
  if ('start_index' in page) page.start_index = start;
  if ('items_per_page' in page) page.items_per_page = size;
  if (categories !== undefined) page.total_count = items.length;
  return Response.json(page);
}

async function answerFiling(c: Context, number: string, id: string, tools: ProviderTools): Promise<Response> {
  const own = await tools.recordings.find(NAME, `/company/${number}/filing-history/${id}`);
  if (own !== null) return Response.json(own.body, { status: own.status });
  const history = await tools.recordings.find(NAME, `/company/${number}/filing-history`);
  const item = list.safeParse(history?.body).data?.items.find((candidate) => candidate.transaction_id === id);
  return item === undefined ? notFound(c, 'filing-history') : Response.json(item);
}

async function answerAddress(c: Context, number: string, tools: ProviderTools): Promise<Response> {
  const own = await tools.recordings.find(NAME, `/company/${number}/registered-office-address`);
  if (own !== null) return Response.json(own.body, { status: own.status });
  const recording = await tools.recordings.find(NAME, `/company/${number}`);
  const address = z.looseObject({ registered_office_address: z.looseObject({}) }).safeParse(recording?.body);
  if (!address.success) return notFound(c, 'registered-office-address');
  const links = { self: `/company/${number}/registered-office-address` };
  return Response.json({ kind: 'registered-office-address', links, ...address.data.registered_office_address });
}
