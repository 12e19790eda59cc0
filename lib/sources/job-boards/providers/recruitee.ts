import { z } from 'zod';
import { parseDocument } from '../../outbound/json-answer';
import { type Advert, dayOf, filled, placeOf, places } from '../advert';
import { plainText } from '../plain-text';
import { type BoardProvider, lenientList, toToken } from './board-provider';

const offerSchema = z.object({
  id: z.int(),
  title: z.string().trim().min(1),
  department: z.string().nullish(),
  location: z.string().nullish(),
  locations: z
    .array(z.object({ city: z.string().nullish(), name: z.string().nullish(), country: z.string().nullish() }))
    .nullish(),
  remote: z.boolean().nullish(),
  status: z.string().nullish(),
  /** "2026-08-05 10:10:39 UTC". */
  published_at: z.string().nullish(),
  careers_url: z.string().nullish(),
  company_name: z.string().nullish(),
  description: z.string().nullish(),
  requirements: z.string().nullish(),
});
const boardSchema = z.object({ offers: lenientList(offerSchema) });
const NO_BOARDS = new Set(['www', 'api', 'app', 'docs', 'help', 'support', 'd', 'blog']);

/** Careers site API of Recruitee: every customer has a host of its own. */
export const recruitee: BoardProvider = {
  title: 'Recruitee',
  tokenIn(url) {
    const [, board = 'www'] = /^([a-z0-9-]+)\.recruitee\.com$/.exec(url.hostname) ?? [];
    return NO_BOARDS.has(board) ? null : toToken(board);
  },
  page: (token) => `https://${token}.recruitee.com/`,
  guesses: (words) => [words.join('')],
  async read(ask) {
    const json = await ask('/api/offers/');
    if (json === null) return null;
    const { offers } = parseDocument('Recruitee', boardSchema, json, 'open roles');
    const companyName = offers.map((offer) => filled(offer.company_name)).find((name) => name !== null) ?? null;
    const open = offers.filter(({ status }) => !status || status === 'published');
    return { companyName, adverts: open.map(toAdvert) };
  },
};

function toAdvert(offer: z.infer<typeof offerSchema>): Advert {
  const listed = places((offer.locations ?? []).map(({ city, name, country }) => placeOf(city ?? name, country)));
  return {
    vacancy: String(offer.id),
    title: offer.title.replace(/\s+/g, ' '),
    department: filled(offer.department),
    locations: listed.length > 0 ? listed : places([offer.location]),
    remote: offer.remote ?? null,
    firstPublished: dayOf(offer.published_at),
    url: filled(offer.careers_url),
    text: `${plainText(offer.description)} ${plainText(offer.requirements)}`,
  };
}
