import { z } from 'zod';
import { parseDocument } from '../../outbound/json-answer';
import { type Advert, dayOfEpoch, filled, places } from '../advert';
import { plainText } from '../plain-text';
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
  text: z.string().trim().min(1),
  categories: z
    .object({
      location: z.string().nullish(),
      allLocations: z.array(z.string()).nullish(),
      team: z.string().nullish(),
      department: z.string().nullish(),
    })
    .nullish(),
  workplaceType: z.string().nullish(),
  hostedUrl: z.string().nullish(),
  /** Milliseconds. Years in the past for roles that are always open. */
  createdAt: z.number().nullish(),
  descriptionPlain: z.string().nullish(),
  additionalPlain: z.string().nullish(),
  lists: z.array(z.object({ text: z.string().nullish(), content: z.string().nullish() })).nullish(),
});
type Posting = z.infer<typeof postingSchema>;
const pageSchema = lenientList(postingSchema);

/** Postings API of Lever; boards of European customers are on servers of their own. */
export const lever = leverOn('Lever', 'lever.co');
export const leverEu = leverOn('Lever (EU)', 'eu.lever.co');

function leverOn(title: string, domain: string): BoardProvider {
  return {
    title,
    tokenIn(url) {
      const [first, second, third] = segmentsOf(url);
      if (url.hostname === `jobs.${domain}`) return toToken(first);
      if (url.hostname !== `api.${domain}` || first !== 'v0' || second !== 'postings') return null;
      return toToken(third);
    },
    page: (token) => `https://jobs.${domain}/${encodeURIComponent(token)}`,
    async read(ask, token) {
      const postings = await readPages(ask, token, title);
      return postings === null ? null : { companyName: null, adverts: postings.map(toAdvert) };
    },
  };
}

async function readPages(ask: AskBoard, token: string, title: string): Promise<Posting[] | null> {
  const postings = new Map<string, Posting>();
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = `mode=json&skip=${page * PAGE_SIZE}&limit=${PAGE_SIZE}`;
    const json = await ask(`/v0/postings/${encodeURIComponent(token)}?${query}`);
    if (json === null) return page === 0 ? null : [...postings.values()];
    const found = parseDocument(title, pageSchema, json, 'open roles');
    const before = postings.size;
    for (const posting of found) postings.set(posting.id, posting);
    if (found.length < PAGE_SIZE || postings.size === before) break;
  }
  return [...postings.values()];
}

function toAdvert(posting: Posting): Advert {
  const { categories } = posting;
  return {
    vacancy: posting.id,
    title: posting.text.replace(/\s+/g, ' '),
    department: filled(categories?.department) ?? filled(categories?.team),
    locations: places(categories?.allLocations?.length ? categories.allLocations : [categories?.location]),
    remote: posting.workplaceType === 'remote' ? true : posting.workplaceType ? false : null,
    firstPublished: dayOfEpoch(posting.createdAt),
    url: filled(posting.hostedUrl),
    text: [
      posting.descriptionPlain ?? '',
      ...(posting.lists ?? []).map(({ text, content }) => `${text ?? ''} ${plainText(content)}`),
      posting.additionalPlain ?? '',
    ].join(' '),
  };
}
