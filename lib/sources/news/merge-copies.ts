import { outletOf } from './candidates';
import type { Confirmed } from './confirm-article';
import type { Candidate, NewsArticle } from './schema';

/** Runs of so many words are compared; two texts that share this part of the shorter one's are one text. */
const RUN = 5;
const SAME_FROM = 0.5;

/** @returns candidates that are the same story by their headline, the first of each group being the earliest. */
export function groupByHeadline(candidates: readonly Candidate[]): Candidate[][] {
  const groups = new Map<string, Candidate[]>();
  const byDate = [...candidates].sort((a, b) => (a.date ?? '').localeCompare(b.date ?? ''));
  for (const candidate of byDate) {
    const key = headlineKey(candidate.title);
    const group = groups.get(key) ?? [];
    const same = group.findIndex(({ url }) => url === candidate.url);
    if (same < 0) group.push(candidate);
    // The same article through two channels: the one that brought an excerpt knows more.
    else if (group[same]?.excerpt === '' && candidate.excerpt !== '') group[same] = candidate;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Outlets put their own name behind a headline. */
function headlineKey(title: string): string {
  const own = title.replace(/\s+[-–—|»]\s+[^-–—|»]{2,40}$/, '');
  return (own.length >= 15 ? own : title)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Puts copies of one text together: what an agency or a press release says in ten places is said once. The earliest is
 * kept, the others become its `copies`.
 * @returns newest first.
 */
export function mergeCopies(confirmed: readonly Confirmed[]): NewsArticle[] {
  const kept: { article: NewsArticle; runs: Set<string> }[] = [];
  const byDate = [...confirmed].sort((a, b) => a.article.date.localeCompare(b.article.date));
  for (const { article, text } of byDate) {
    const runs = runsOf(text);
    const original = kept.find((other) => other.article.url === article.url || isSame(other.runs, runs));
    if (original === undefined) kept.push({ article: { ...article, copies: [...article.copies] }, runs });
    else if (original.article.url !== article.url)
      original.article.copies.push(...[toCopy(article), ...article.copies]);
  }
  return kept.map(({ article }) => article).sort((a, b) => b.date.localeCompare(a.date) || a.url.localeCompare(b.url));
}

export function toCopy({ url }: { url: string }): NewsArticle['copies'][number] {
  return { url, outlet: outletOf(url) };
}

function runsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const last = Math.max(1, words.length - RUN + 1);
  return new Set(Array.from({ length: last }, (_, index) => words.slice(index, index + RUN).join(' ')));
}

function isSame(a: Set<string>, b: Set<string>): boolean {
  const [shorter, longer] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const run of shorter) if (longer.has(run)) shared += 1;
  return shared / shorter.size >= SAME_FROM;
}
