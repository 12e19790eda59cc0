import { z } from 'zod';

const text = z.string().nullish();
/** One entry is sent without a list around it. */
const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]),
    z.array(item),
  );

const entrySchema = z.looseObject({
  id: z.string(),
  'f:status': text,
  'f:notice-code': text,
  title: text,
  link: listOf(z.looseObject({ '@href': text, '@rel': text })),
  published: text,
  category: z.looseObject({ '@term': text }).nullish().catch(null),
  content: text,
});

/** The feed of notices; all of its numbers are texts. */
export const feedSchema = z.looseObject({ 'f:total': z.string(), entry: listOf(entrySchema) });

export const noticeSchema = z.object({
  id: z.string(),
  /** Four digits of The Gazette's taxonomy; 24xx is corporate insolvency. */
  code: z.string(),
  /** What kind of notice it is, in The Gazette's own words where it gives them. */
  kind: z.string(),
  /** The company's name as the notice has it. */
  company_name: z.string(),
  published_on: z.iso.date(),
  url: z.string(),
  matched_by: z.enum(['company_number', 'name']),
});

/** Insolvency notices that are surely or by their name about one company. */
export const gazetteNoticesSchema = z.object({
  /** Newest first. */
  notices: z.array(noticeSchema),
});

export type GazetteFeed = z.infer<typeof feedSchema>;
export type GazetteEntry = GazetteFeed['entry'][number];
export type GazetteNotice = z.infer<typeof noticeSchema>;
