import { z } from 'zod';

/** Index into `pages`. */
const page = z.int().min(0);

export const siteMatchSchema = z.object({
  kind: z.enum(['company_number', 'legal_name_and_postcode']),
  found_in: z.enum(['text', 'json_ld']),
  page,
  /** What stands on the page: the number with its label, or the registered name. */
  quote: z.string(),
  postcode: z.string().nullable(),
  /** 0 to 1: how surely the site is the company's. */
  worth: z.number().min(0).max(1),
});

export const candidateSchema = z.object({
  /** Without `www.`. */
  host: z.string(),
  known_from: z.enum(['our_records', 'company_name']),
  finding: z.enum(['proved', 'name_only', 'other_company', 'not_named', 'no_site', 'not_read']),
  /** A sentence for people: what was found there, or why nothing was. */
  detail: z.string(),
});

export const sitePageSchema = z.object({
  url: z.string(),
  title: z.string().nullable(),
  retrieved_at: z.string(),
  /** Of the page as it came, hex. */
  sha256: z.string(),
  /** False: the page asks not to be quoted (noindex, nosnippet), so no text of it is kept. */
  quotable: z.boolean(),
  /** Main text, cut after some thousand characters. */
  text: z.string(),
  /** ISO 639-1, of the text where there is enough of it, else as the page declares it. */
  language: z.string().nullable(),
  /** Absolute addresses of links and of scripts and frames that lead to other hosts or to pages about work. */
  links: z.array(z.string()),
  embeds: z.array(z.string()),
  /** JSON-LD blocks with job postings, as they stand. */
  job_json_ld: z.array(z.json()),
});

export const organisationSchema = z.object({
  page,
  types: z.array(z.string()),
  name: z.string().nullable(),
  legal_name: z.string().nullable(),
  url: z.string().nullable(),
  description: z.string().nullable(),
  telephone: z.string().nullable(),
  email: z.string().nullable(),
  address: z
    .object({
      street: z.string().nullable(),
      locality: z.string().nullable(),
      region: z.string().nullable(),
      postcode: z.string().nullable(),
      country: z.string().nullable(),
      text: z.string(),
    })
    .nullable(),
  founding_date: z.string().nullable(),
  same_as: z.array(z.string()),
  identifiers: z.array(z.string()),
});

const FOUND_IN = z.enum(['json_ld', 'link', 'text']);
/** A way to reach the company; `printed` is how the page writes it. */
export const contactSchema = z.object({ value: z.string(), printed: z.string(), page, found_in: FOUND_IN });
export const socialLinkSchema = z.object({ network: z.string(), url: z.string(), page, found_in: FOUND_IN });
export const technologySchema = z.object({
  name: z.string(),
  category: z.string(),
  /** What gave it away, as it stands on the page or in the answer's header. */
  matched: z.string(),
  where: z.enum(['script', 'style', 'frame', 'meta', 'inline_script', 'header']),
  page,
});
/** Somebody whom the site describes as its own, by name and title and nothing else. */
export const sitePersonSchema = z.object({
  name: z.string(),
  role: z.string(),
  page,
  found_in: z.enum(['json_ld', 'microdata']),
});
/** The site's own words about the company. */
export const descriptionSchema = z.object({ text: z.string(), page, found_in: z.enum(['json_ld', 'meta']) });

/** What a company's own web site says, or which sites may be its own. */
export const websiteSchema = z.object({
  /** `candidate`: a site names the company without proof; `none`: none does. Of both nothing was taken. */
  state: z.enum(['proved', 'candidate', 'none']),
  /** Null unless proved. */
  site: z
    .object({
      /** Without `www.`. */
      host: z.string(),
      home: z.string(),
      https: z.boolean(),
      pages_read: z.int(),
    })
    .nullable(),
  match: siteMatchSchema.nullable(),
  candidates: z.array(candidateSchema),
  pages: z.array(sitePageSchema),
  description: descriptionSchema.nullable(),
  organisations: z.array(organisationSchema),
  /** Answers that were kept before people were looked for have none. */
  people: z.array(sitePersonSchema).default([]),
  emails: z.array(contactSchema),
  phones: z.array(contactSchema),
  addresses: z.array(contactSchema),
  social_links: z.array(socialLinkSchema),
  technologies: z.array(technologySchema),
  languages: z.array(z.object({ code: z.string(), name: z.string(), pages: z.int(), page })),
});

export type Website = z.infer<typeof websiteSchema>;
export type SiteMatch = z.infer<typeof siteMatchSchema>;
export type SiteCandidate = z.infer<typeof candidateSchema>;
export type SitePage = z.infer<typeof sitePageSchema>;
export type Organisation = z.infer<typeof organisationSchema>;
export type SitePerson = z.infer<typeof sitePersonSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type SocialLink = z.infer<typeof socialLinkSchema>;
export type Technology = z.infer<typeof technologySchema>;
export type SiteDescription = z.infer<typeof descriptionSchema>;
