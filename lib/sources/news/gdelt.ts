import { AppError } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import { toCandidates, toInstant } from './candidates';
import { type Candidate, gdeltSchema, type NewsQuestion } from './schema';

const MAX_ARTICLES = 50;
/** Plain-text errors that say that the question itself is not taken: asking again is no use. */
const NOT_TAKEN = /too (short|long|common|many)|keyword|phrase|invalid|illegal/i;

/** Parameters of GDELT's search for a name in British news in English. */
export function gdeltQuery({ phrase }: Pick<NewsQuestion, 'phrase'>, format: 'json' | 'html'): string {
  return new URLSearchParams({
    query: `"${phrase}" sourcecountry:UK sourcelang:english`,
    mode: 'ArtList',
    format,
    maxrecords: String(MAX_ARTICLES),
    timespan: '3months',
    sort: 'datedesc',
  }).toString();
}

/**
 * Asks GDELT's DOC 2.0 API. It knows titles only, and reports errors as plain text with status 200.
 * @throws AppError as the provider does; `provider_contract` also when it does not take the name as a question.
 */
export async function searchGdelt(ctx: SourceContext, question: NewsQuestion): Promise<Candidate[]> {
  const access = ctx.provider('gdelt');
  const answer = await access.get(`/api/v2/doc/doc?${gdeltQuery(question, 'json')}`);
  if (answer.status !== 200) {
    throw new AppError('provider_contract', { detail: `${access.name} answered with status ${answer.status}` });
  }
  const found = gdeltSchema.safeParse(parseAnswer(access.name, answer.body));
  if (!found.success) throw new AppError('provider_contract', { detail: `${access.name} answered in an unknown form` });
  const raw = found.data.articles.flatMap((article) => {
    if (typeof article !== 'object' || article === null || !('url' in article) || !('title' in article)) return [];
    const { url, title } = article;
    const date = toInstant('seendate' in article ? String(article.seendate) : '');
    if (date === null) return [];
    return [{ url: String(url), title: String(title), date, dateIs: 'seen' as const, excerpt: '' }];
  });
  return toCandidates('gdelt', raw, question.now);
}

function parseAnswer(name: string, body: string): unknown {
  const text = body.trim();
  try {
    return JSON.parse(text);
  } catch {
    if (!text.startsWith('{') && text.length < 500 && !text.includes('<')) {
      if (/limit requests|too many requests/i.test(text)) {
        throw new AppError('provider_rate_limited', { detail: `${name} takes no more requests for now` });
      }
      if (NOT_TAKEN.test(text)) {
        throw new AppError('provider_contract', { detail: `${name} does not take this company's name as a question` });
      }
    }
    throw new AppError('provider_contract', { detail: `${name} answered in an unknown form` });
  }
}
