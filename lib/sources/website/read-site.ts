import { AppError, type ErrorCode } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import type { WebPage } from '../web/web-access';
import { matchCompany, type OwnerPage, type SiteFinding, type SoughtCompany } from './company-match';
import { isSameSite, nextPages, pageAddress } from './crawl-plan';
import { findOrganisations } from './organisations';
import { type ParsedPage, parsePage } from './parse-page';
import type { Organisation } from './schema';

/** A page of the site with what it says of its owner. */
export type ReadPage = ParsedPage & { organisations: Organisation[] };

/** A site as far as it was read; the first page is its home page. */
export type ReadSite = { pages: ReadPage[]; finding: SiteFinding };

const MOST_PAGES = 10;
/** Pages on which a company names itself: home, contact, about, legal. A site without proof there is left alone. */
const PAGES_FOR_PROOF = 4;
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
 * Reads a site page by page, the most telling first, and stops early where nothing proves that it is the company's.
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
  while (pages.length < (finding.finding === 'proved' ? MOST_PAGES : PAGES_FOR_PROOF)) {
    ctx.signal.throwIfAborted();
    const [next] = nextPages(pages, asked);
    if (next === undefined || failures >= MOST_FAILURES || ctx.now().getTime() - begun > LONGEST_MS) break;
    asked.add(next);
    const page = await readFurther(ctx, next, pages);
    if (page === 'failed') failures += 1;
    else if (page !== null) {
      pages.push(page);
      asked.add(pageAddress(new URL(page.web.url)));
      if (finding.finding !== 'proved') finding = matchCompany(toOwnerPages(pages), company);
    }
  }
  return { pages, finding };
}

async function readFurther(
  ctx: SourceContext,
  address: string,
  pages: readonly ReadPage[],
): Promise<ReadPage | 'failed' | null> {
  try {
    return toReadPage(await ctx.web.get(address), pages, pages.length);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!(error instanceof AppError) || !PASSED_OVER.includes(error.code)) throw error;
    return error.code === 'robots_disallowed' ? null : 'failed';
  }
}

/** Null for error pages, copies of pages that were read, and pages to which the site leads away from itself. */
function toReadPage(web: WebPage, pages: readonly ReadPage[], index: number): ReadPage | null {
  if (web.status !== 200 || pages.some((page) => page.web.sha256 === web.sha256)) return null;
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
