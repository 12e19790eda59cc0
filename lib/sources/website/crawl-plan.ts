import { getDomain } from 'tldts';
import type { ParsedPage } from './parse-page';

/** Pages worth a request, the most telling first: proof of whose site it is, contact, what it does, work there. */
const WORTH: readonly RegExp[] = [
  /\b(contact(-us)?|kontakt|get-in-touch|find-us)\b/i,
  /\b(about(-us)?|who-we-are|our-(story|company)|company)\b/i,
  /\b(legal(-notice)?|imprint|impressum|terms[\w-]*|company-information|disclaimer)\b/i,
  /\b(privacy[\w-]*)\b/i,
  /\b(careers?|jobs?|vacanc(y|ies)|join-us|work-(for|with)-us|recruitment)\b/i,
  /\b(services?|products?|solutions?|what-we-do)\b/i,
  /\b(team|people|leadership)\b/i,
  /\b(news|blog|press|case-studies|clients|customers)\b/i,
];
/** Files and places that hold no page to read. */
const NO_PAGE =
  /\.(pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|svg|webp|ico|mp[34]|mov|css|js|json|xml|rss|ics|vcf|exe|dmg)$|\/(wp-json|wp-admin|feed|cart|basket|checkout|login|log-in|signin|register|account|search|tag|cgi-bin)(\/|$)/i;
/** Words about work in the address or in the words of a link. */
const WORK = WORTH[4] ?? /careers/i;

/**
 * What to read next of a site: links within it, most telling first.
 * @param read addresses that were asked for already.
 * @returns absolute addresses, each once; pages that nothing recommends come last, short addresses first.
 */
export function nextPages(pages: readonly ParsedPage[], read: ReadonlySet<string>): string[] {
  const home = pages[0]?.web.url;
  if (home === undefined) return [];
  const found = new Map<string, number>();
  for (const { url, text } of pages.flatMap(({ links }) => links)) {
    const address = pageAddress(url);
    if (!isSameSite(url.href, home) || NO_PAGE.test(url.pathname) || url.search !== '' || read.has(address)) continue;
    found.set(address, Math.min(found.get(address) ?? WORTH.length, worthOf(url, text)));
  }
  return [...found]
    .sort((a, b) => a[1] - b[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1))
    .map(([address]) => address);
}

/** The address by which a page counts as read: one for `/about` and `/about/`, http and https. */
export function pageAddress(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/(index\.(html?|php))?$/, '') || '/'}`;
}

/** Whether two addresses belong to one site: the same registrable domain, so that `www.` and `careers.` count too. */
export function isSameSite(a: string, b: string): boolean {
  return siteOf(a) === siteOf(b);
}

/** Whether a link is about working for the company. */
export function isAboutWork(url: URL, text: string): boolean {
  return WORK.test(spaced(url.pathname)) || WORK.test(url.hostname.split('.')[0] ?? '') || WORK.test(spaced(text));
}

function siteOf(address: string): string {
  return getDomain(address, { allowPrivateDomains: true }) ?? new URL(address).hostname;
}

function worthOf(url: URL, text: string): number {
  const rank = WORTH.findIndex((pattern) => pattern.test(spaced(url.pathname)) || pattern.test(spaced(text)));
  return rank === -1 ? WORTH.length : rank;
}

/** So that `about_us` and "About us" look alike. */
function spaced(text: string): string {
  return text.replace(/[_\s]+/g, '-');
}
