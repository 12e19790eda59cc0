import { z } from 'zod';
import { parseDocument } from '../../outbound/json-answer';
import { type Advert, dayOf, filled, placeOf, places } from '../advert';
import { plainText } from '../plain-text';
import { type BoardProvider, lenientList, segmentsOf, toToken } from './board-provider';

const place = z.object({
  city: z.string().nullish(),
  region: z.string().nullish(),
  country: z.string().nullish(),
  hidden: z.boolean().nullish(),
});
const jobSchema = z.object({
  title: z.string().trim().min(1),
  /** The same for every place that a job is advertised for. */
  shortcode: z.string(),
  department: z.string().nullish(),
  telecommuting: z.boolean().nullish(),
  url: z.string().nullish(),
  /** `created_at` is the day of the draft. */
  published_on: z.string().nullish(),
  city: z.string().nullish(),
  state: z.string().nullish(),
  country: z.string().nullish(),
  locations: z.array(place).nullish(),
  description: z.string().nullish(),
});
const accountSchema = z.object({ name: z.string().nullish(), jobs: lenientList(jobSchema) });
const NO_ACCOUNTS = new Set(['www', 'apply', 'help', 'jobs', 'resources', 'status', 'developers', 'api']);

/** The widget's API of Workable: one entry for each place of a job. */
export const workable: BoardProvider = {
  title: 'Workable',
  tokenIn(url) {
    const [first, ...rest] = segmentsOf(url);
    if (url.hostname === 'apply.workable.com') {
      if (first === 'api') return toToken(rest[rest.indexOf('accounts') + 1]);
      // apply.workable.com/j/ABC123 does not say whose job it is.
      return first === 'j' ? null : toToken(first);
    }
    const [, account = 'www'] = /^([a-z0-9-]+)\.workable\.com$/.exec(url.hostname) ?? [];
    return NO_ACCOUNTS.has(account) ? null : toToken(account);
  },
  page: (token) => `https://apply.workable.com/${encodeURIComponent(token)}/`,
  guesses: (words) => [words.join('-')],
  async read(ask, token) {
    const json = await ask(`/api/v1/widget/accounts/${encodeURIComponent(token)}?details=true`);
    if (json === null) return null;
    const { name, jobs } = parseDocument('Workable', accountSchema, json, 'open roles');
    return { companyName: filled(name), adverts: jobs.map(toAdvert) };
  },
};

function toAdvert(job: z.infer<typeof jobSchema>): Advert {
  const listed = (job.locations ?? []).filter(({ hidden }) => hidden !== true);
  return {
    vacancy: job.shortcode,
    title: job.title.replace(/\s+/g, ' '),
    department: filled(job.department),
    locations: places(
      listed.length > 0
        ? listed.map(({ city, region, country }) => placeOf(city, region, country))
        : [placeOf(job.city, job.state, job.country)],
    ),
    remote: job.telecommuting ?? null,
    firstPublished: dayOf(job.published_on),
    url: filled(job.url),
    text: plainText(job.description),
  };
}
