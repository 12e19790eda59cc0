import { AppError, type ErrorCode } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import { type ParsedPage, parsePage, quotableText } from '../website/parse-page';
import { outletOf, toInstant } from './candidates';
import { findMention } from './find-mention';
import type { Candidate, NewsArticle, NewsQuestion } from './schema';

/** An article that names the company, with the text by which copies of it are known. */
export type Confirmed = { article: NewsArticle; text: string };
/** `unread` with the code of what kept us from reading; `other` when it is about something else, or is no article. */
export type Confirmation = Confirmed | 'other' | { unread: ErrorCode };

const LONGEST_TEXT = 20_000;
/** What keeps us from reading one article; everything else stops the job. */
const UNREADABLE: readonly ErrorCode[] = [
  'robots_disallowed',
  'provider_unavailable',
  'provider_contract',
  'provider_rate_limited',
];

/**
 * Opens an article and looks for the company in it: a headline or a search result proves nothing. Where it cannot be read,
 * the excerpt that its outlet spreads serves if it names the company itself.
 * @throws the reason of the job's signal.
 */
export async function confirmArticle(
  ctx: SourceContext,
  candidate: Candidate,
  question: NewsQuestion,
): Promise<Confirmation> {
  const page = await openArticle(ctx, candidate.url);
  if (page === 'refused') return 'other';
  if (page === 'other' || 'unread' in page) return confirmExcerpt(candidate, question) ?? page;
  const text = quotableText(page, LONGEST_TEXT);
  // The frame of a page (menus, other stories) must not confirm what its article does not say.
  const mention = text === '' ? null : findMention(text, question);
  if (mention === null) return 'other';
  const published = publishedIn(page);
  return toConfirmed(candidate, question, {
    text,
    ...mention,
    namedIn: 'article',
    published: published ?? (candidate.dateIs === 'published' ? candidate.date : null),
  });
}

async function openArticle(
  ctx: SourceContext,
  url: string,
): Promise<ParsedPage | Exclude<Confirmation, Confirmed> | 'refused'> {
  try {
    const page = await ctx.web.get(url);
    // Taken back: nobody can read it any more.
    if (page.status === 404 || page.status === 410) return 'other';
    if (page.status !== 200) return { unread: 'provider_contract' };
    return parsePage(page) ?? { unread: 'provider_contract' };
  } catch (error) {
    // No article is at an address that is not public.
    if (error instanceof AppError && error.code === 'address_refused') return 'refused';
    if (error instanceof AppError && UNREADABLE.includes(error.code)) return { unread: error.code };
    throw error;
  }
}

function confirmExcerpt(candidate: Candidate, question: NewsQuestion): Confirmed | null {
  const mention = candidate.excerpt === '' ? null : findMention(candidate.excerpt, question);
  if (mention === null) return null;
  const published = candidate.dateIs === 'published' ? candidate.date : null;
  return toConfirmed(candidate, question, { text: candidate.excerpt, ...mention, namedIn: 'excerpt', published });
}

function toConfirmed(
  candidate: Candidate,
  { now }: NewsQuestion,
  found: Pick<NewsArticle, 'match' | 'quote'> & {
    text: string;
    namedIn: NewsArticle['named_in'];
    published: string | null;
  },
): Confirmed {
  const { url, title, channel } = candidate;
  // A date ahead of us is a mistake of the page.
  const published = found.published !== null && Date.parse(found.published) <= now.getTime() ? found.published : null;
  return {
    text: found.text,
    article: {
      url,
      title,
      outlet: outletOf(url),
      date: published ?? candidate.date ?? now.toISOString(),
      date_is: published === null ? 'seen' : 'published',
      channel,
      match: found.match,
      quote: found.quote,
      named_in: found.namedIn,
      copies: [],
    },
  };
}

const DATES = ['meta[property="article:published_time" i]', 'meta[itemprop="datePublished" i]'];

function publishedIn({ document, jsonLd }: ParsedPage): string | null {
  const named = DATES.map((selector) => document.querySelector(selector)?.getAttribute('content'));
  const linked = jsonLd.map((node) =>
    typeof node === 'object' && node !== null && 'datePublished' in node ? String(node.datePublished) : null,
  );
  return [...named, ...linked].map(toInstant).find((instant) => instant !== null) ?? null;
}
