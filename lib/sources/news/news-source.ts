import { AppError, ERRORS, type ErrorCode } from '@/lib/errors';
import type { SourceContext, SourceDefinition, SourceInput } from '../define-source';
import { sha256 } from '../outbound/json-answer';
import { isReported, readOutcome } from '../read-outcome';
import { type FetchedAnswer, readThroughCache } from '../read-through-cache';
import type { SourceOrigin, SourceOutcome } from '../source';
import { isTelling, nameParts } from '../website/company-name';
import { type Confirmation, confirmArticle } from './confirm-article';
import { candidatesIn, readFeed } from './feeds';
import { mayMention } from './find-mention';
import { gdeltQuery, searchGdelt } from './gdelt';
import { groupByHeadline, mergeCopies, toCopy } from './merge-copies';
import { searchNewsApi } from './newsapi';
import { type Candidate, type Channel, type News, type NewsArticle, type NewsQuestion, newsSchema } from './schema';

const ID = 'news.articles';
const LIFETIME_MS = 6 * 60 * 60_000;
/** Stories opened for one company; each takes a request to somebody's site. */
const MOST_STORIES = 8;
/** Places of one story that are tried until one can be read. */
const MOST_TRIES = 2;
const ONE_OUTLET = 0.6;
const SEVERAL_OUTLETS = 0.8;

type ChannelReport = News['channels'][number] & { code: ErrorCode | null; retryAt: Date | undefined };

/**
 * News that names the company: GDELT, feeds that an operator chose, and NewsAPI with a key. Articles are opened and must
 * name the company in their own text; copies of one text are one article.
 */
export const newsSource: SourceDefinition<News> = {
  id: ID,
  async read(ctx, input) {
    const question = toQuestion(ctx, input);
    if (question === null) return skipped(ctx, input);
    return readOutcome(ctx, ID, null, async () => {
      const answer = await readThroughCache(ctx, {
        key: `${ID}:${input.companyNumber}@${ctx.provider('gdelt').origin}`,
        source: ID,
        lifetimeMs: LIFETIME_MS,
        parse: (body) => newsSchema.safeParse(JSON.parse(body)).data ?? null,
        fetch: () => findNews(ctx, question),
      });
      const origin = originOf(question, answer);
      if (answer.data === null) {
        return {
          outcome: 'empty',
          origin,
          reason: 'No article of the past three months was found that names the company.',
        };
      }
      return { outcome: 'ok', data: answer.data, origin };
    });
  },
};

/** @returns where one article comes from: what a report cites instead of the search that found it. */
export function articleOrigin(origin: SourceOrigin, article: NewsArticle): SourceOrigin {
  const published = article.date_is === 'published' ? article.date : null;
  return { ...origin, url: article.url, title: `${article.outlet}: ${article.title}`, publishedAt: published };
}

/** @returns how far news is believed: one outlet 0.6, several that do not copy each other 0.8. */
export function newsReliability(articles: readonly NewsArticle[]): number {
  return new Set(articles.map(({ outlet }) => outlet)).size > 1 ? SEVERAL_OUTLETS : ONE_OUTLET;
}

function toQuestion(ctx: SourceContext, input: SourceInput): NewsQuestion | null {
  const { companyNumber, companyName, postcode = null, website = null } = input;
  const parts = nameParts(companyName ?? '');
  if (companyName === undefined || !isTelling(parts)) return null;
  return { companyNumber, companyName, phrase: parts.words.join(' '), postcode, website, now: ctx.now() };
}

function skipped(ctx: SourceContext, { companyName }: SourceInput): SourceOutcome<News> {
  const reason =
    companyName === undefined
      ? 'The name of the company is not known, so no news was searched.'
      : 'The name of the company is too short to search news for.';
  return { outcome: 'skipped', source: ID, reason, at: ctx.now().toISOString() };
}

/** @throws AppError when nothing was found and somewhere could not be looked: that is not "no news". */
async function findNews(ctx: SourceContext, question: NewsQuestion): Promise<FetchedAnswer<News>> {
  const asked = await Promise.all([
    ask(ctx, 'gdelt', () => searchGdelt(ctx, question)),
    ask(ctx, 'newsapi', () => searchNewsApi(ctx, question)),
    ...(ctx.newsFeeds ?? []).map((feed) =>
      ask(ctx, 'feeds', async () =>
        candidatesIn(await readFeed(ctx, feed), (text) => mayMention(text, question), question),
      ),
    ),
  ]);
  const stories = groupByHeadline(asked.flatMap(({ candidates }) => candidates));
  const newest = stories.sort((a, b) => (b[0]?.date ?? '').localeCompare(a[0]?.date ?? '')).slice(0, MOST_STORIES);
  const read = await Promise.all(newest.map((story) => readStory(ctx, story, question)));
  const confirmed = read.flatMap((one) => (one !== 'other' && 'article' in one ? [one] : []));
  const unread = read.flatMap((one) => (one !== 'other' && 'unread' in one ? [one.unread] : []));
  const reports = asked.map(({ report }) => report);
  if (confirmed.length === 0) refuseSilence(reports, unread);
  const channels = mergeReports(reports);
  const data: News = { articles: mergeCopies(confirmed), channels, unread: unread.length };
  const body = JSON.stringify(data);
  if (confirmed.length === 0) return { outcome: 'empty', sha256: sha256(body) };
  return { outcome: 'ok', data, body, etag: null, sha256: sha256(body) };
}

type Asked = { candidates: Candidate[]; report: ChannelReport };

async function ask(ctx: SourceContext, channel: Channel, search: () => Promise<Candidate[]>): Promise<Asked> {
  const none = { candidates: [], report: { channel, code: null, retryAt: undefined } };
  const access = channel === 'feeds' ? null : ctx.provider(channel);
  if (access?.isConfigured === false) {
    const reason = `${access.name} key not configured`;
    return { ...none, report: { ...none.report, outcome: 'skipped', reason } };
  }
  try {
    return { candidates: await search(), report: { ...none.report, outcome: 'ok', reason: null } };
  } catch (thrown) {
    ctx.signal.throwIfAborted();
    if (!(thrown instanceof AppError) || !isReported(thrown, access)) throw thrown;
    const { code, detail: reason, retryAt } = thrown;
    return { ...none, report: { channel, outcome: 'unavailable', reason, code, retryAt } };
  }
}

/** The first place of a story that can be read speaks for all of them. */
async function readStory(
  ctx: SourceContext,
  story: readonly Candidate[],
  question: NewsQuestion,
): Promise<Confirmation> {
  let last: Confirmation = 'other';
  for (const candidate of story.slice(0, MOST_TRIES)) {
    last = await confirmArticle(ctx, candidate, question);
    if (last === 'other') return last;
    if ('article' in last) {
      const { url } = last.article;
      const copies = story.filter((other) => other.url !== url).map(toCopy);
      return { ...last, article: { ...last.article, copies } };
    }
  }
  return last;
}

/** An outage and silence must not look equal. */
function refuseSilence(reports: readonly ChannelReport[], unread: readonly ErrorCode[]): void {
  const silent = reports.filter(({ outcome }) => outcome === 'unavailable');
  const [first] = silent;
  if (first !== undefined) {
    const passing = silent.find(({ code }) => code !== null && ERRORS[code].class === 'retryable') ?? first;
    const detail = [...new Set(silent.map(({ reason }) => reason))].join('; ');
    const { code, retryAt } = passing;
    throw new AppError(code ?? 'provider_unavailable', { detail, ...(retryAt && { retryAt }) });
  }
  const kept = unread.find((code) => ERRORS[code].class === 'retryable') ?? unread[0];
  if (kept !== undefined) {
    const detail = `${unread.length} stories were found that may be about the company, but could not be opened to see`;
    throw new AppError(kept, { detail });
  }
}

/** All feeds are one channel. */
function mergeReports(reports: readonly ChannelReport[]): News['channels'] {
  const merged = new Map<Channel, News['channels'][number]>();
  for (const { channel, outcome, reason } of reports) {
    const before = merged.get(channel);
    if (before === undefined || before.outcome === 'ok') merged.set(channel, { channel, outcome, reason });
  }
  return [...merged.values()];
}

function originOf(
  question: NewsQuestion,
  answer: { data: News | null; retrievedAt: string; sha256: string; stale: boolean },
): SourceOrigin {
  return {
    source: ID,
    title: 'News that names the company',
    // The search as a page.
    url: `https://api.gdeltproject.org/api/v2/doc/doc?${gdeltQuery(question, 'html')}`,
    sourceType: 'news',
    retrievedAt: answer.retrievedAt,
    publishedAt: null,
    sha256: answer.sha256,
    reliability: newsReliability(answer.data?.articles ?? []),
    stale: answer.stale,
  };
}
