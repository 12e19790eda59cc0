import type { Context } from 'hono';
import { z } from 'zod';
import { admitAnyone, type Provider, type ProviderTools, refuse, whole } from '../provider';

const record = z.looseObject({
  id: z.string(),
  attributes: z.looseObject({ lei: z.string(), entity: z.looseObject({}) }),
});
const document = z.looseObject({ data: record });
type LeiRecord = z.infer<typeof record>;

const META = { goldenCopy: { publishDate: '2026-11-22T00:00:00Z' } };

/** GLEIF's API (JSON:API). Recordings are `gleif/lei-records/<lei>.json`, and `<lei>/<relation>.json` for what hangs on one. */
export const gleif: Provider = {
  name: 'gleif',
  rate: { limit: 60, windowSeconds: 60 },
  admit: admitAnyone,
  async answer(c, path, tools) {
    if (path === '/lei-records') return answerRecords(c, tools);
    const own = await tools.recordings.find('gleif', path);
    return own === null ? refuse(gleif, 404) : Response.json(own.body, { status: own.status });
  },
  failure(status) {
    const title = status === 404 ? 'Not Found' : status === 429 ? 'Too Many Requests' : 'Server Error';
    const detail = status === 404 ? 'The requested resource could not be found.' : title;
    return {
      contentType: 'application/vnd.api+json',
      body: JSON.stringify({ errors: [{ status: String(status), title, detail }] }),
    };
  },
  limited({ resetAt }, now) {
    return refuse(gleif, 429, { 'Retry-After': String(Math.max(0, Math.ceil(resetAt - now.getTime() / 1000))) });
  },
};

async function answerRecords(c: Context, { recordings }: ProviderTools): Promise<Response> {
  const filters = Object.entries(c.req.query()).flatMap(([name, value]) => {
    const [, path] = /^filter\[(.+)\]$/.exec(name) ?? [];
    return path === undefined ? [] : [[path, value] as const];
  });
  const size = Math.min(whole(c.req.query('page[size]'), 15) || 15, 200);
  const page = Math.max(whole(c.req.query('page[number]'), 1), 1);
  const leis = await recordings.list('gleif', '/lei-records');
  const read = await Promise.all(leis.map((lei) => recordings.find('gleif', `/lei-records/${lei}`)));
  const found = read
    .flatMap((recording) => document.safeParse(recording?.body).data?.data ?? [])
    .filter((candidate) => filters.every(([path, value]) => matches(candidate, path, value)));
  const from = (page - 1) * size;
  const lastPage = Math.max(1, Math.ceil(found.length / size));
  const data = found.slice(from, from + size);
  const pagination = {
    currentPage: page,
    perPage: size,
    from: from + 1,
    to: from + data.length,
    total: found.length,
    lastPage,
  };
  return Response.json(
    { meta: { ...META, pagination }, links: {}, data },
    { headers: { 'Content-Type': 'application/vnd.api+json' } },
  );
}

function matches(candidate: LeiRecord, path: string, value: string): boolean {
  if (path === 'lei') return value.split(',').includes(candidate.id);
  const whole = JSON.stringify(candidate.attributes).toUpperCase();
  if (path === 'fulltext') return whole.includes(value.toUpperCase());
  let member: unknown = candidate.attributes;
  for (const name of path.split('.')) member = member instanceof Object ? Reflect.get(member, name) : undefined;
  if (path.endsWith('legalName'))
    return JSON.stringify(member ?? '')
      .toUpperCase()
      .includes(value.toUpperCase());
  const id = member instanceof Object ? Reflect.get(member, 'id') : member;
  return value.split(',').includes(String(id));
}
