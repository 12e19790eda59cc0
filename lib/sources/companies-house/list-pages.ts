import { z } from 'zod';
import type { SourceContext } from '../define-source';
import { parseDocument } from '../outbound/json-answer';
import { getDocument, PROVIDER, type RegisterDocument } from './client';

export type Paging = {
  /** Items asked for at once. */
  pageSize: number;
  /** Newest items read at most. */
  limit: number;
};

const pageSchema = z.looseObject({
  items: z.array(z.unknown()),
  total_results: z.coerce.number().nullish(),
  total_count: z.coerce.number().nullish(),
});
type Page = z.infer<typeof pageSchema>;

/**
 * Reads a list to its end and merges it into one document with the first page's members. `truncated` says that the
 * register has more: past the limit, or because it gave fewer items than it counts.
 * @param path of the list, without query.
 */
export async function getList(
  ctx: SourceContext,
  path: string,
  what: string,
  paging: Paging,
): Promise<RegisterDocument> {
  const first = await getPage(ctx, path, what, paging, 0);
  if (first.kind !== 'document') return first;
  const items = [...first.page.items];
  const bodies = [first.body];
  const total = first.page.total_count ?? first.page.total_results ?? items.length;
  while (items.length < Math.min(total, paging.limit)) {
    const next = await getPage(ctx, path, what, paging, items.length);
    if (next.kind !== 'document') break;
    const seen = new Set(items.map((item) => JSON.stringify(item)));
    const fresh = next.page.items.filter((item) => !seen.has(JSON.stringify(item)));
    // A page without anything new is the end, also where a provider ignores `start_index`.
    if (fresh.length === 0) break;
    items.push(...fresh);
    bodies.push(next.body);
  }
  const merged = { ...first.page, items: items.slice(0, paging.limit) };
  const json = merged.items.length < total ? { ...merged, truncated: true } : merged;
  return { kind: 'document', json, body: bodies.join(''), etag: null };
}

type ReadPage = { kind: 'document'; page: Page; body: string } | Exclude<RegisterDocument, { kind: 'document' }>;

async function getPage(
  ctx: SourceContext,
  path: string,
  what: string,
  paging: Paging,
  start: number,
): Promise<ReadPage> {
  const size = Math.min(paging.pageSize, paging.limit - start);
  const document = await getDocument(ctx, `${path}?items_per_page=${size}&start_index=${start}`);
  if (document.kind !== 'document') return document;
  return { kind: 'document', page: parseDocument(PROVIDER, pageSchema, document.json, what), body: document.body };
}
