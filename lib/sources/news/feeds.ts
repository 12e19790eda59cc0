import { createHash } from 'node:crypto';
import { type AnyFeed, DetectError, MalformedError, parseFeed } from 'feedsmith';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import { sha256 } from '../outbound/json-answer';
import { readThroughCache } from '../read-through-cache';
import { toDocument } from '../website/html-document';
import { visibleText } from '../website/visible-text';
import { toCandidates, toInstant } from './candidates';
import type { Candidate, NewsQuestion } from './schema';

/** Feeds are the same for all companies: one reading serves everybody for this long. */
const LIFETIME_MS = 60 * 60_000;
const MOST_ITEMS = 200;

const feedSchema = z.object({
  items: z.array(z.object({ url: z.string(), title: z.string(), date: z.string().nullable(), excerpt: z.string() })),
});
const versionSchema = z.object({ etag: z.string().nullable(), lastModified: z.string().nullable() });
type Feed = z.infer<typeof feedSchema>;

/**
 * Looks through one RSS or Atom feed. Its site is asked only whether the feed has changed since it was last read.
 * @throws AppError as `WebAccess.get` does; `provider_contract` for what is no feed.
 */
export async function readFeed(ctx: SourceContext, address: string): Promise<Feed> {
  const hash = createHash('sha256').update(address).digest('hex').slice(0, 32);
  const answer = await readThroughCache(ctx, {
    key: `news.feed:${hash}@${ctx.web.origin}`,
    source: 'news.feed',
    lifetimeMs: LIFETIME_MS,
    parse: (body) => feedSchema.safeParse(JSON.parse(body)).data ?? null,
    async fetch(version) {
      const known = version === null ? null : versionSchema.parse(JSON.parse(version));
      const page = await ctx.web.get(address, { accept: 'xml', version: known });
      if (page.status === 304) return { outcome: 'unchanged' };
      if (page.status !== 200) {
        const { hostname } = new URL(address);
        throw new AppError('provider_contract', { detail: `The feed of ${hostname} is not there (${page.status})` });
      }
      const data = toFeed(page.html, address);
      const etag = page.headers.get('etag');
      const lastModified = page.headers.get('last-modified');
      return {
        outcome: 'ok',
        data,
        body: JSON.stringify(data),
        etag: etag === null && lastModified === null ? null : JSON.stringify({ etag, lastModified }),
        sha256: sha256(page.html),
      };
    },
  });
  return answer.data ?? { items: [] };
}

/** The items of a feed that may be about the company: a feed is not searched, so its items have to name it. */
export function candidatesIn(feed: Feed, names: (text: string) => boolean, question: NewsQuestion): Candidate[] {
  const found = feed.items.filter(({ title, excerpt }) => names(`${title}\n${excerpt}`));
  const raw = found.map((item) => ({ ...item, dateIs: 'published' as const }));
  return toCandidates('feeds', raw, question.now);
}

function toFeed(xml: string, address: string): Feed {
  try {
    const parsed = parseFeed(xml, { maxItems: MOST_ITEMS });
    const items = itemsOf(parsed).map(({ url, title, date, text }) => ({
      url: url !== undefined && URL.canParse(url, address) ? new URL(url, address).href : '',
      title: plain(title ?? ''),
      date: toInstant(date),
      excerpt: plain(text ?? ''),
    }));
    return { items: items.filter(({ url, title }) => url !== '' && title !== '') };
  } catch (error) {
    if (!(error instanceof DetectError) && !(error instanceof MalformedError)) throw error;
    const { hostname } = new URL(address);
    throw new AppError('provider_contract', {
      detail: `${hostname} sent something else than a feed, or a damaged one`,
    });
  }
}

type Item = { url: string | undefined; title: string | undefined; date: string | undefined; text: string | undefined };

function itemsOf(parsed: AnyFeed): Item[] {
  switch (parsed.format) {
    case 'rss':
      return (parsed.feed.items ?? []).map(({ link, guid, title, pubDate, description }) => ({
        url: link ?? (guid?.isPermaLink === false ? undefined : guid?.value),
        title: textOf(title),
        date: pubDate,
        text: textOf(description),
      }));
    case 'atom':
      return (parsed.feed.entries ?? []).map(({ links, title, published, updated, summary, content }) => ({
        url: (links?.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links?.[0])?.href,
        title: textOf(title),
        date: published ?? updated,
        text: textOf(summary) ?? textOf(content),
      }));
    case 'rdf':
      return (parsed.feed.items ?? []).map(({ link, title, description, dc }) => ({
        url: link,
        title: textOf(title),
        date: dc?.dates?.[0],
        text: textOf(description),
      }));
    // Only XML is asked for.
    case 'json':
      return [];
  }
}

function textOf(text: string | { value?: string | undefined } | undefined): string | undefined {
  return typeof text === 'string' ? text : text?.value;
}

/** Titles and descriptions may be text or HTML, whatever they say of themselves. */
function plain(text: string): string {
  if (!/[<&]/.test(text)) return text.replace(/\s+/g, ' ').trim();
  const document = toDocument(text);
  return document === null ? '' : visibleText(document.body).replace(/\s+/g, ' ');
}
