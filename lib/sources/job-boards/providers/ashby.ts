import { z } from 'zod';
import { parseDocument } from '../../outbound/json-answer';
import { type Advert, dayOf, filled, places } from '../advert';
import { plainText } from '../plain-text';
import { type BoardProvider, lenientList, segmentsOf, toToken } from './board-provider';

const jobSchema = z.object({
  id: z.string(),
  title: z.string().trim().min(1),
  department: z.string().nullish(),
  team: z.string().nullish(),
  location: z.string().nullish(),
  secondaryLocations: z.array(z.object({ location: z.string().nullish() })).nullish(),
  isRemote: z.boolean().nullish(),
  /** False: reachable by its address only, not advertised. */
  isListed: z.boolean().nullish(),
  publishedAt: z.string().nullish(),
  jobUrl: z.string().nullish(),
  descriptionPlain: z.string().nullish(),
  descriptionHtml: z.string().nullish(),
});
const boardSchema = z.object({ jobs: lenientList(jobSchema) });

/** Job postings API of Ashby: no paging. */
export const ashby: BoardProvider = {
  title: 'Ashby',
  tokenIn(url) {
    const [first, second, third] = segmentsOf(url);
    if (url.hostname === 'jobs.ashbyhq.com') return toToken(first);
    if (url.hostname !== 'api.ashbyhq.com' || first !== 'posting-api' || second !== 'job-board') return null;
    return toToken(third);
  },
  page: (token) => `https://jobs.ashbyhq.com/${encodeURIComponent(token)}`,
  async read(ask, token) {
    const json = await ask(`/posting-api/job-board/${encodeURIComponent(token)}?includeCompensation=true`);
    if (json === null) return null;
    const { jobs } = parseDocument('Ashby', boardSchema, json, 'open roles');
    return { companyName: null, adverts: jobs.filter(({ isListed }) => isListed !== false).map(toAdvert) };
  },
};

function toAdvert(job: z.infer<typeof jobSchema>): Advert {
  return {
    vacancy: job.id,
    title: job.title.replace(/\s+/g, ' '),
    department: filled(job.department) ?? filled(job.team),
    locations: places([job.location, ...(job.secondaryLocations ?? []).map(({ location }) => location)]),
    remote: job.isRemote ?? null,
    firstPublished: dayOf(job.publishedAt),
    url: filled(job.jobUrl),
    text: job.descriptionPlain ?? plainText(job.descriptionHtml),
  };
}
