import type { Context } from 'hono';
import { z } from 'zod';
import { admitAnyone, gatewayPage, type Provider, type ProviderTools, refuse, whole } from '../provider';

const entry = z.looseObject({
  id: z.string(),
  'f:notice-code': z.string().nullish(),
  title: z.string().nullish(),
  content: z.string().nullish(),
  published: z.string().nullish(),
  updated: z.string().nullish(),
});

/** The Gazette's notice feed. Recordings are `gazette/notices/<id>.json`, one entry of the feed each. */
export const gazette: Provider = {
  name: 'gazette',
  admit: admitAnyone,
  async answer(c, path, tools) {
    if (/^\/[\w-]+(?:\/[\w-]+)?\/notice(?:\/data\.json)?$/.test(path)) return answerFeed(c, tools);
    const [, id] = /^\/notice\/(\w+)(?:\/data\.json(?:ld)?)?$/.exec(path) ?? [];
    const notice = id === undefined ? null : await tools.recordings.find('gazette', `/notices/${id}`);
    return notice === null ? refuse(gazette, 404) : Response.json(notice.body);
  },
  failure: gatewayPage,
  limited: () => refuse(gazette, 429),
};

async function answerFeed(c: Context, { recordings }: ProviderTools): Promise<Response> {
  const ids = await recordings.list('gazette', '/notices');
  const read = await Promise.all(ids.map((id) => recordings.find('gazette', `/notices/${id}`)));
  const text = (c.req.query('text') ?? '').replaceAll('"', '').toUpperCase();
  const from = c.req.query('start-publish-date') ?? '';
  const to = c.req.query('end-publish-date') ?? '9999';
  const codes = (c.req.query('noticetype') ?? '').split(/[+ ,]/).filter(Boolean);
  const category = c.req.query('categorycode') ?? '';
  const found = read
    .flatMap((recording) => entry.safeParse(recording?.body).data ?? [])
    .filter((one) => `${one.title ?? ''} ${one.content ?? ''}`.toUpperCase().includes(text))
    .filter((one) => codes.length === 0 || codes.includes(one['f:notice-code'] ?? ''))
    .filter((one) => (one['f:notice-code'] ?? '').startsWith(category))
    .filter((one) => (one.published ?? '') >= from && (one.published ?? '').slice(0, 10) <= to)
    .sort((one, other) => (other.published ?? '').localeCompare(one.published ?? ''));
  const size = Math.min(whole(c.req.query('results-page-size'), 10) || 10, 100);
  const page = Math.max(whole(c.req.query('results-page'), 1), 1);
  // Every number of the feed is a text.
  return Response.json({
    id: 'https://www.thegazette.co.uk/all-notices/notice',
    link: [{ '@href': 'https://www.thegazette.co.uk/all-notices/notice', '@rel': 'self', '@type': 'text/html' }],
    title: 'The Gazette Official Public Record',
    updated: '2026-11-23T00:00:00',
    'f:page-number': String(page),
    'f:page-size': String(size),
    'f:total': String(found.length),
    entry: found.slice((page - 1) * size, page * size),
  });
}
