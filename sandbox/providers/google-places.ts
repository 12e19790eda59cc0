import type { Context } from 'hono';
import { z } from 'zod';
import { type Provider, type ProviderTools, refuse } from '../provider';

const place = z.looseObject({ id: z.string(), displayName: z.looseObject({ text: z.string() }) });
const search = z.looseObject({
  textQuery: z.string().min(1),
  pageSize: z.number().optional(),
  maxResultCount: z.number().optional(),
});
const STATUSES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
};

/** Google Places (New). Answers hold only what the field mask asks for. Recordings are `google-places/places/<id>.json`. */
export const googlePlaces: Provider = {
  name: 'google-places',
  admit: (c) => c.req.header('x-goog-api-key') || refuse(googlePlaces, 403),
  async answer(c, path, tools) {
    const mask = (c.req.header('x-goog-fieldmask') ?? '').split(',').filter(Boolean);
    if (mask.length === 0) return refuse(googlePlaces, 400);
    if (path.endsWith('/places:searchText') && c.req.method === 'POST') return searchText(c, mask, tools);
    const [, id] = /\/places\/([\w-]+)$/.exec(path) ?? [];
    const recording = id === undefined ? null : await tools.recordings.find('google-places', `/places/${id}`);
    const found = place.safeParse(recording?.body);
    return found.success ? Response.json(masked(found.data, mask)) : refuse(googlePlaces, 404);
  },
  failure(status) {
    const error = { code: status, message: `Error ${status}`, status: STATUSES[status] ?? 'INTERNAL' };
    return { contentType: 'application/json; charset=UTF-8', body: JSON.stringify({ error }) };
  },
  limited: () => refuse(googlePlaces, 429),
};

async function searchText(c: Context, mask: string[], { recordings }: ProviderTools): Promise<Response> {
  const query = search.safeParse(await c.req.json().catch(() => null));
  if (!query.success) return refuse(googlePlaces, 400);
  const ids = await recordings.list('google-places', '/places');
  const read = await Promise.all(ids.map((id) => recordings.find('google-places', `/places/${id}`)));
  const words = query.data.textQuery.toUpperCase();
  const found = read
    .flatMap((recording) => place.safeParse(recording?.body).data ?? [])
    .filter((one) => words.includes(one.displayName.text.toUpperCase()))
    .slice(0, query.data.pageSize ?? query.data.maxResultCount ?? 20);
  const fields = mask.map((field) => field.replace(/^places\./, ''));
  // Nothing found is an empty object.
  return Response.json(found.length === 0 ? {} : { places: found.map((one) => masked(one, fields)) });
}

function masked(whole: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  const wanted = fields.map((field) => field.split('.')[0]);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => wanted.includes(name) || wanted.includes('*')));
}
