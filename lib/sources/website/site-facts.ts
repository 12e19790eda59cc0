import { findAddresses, findEmails, findPhones } from './contacts';
import { isAboutWork, isSameSite } from './crawl-plan';
import { findTechnologies } from './find-technologies';
import { nodesOf, typesOf } from './json-ld';
import { languageName, pageLanguage } from './languages';
import { type ParsedPage, quotableText } from './parse-page';
import { findPeople } from './people';
import type { ReadPage } from './read-site';
import type { SiteDescription, SiteMatch, SitePage, Website } from './schema';
import { findSocialLinks } from './social-links';
import { oneLine } from './visible-text';

const LONGEST_TEXT = 4_000;
const MOST_LINKS = 200;
const LONGEST_DESCRIPTION = 300;
const SHORTEST_DESCRIPTION = 25;
/** Addresses and markup have no place in a quotation. */
const UNQUOTABLE = /https?:|www\.|[<>]|\]\(|\{\{/i;
const LEGAL_PAGE = /\b(privacy|terms|legal|cookies?|gdpr|eula|conditions|disclaimer)\b/i;

/** Everything that the pages of a proved site say. */
export function siteFacts(pages: readonly ReadPage[], match: SiteMatch, host: string): Omit<Website, 'candidates'> {
  const sitePages = pages.map(toSitePage);
  const home = pages[0]?.web.url ?? '';
  const contactPages = pages.map((page) => ({ ...page, isLegal: LEGAL_PAGE.test(pathOf(page)) }));
  return {
    state: 'proved',
    site: { host, home, https: home.startsWith('https:'), pages_read: pages.length },
    match,
    pages: sitePages,
    description: ownDescription(pages),
    organisations: pages.flatMap(({ organisations }) => organisations),
    people: findPeople(pages),
    emails: findEmails(contactPages, host),
    phones: findPhones(contactPages),
    addresses: findAddresses(contactPages),
    social_links: findSocialLinks(pages.map((page) => ({ ...page, url: page.web.url }))),
    technologies: findTechnologies(
      pages.map(({ web, document }) => ({ url: web.url, headers: web.headers, document })),
    ),
    languages: tally(sitePages),
  };
}

function toSitePage(page: ReadPage): SitePage {
  const { web, title, quotable, declaredLanguage, links, jsonLd } = page;
  const text = quotableText(page, LONGEST_TEXT);
  return {
    url: web.url,
    title: quotable ? title : null,
    retrieved_at: web.retrievedAt,
    sha256: web.sha256,
    quotable,
    text,
    language: pageLanguage(text, declaredLanguage),
    links: addresses(
      links
        .filter(({ url, text: words }) => !isSameSite(url.href, web.url) || isAboutWork(url, words))
        .map(({ url }) => url.href),
    ),
    embeds: addresses(embedsOf(page)),
    // What was parsed from JSON is JSON.
    job_json_ld: jsonLd.filter(hasPosting) as SitePage['job_json_ld'],
  };
}

/** Scripts and frames from elsewhere, among which are embedded job boards. */
function embedsOf({ document, web }: ParsedPage): string[] {
  return [...document.querySelectorAll('script[src], iframe[src]')].flatMap((element) => {
    const source = element.getAttribute('src') ?? '';
    return URL.canParse(source, web.url) ? [new URL(source, web.url).href] : [];
  });
}

function addresses(found: readonly string[]): string[] {
  return [...new Set(found)].slice(0, MOST_LINKS);
}

function hasPosting(block: unknown): boolean {
  return nodesOf([block]).some((node) => typesOf(node).includes('JobPosting'));
}

/** What the site says of the company in a sentence or two: in JSON-LD first, then as its pages describe themselves. */
function ownDescription(pages: readonly ReadPage[]): SiteDescription | null {
  const stated = pages.flatMap(({ organisations, quotable }, page) =>
    organisations.map(({ description }) => ({
      text: quotable ? description : null,
      page,
      found_in: 'json_ld' as const,
    })),
  );
  const [home] = pages.map(({ metaDescription, quotable }, page) => ({
    text: quotable ? metaDescription : null,
    page,
    found_in: 'meta' as const,
  }));
  for (const { text, ...place } of [...stated, ...(home === undefined ? [] : [home])]) {
    if (text === null || text.length < SHORTEST_DESCRIPTION || UNQUOTABLE.test(text)) continue;
    return { text: oneLine(text, LONGEST_DESCRIPTION), ...place };
  }
  return null;
}

/** The languages of the site, the one of most pages first. */
function tally(pages: readonly SitePage[]): Website['languages'] {
  const languages = new Map<string, Website['languages'][number]>();
  for (const [page, { language }] of pages.entries()) {
    if (language === null) continue;
    const known = languages.get(language);
    if (known === undefined) languages.set(language, { code: language, name: languageName(language), pages: 1, page });
    else known.pages += 1;
  }
  return [...languages.values()].sort((a, b) => b.pages - a.pages);
}

function pathOf({ web }: ReadPage): string {
  return new URL(web.url).pathname.replaceAll('_', '-');
}
