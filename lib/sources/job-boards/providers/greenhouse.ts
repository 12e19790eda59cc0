import { z } from 'zod';
import { parseDocument } from '../../outbound/json-answer';
import { type Advert, dayOf, filled, places } from '../advert';
import { plainText, unescapedOnce } from '../plain-text';
import { type BoardProvider, lenientList, segmentsOf, toToken } from './board-provider';

const named = z.object({ name: z.string().nullish() });
const jobSchema = z.object({
  id: z.union([z.int(), z.string()]),
  /** Null for a prospect post, which is no vacancy. */
  internal_job_id: z.union([z.int(), z.string()]).nullish(),
  title: z.string().trim().min(1),
  location: named.nullish(),
  absolute_url: z.string().nullish(),
  company_name: z.string().nullish(),
  /** `updated_at` moves without meaning, so it is not even read. */
  first_published: z.string().nullish(),
  departments: z.array(named).nullish(),
  content: z.string().nullish(),
});
const boardSchema = z.object({ jobs: lenientList(jobSchema) });
const WORDS_IN_PATH = new Set(['embed', 'v1', 'jobs', 'job_app', 'job_board', 'users', 'api', 'assets']);

/** Job Board API of Greenhouse: no paging; the advertisement's HTML is escaped twice. */
export const greenhouse: BoardProvider = {
  title: 'Greenhouse',
  tokenIn(url) {
    if (!/^(boards|job-boards|boards-api)(\.eu)?\.greenhouse\.io$/.test(url.hostname)) return null;
    const embedded = url.searchParams.get('for') ?? url.searchParams.get('b');
    if (embedded !== null) return toToken(embedded);
    const [first = '', second, third] = segmentsOf(url);
    if (first === 'v1') return second === 'boards' ? toToken(third) : null;
    return WORDS_IN_PATH.has(first) ? null : toToken(first);
  },
  page: (token) => `https://job-boards.greenhouse.io/${encodeURIComponent(token)}`,
  guesses: (words) => [words.join('')],
  async read(ask, token) {
    const json = await ask(`/v1/boards/${encodeURIComponent(token)}/jobs?content=true`);
    if (json === null) return null;
    const { jobs } = parseDocument('Greenhouse', boardSchema, json, 'open roles');
    const companyName = jobs.map((job) => filled(job.company_name)).find((name) => name !== null) ?? null;
    return { companyName, adverts: jobs.map(toAdvert) };
  },
};

function toAdvert(job: z.infer<typeof jobSchema>): Advert {
  return {
    vacancy: String(job.internal_job_id ?? job.id),
    title: job.title.replace(/\s+/g, ' '),
    department: filled(job.departments?.[0]?.name),
    // One field for several places: "San Francisco, CA | New York City, NY", "London, UK; Remote".
    locations: places((job.location?.name ?? '').split(/[|;•]/)),
    remote: /\bremote\b/i.test(job.location?.name ?? '') ? true : null,
    firstPublished: dayOf(job.first_published),
    url: filled(job.absolute_url),
    text: plainText(unescapedOnce(job.content ?? '')),
  };
}
