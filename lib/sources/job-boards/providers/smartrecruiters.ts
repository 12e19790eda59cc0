import { z } from 'zod';
import { parseDocument } from '../../outbound/json-answer';
import { type Advert, dayOf, filled, placeOf, places } from '../advert';
import {
  type AskBoard,
  type BoardProvider,
  lenientList,
  MAX_PAGES,
  PAGE_SIZE,
  segmentsOf,
  toToken,
} from './board-provider';

const postingSchema = z.object({
  id: z.string(),
  name: z.string().trim().min(1),
  company: z.object({ identifier: z.string().nullish(), name: z.string().nullish() }).nullish(),
  releasedDate: z.string().nullish(),
  location: z
    .object({
      city: z.string().nullish(),
      region: z.string().nullish(),
      country: z.string().nullish(),
      fullLocation: z.string().nullish(),
      remote: z.boolean().nullish(),
    })
    .nullish(),
  department: z.object({ label: z.string().nullish() }).nullish(),
  function: z.object({ label: z.string().nullish() }).nullish(),
});
type Posting = z.infer<typeof postingSchema>;
const pageSchema = z.object({ totalFound: z.int().nullish(), content: lenientList(postingSchema) });
const HOSTS = new Set(['careers.smartrecruiters.com', 'jobs.smartrecruiters.com', 'www.smartrecruiters.com']);
const NO_COMPANIES = new Set(['oneclick-ui', 'sr-jobs', 'my-applications', 'legal', 'blog', 'resources', 'product']);

/** Posting API of SmartRecruiters. The list does not hold the text of an advertisement, so no tools are known of it. */
export const smartrecruiters: BoardProvider = {
  title: 'SmartRecruiters',
  tokenIn(url) {
    const [first = '', second, third] = segmentsOf(url);
    if (HOSTS.has(url.hostname)) return NO_COMPANIES.has(first) ? null : toToken(first);
    if (url.hostname !== 'api.smartrecruiters.com' || first !== 'v1' || second !== 'companies') return null;
    return toToken(third);
  },
  page: (token) => `https://careers.smartrecruiters.com/${encodeURIComponent(token)}`,
  guesses: (words) => [words.join('')],
  async read(ask, token) {
    const postings = await readPages(ask, token);
    if (postings === null) return null;
    const companyName = postings.map(({ company }) => filled(company?.name)).find((name) => name !== null) ?? null;
    return { companyName, adverts: postings.map((posting) => toAdvert(posting, token)) };
  },
};

async function readPages(ask: AskBoard, token: string): Promise<Posting[] | null> {
  const postings = new Map<string, Posting>();
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = `limit=${PAGE_SIZE}&offset=${page * PAGE_SIZE}`;
    const json = await ask(`/v1/companies/${encodeURIComponent(token)}/postings?${query}`);
    if (json === null) return page === 0 ? null : [...postings.values()];
    const { totalFound, content } = parseDocument('SmartRecruiters', pageSchema, json, 'open roles');
    const before = postings.size;
    for (const posting of content) postings.set(posting.id, posting);
    if (postings.size === before || postings.size >= (totalFound ?? 0)) break;
  }
  return [...postings.values()];
}

function toAdvert(posting: Posting, token: string): Advert {
  const { location } = posting;
  const company = posting.company?.identifier ?? token;
  return {
    vacancy: posting.id,
    title: posting.name.replace(/\s+/g, ' '),
    department: filled(posting.department?.label) ?? filled(posting.function?.label),
    locations: places([filled(location?.fullLocation) ?? placeOf(location?.city, location?.region, location?.country)]),
    remote: location?.remote ?? null,
    firstPublished: dayOf(posting.releasedDate),
    url: `https://jobs.smartrecruiters.com/${encodeURIComponent(company)}/${encodeURIComponent(posting.id)}`,
    text: '',
  };
}
