import { AppError, type ErrorCode } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import type { WebPage } from '../web/web-access';
import { matchCompany, type OwnerPage, type SiteFinding, type SoughtCompany } from './company-match';
import { isSameSite, nextPages, pageAddress } from './crawl-plan';
import { findOrganisations } from './organisations';
import { type ParsedPage, parsePage, prepareTexts } from './parse-page';
import type { Organisation } from './schema';

/** A page of the site with what it says of its owner. */
export type ReadPage = ParsedPage & { organisations: Organisation[] };

/** A site as far as it was read; the first page is its home page. */
export type ReadSite = { pages: ReadPage[]; finding: SiteFinding };

const MOST_PAGES = 10;
/** Pages on which a company names itself: home, contact, about, legal. A site without proof there is left alone. */
const PAGES_FOR_PROOF = 4;
/** Pages that wait for their host's turn at the same time: a slow site keeps its pace, not its length. */
const AT_ONCE = 6;
const MOST_FAILURES = 3;
/** A slow site must not hold up a report. */
const LONGEST_MS = 60_000;
/** What one page of a site may come to without ending the reading of the others. */
const PASSED_OVER: readonly ErrorCode[] = [
  'provider_unavailable',
  'provider_contract',
  'provider_rate_limited',
  'address_refused',
  'robots_disallowed',
];

/**
 * Reads a site a few pages at a time, the most telling first, and stops early where nothing proves that it is the company's.
 * @param home address of its home page.
 * @returns null when there is no site: the home page is missing or is no document.
 * @throws what keeps the home page from being read.
 */
export async function readSite(ctx: SourceContext, home: string, company: SoughtCompany): Promise<ReadSite | null> {
  const first = toReadPage(await ctx.web.get(home), [], 0);
  if (first === null) return null;
  const pages = [first];
  const asked = new Set([pageAddress(new URL(home)), pageAddress(new URL(first.web.url))]);
  const begun = ctx.now().getTime();
  let finding = matchCompany(toOwnerPages(pages), company);
  let failures = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const most = finding.finding === 'proved' ? MOST_PAGES : PAGES_FOR_PROOF;
    const next = nextPages(pages, asked).slice(0, Math.min(AT_ONCE, most - pages.length));
    if (next.length === 0 || failures >= MOST_FAILURES || ctx.now().getTime() - begun > LONGEST_MS) break;
    for (const address of next) asked.add(address);
    const [answers] = await Promise.all([
      Promise.all(next.map((address) => getFurther(ctx, address))),
      finding.finding === 'proved' ? prepareTexts(pages) : null,
    ]);
    failures += answers.filter((answer) => answer === 'failed').length;
    for (const answer of answers) addPage(pages, asked, answer);
    if (finding.finding !== 'proved') finding = matchCompany(toOwnerPages(pages), company);
  }
  return { pages, finding };
}

function addPage(pages: ReadPage[], asked: Set<string>, answer: WebPage | 'failed' | null): void {
  if (answer === null || answer === 'failed') return;
  const page = toReadPage(answer, pages, pages.length);
  if (page === null) return;
  pages.push(page);
  asked.add(pageAddress(new URL(page.web.url)));
}

async function getFurther(ctx: SourceContext, address: string): Promise<WebPage | 'failed' | null> {
  try {
    return await ctx.web.get(address);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!(error instanceof AppError) || !PASSED_OVER.includes(error.code)) throw error;
    return error.code === 'robots_disallowed' ? null : 'failed';
  }
}

/** Null for error pages, pages that were read already, copies of them, and pages to which the site leads away from itself. */
function toReadPage(web: WebPage, pages: readonly ReadPage[], index: number): ReadPage | null {
  const known = pages.some((page) => page.web.sha256 === web.sha256 || page.web.url === web.url);
  if (web.status !== 200 || known) return null;
  const home = pages[0]?.web.url ?? web.url;
  if (!isSameSite(web.url, home)) return null;
  const page = parsePage(web);
  if (page === null) return null;
  return { ...page, organisations: findOrganisations(page.jsonLd, index, (url) => isOwnAddress(url, home)) };
}

function isOwnAddress(url: string, home: string): boolean {
  return !URL.canParse(url) || isSameSite(url, home);
}

function toOwnerPages(pages: readonly ReadPage[]): OwnerPage[] {
  return pages.map(({ text, organisations }) => ({ text, organisations }));
}
