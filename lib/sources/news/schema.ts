import { z } from 'zod';

/**
 * How surely an article is about the company, best first: it prints the company's number; its name with its postcode or web
 * site; its registered name; its name without the legal form, as a proper name of several words.
 */
export const NAME_MATCHES = ['number', 'name_and_place', 'legal_name', 'name'] as const;
export type NameMatch = (typeof NAME_MATCHES)[number];
export const CHANNELS = ['gdelt', 'newsapi', 'feeds'] as const;
export type Channel = (typeof CHANNELS)[number];

const articleSchema = z.object({
  url: z.url(),
  title: z.string(),
  /** Host name of the outlet, without `www.`. */
  outlet: z.string(),
  /** ISO instant: when it was published, or first seen where it does not say. */
  date: z.iso.datetime(),
  date_is: z.enum(['published', 'seen']),
  channel: z.enum(CHANNELS),
  match: z.enum(NAME_MATCHES),
  /** The sentence that names the company, word for word. */
  quote: z.string(),
  /** Where the name was found: in the article itself, or in the excerpt that its outlet spreads. */
  named_in: z.enum(['article', 'excerpt']),
  /** Other places of the same text: they confirm nothing. */
  copies: z.array(z.object({ url: z.url(), outlet: z.string() })),
});

/** What was found about a company, newest first, and where was looked. */
export const newsSchema = z.object({
  articles: z.array(articleSchema),
  channels: z.array(
    z.object({
      channel: z.enum(CHANNELS),
      outcome: z.enum(['ok', 'unavailable', 'skipped']),
      reason: z.string().nullable(),
    }),
  ),
  /** Stories that could not be opened to look for the name. */
  unread: z.int(),
});

export type NewsArticle = z.infer<typeof articleSchema>;
export type News = z.infer<typeof newsSchema>;

/** Something that may be about the company. */
export type Candidate = {
  url: string;
  title: string;
  /** ISO instant; null when the channel names none. */
  date: string | null;
  dateIs: 'published' | 'seen';
  channel: Channel;
  /** What the channel gives of the text; '' when nothing. */
  excerpt: string;
};

/** What the channels are asked. */
export type NewsQuestion = {
  companyNumber: string;
  /** As on the register. */
  companyName: string;
  /** Without legal form, as it is looked for. */
  phrase: string;
  postcode: string | null;
  website: string | null;
  now: Date;
};

/** GDELT DOC 2.0, `mode=ArtList&format=json`: nothing found is `{}`, and single entries can be broken. */
export const gdeltSchema = z.union([
  z.object({ articles: z.array(z.unknown()) }),
  z.strictObject({}).transform(() => ({ articles: [] })),
]);

/** NewsAPI v2, `/everything`. */
export const newsApiSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('ok'),
    articles: z.array(
      z.object({
        url: z.string(),
        title: z.string().nullish(),
        description: z.string().nullish(),
        content: z.string().nullish(),
        publishedAt: z.string().nullish(),
      }),
    ),
  }),
  z.object({ status: z.literal('error'), code: z.string() }),
]);
