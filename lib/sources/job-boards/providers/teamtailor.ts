import { z } from 'zod';
import { parseDocument } from '../../outbound/json-answer';
import { type Advert, dayOf, filled } from '../advert';
import { plainText } from '../plain-text';
import { readPosting } from '../postings';
import { type BoardProvider, lenientList, MAX_PAGES } from './board-provider';

const itemSchema = z.object({
  id: z.union([z.string(), z.int()]),
  title: z.string().trim().min(1),
  url: z.string().nullish(),
  date_published: z.string().nullish(),
  content_html: z.string().nullish(),
  _jobposting: z.unknown().optional(),
});
const feedSchema = z.object({ next_url: z.string().nullish(), items: lenientList(itemSchema) });
const NO_BOARDS = new Set(['www', 'app', 'api', 'support', 'docs', 'tt', 'help', 'status']);

/** JSON Feed of a Teamtailor careers site; the token is the site's host, which can be the company's own. */
export const teamtailor: BoardProvider = {
  title: 'Teamtailor',
  tokenIn(url) {
    const [, board = 'www'] = /^([a-z0-9-]+)(?:\.[a-z]{2,4})?\.teamtailor\.com$/.exec(url.hostname) ?? [];
    return NO_BOARDS.has(board) ? null : url.hostname;
  },
  page: (token) => `https://${token}/jobs`,
  async read(ask) {
    const items = new Map<string, z.infer<typeof itemSchema>>();
    let path: string | null = '/jobs.json';
    for (let page = 0; page < MAX_PAGES && path !== null; page += 1) {
      const json = await ask(path);
      if (json === null) {
        if (page === 0) return null;
        break;
      }
      const feed: z.infer<typeof feedSchema> = parseDocument('Teamtailor', feedSchema, json, 'open roles');
      const before = items.size;
      for (const item of feed.items) items.set(String(item.id), item);
      path = items.size === before ? null : pathOf(feed.next_url);
    }
    return { companyName: null, adverts: [...items.values()].map(toAdvert) };
  },
};

/** The next page is asked for at the same host, whatever host its address names. */
function pathOf(address: string | null | undefined): string | null {
  if (!address || !URL.canParse(address)) return null;
  const { pathname, search } = new URL(address);
  return pathname + search;
}

function toAdvert(item: z.infer<typeof itemSchema>): Advert {
  const posting = readPosting(item._jobposting);
  return {
    vacancy: String(item.id),
    title: item.title.replace(/\s+/g, ' '),
    department: posting?.department ?? null,
    locations: posting?.locations ?? [],
    remote: posting?.remote ?? null,
    firstPublished: dayOf(item.date_published) ?? posting?.firstPublished ?? null,
    url: filled(item.url),
    text: plainText(item.content_html) || (posting?.text ?? ''),
  };
}
