import { AppError, type ErrorCode } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import { parseDocument, parseJson } from '../outbound/json-answer';
import { toCandidates, toInstant } from './candidates';
import { type Candidate, type NewsQuestion, newsApiSchema } from './schema';

/** The free plan looks back a month. */
const LOOKBACK_MS = 29 * 86_400_000;

const CODES: Readonly<Record<string, ErrorCode>> = {
  apiKeyDisabled: 'provider_rejected',
  apiKeyInvalid: 'provider_rejected',
  apiKeyMissing: 'provider_rejected',
  apiKeyExhausted: 'provider_rate_limited',
  rateLimited: 'provider_rate_limited',
  unexpectedError: 'provider_unavailable',
};

/** Asks NewsAPI for a name in titles and descriptions. @throws AppError as the provider does. */
export async function searchNewsApi(ctx: SourceContext, question: NewsQuestion): Promise<Candidate[]> {
  const access = ctx.provider('newsapi');
  const query = new URLSearchParams({
    q: `"${question.phrase}"`,
    searchIn: 'title,description',
    language: 'en',
    from: new Date(question.now.getTime() - LOOKBACK_MS).toISOString().slice(0, 10),
    sortBy: 'publishedAt',
    pageSize: '50',
  });
  const answer = await access.get(`/v2/everything?${query}`, { headers: { 'X-Api-Key': access.apiKey ?? '' } });
  const found = parseDocument(access.name, newsApiSchema, parseJson(access.name, answer), 'articles');
  if (found.status === 'error') {
    throw new AppError(CODES[found.code] ?? 'provider_contract', {
      detail: `${access.name} did not answer the question (${/^[a-zA-Z]{1,40}$/.test(found.code) ? found.code : 'error'})`,
    });
  }
  const raw = found.articles.map(({ url, title, description, content, publishedAt }) => ({
    url,
    title: title ?? '',
    date: toInstant(publishedAt),
    dateIs: 'published' as const,
    // The content is cut in the middle of a word and says how much is missing.
    excerpt: [description, content?.replace(/…?\s*\[\+\d+ chars\]$/, '')].filter(Boolean).join('\n'),
  }));
  return toCandidates('newsapi', raw, question.now);
}
