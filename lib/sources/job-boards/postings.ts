import { z } from 'zod';
import { type Advert, dayOf, filled, placeOf, places } from './advert';
import { plainText, unescapedOnce } from './plain-text';

const texts = z.union([z.string(), z.number()]).transform(String);
const nameOf = z
  .union([texts, z.looseObject({ name: texts.nullish() }).transform(({ name }) => name ?? null)])
  .nullish()
  .catch(null);
/** A member that may be one thing or a list of things. */
const several = <T>(item: z.ZodType<T>) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item)).catch([]);
const addressSchema = z.union([
  z.string(),
  z.looseObject({ addressLocality: nameOf, addressRegion: nameOf, addressCountry: nameOf }),
]);
const postingSchema = z.looseObject({
  '@type': several(z.string()),
  title: z.string().trim().min(1),
  datePosted: z.string().nullish().catch(null),
  validThrough: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
  hiringOrganization: nameOf,
  occupationalCategory: nameOf,
  jobLocation: several(z.looseObject({ address: addressSchema.nullish().catch(null), name: nameOf })),
  jobLocationType: several(z.string()),
  url: z.string().nullish().catch(null),
  identifier: z
    .union([texts, z.looseObject({ value: texts.nullish() }).transform(({ value }) => value ?? null)])
    .nullish()
    .catch(null),
});

/** An advertisement published as schema.org JobPosting. */
export type Posting = Advert & {
  /** Who hires, where the posting says. */
  employer: string | null;
  /** YYYY-MM-DD after which it is no longer valid. */
  validThrough: string | null;
};

/** Every JobPosting in the JSON-LD blocks of a page: single objects, lists and `@graph`s. */
export function findPostings(blocks: readonly unknown[]): Posting[] {
  return blocks.flatMap(nodesOf).flatMap((node) => readPosting(node) ?? []);
}

/** @returns null when it is no JobPosting, or one without a title. */
export function readPosting(node: unknown): Posting | null {
  const parsed = postingSchema.safeParse(node);
  if (!parsed.success || !parsed.data['@type'].includes('JobPosting')) return null;
  const posting = parsed.data;
  const title = plainText(posting.title);
  const url = filled(posting.url);
  return {
    vacancy: posting.identifier ?? url ?? `${title}|${posting.datePosted ?? ''}`,
    title,
    department: filled(posting.occupationalCategory),
    locations: places(posting.jobLocation.map(({ address, name }) => placeText(address) ?? name)),
    remote: posting.jobLocationType.includes('TELECOMMUTE') ? true : null,
    firstPublished: dayOf(posting.datePosted),
    url,
    text: plainText(unescapedOnce(posting.description ?? '')),
    employer: filled(posting.hiringOrganization),
    validThrough: dayOf(posting.validThrough),
  };
}

function nodesOf(block: unknown): unknown[] {
  if (Array.isArray(block)) return block.flatMap(nodesOf);
  if (typeof block !== 'object' || block === null) return [];
  const graph: unknown = Reflect.get(block, '@graph');
  return graph === undefined ? [block] : [block, ...nodesOf(graph)];
}

function placeText(address: z.infer<typeof addressSchema> | null | undefined): string | null {
  if (typeof address === 'string') return filled(address);
  return placeOf(address?.addressLocality, address?.addressRegion, address?.addressCountry);
}
