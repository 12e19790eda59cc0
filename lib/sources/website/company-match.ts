import { parseCompanyNumber } from '@/lib/companies/company-number';
import { findLegalName, findTradingName, isTelling, nameParts } from './company-name';
import { type PrintedNumber, printedNumbers } from './printed-numbers';
import type { Organisation, SiteMatch } from './schema';

/** Whose site is looked for. */
export type SoughtCompany = { number: string; name: string | null; postcode: string | null };

/** What a page shows of its owner. */
export type OwnerPage = { text: string; organisations: readonly Organisation[] };

/** What the pages of a site say about whose it is. */
export type SiteFinding =
  | { finding: 'proved'; match: SiteMatch }
  /** Named, but neither its number nor its postcode stands there: it may be a namesake's. */
  | { finding: 'name_only'; page: number; quote: string }
  | { finding: 'other_company'; page: number; quote: string }
  | { finding: 'not_named' };

/**
 * Whether a site is the company's own. Proof is its number, printed under a label or in JSON-LD, or its whole registered
 * name together with the postcode of its registered office on one page. A name alone proves nothing.
 * @param pages in the order in which they were read; the first is the home page.
 */
export function matchCompany(pages: readonly OwnerPage[], company: SoughtCompany): SiteFinding {
  const match = numberMatch(pages, company) ?? nameAndPostcodeMatch(pages, company);
  if (match !== null) return { finding: 'proved', match };
  const other = otherNumber(pages, company);
  if (other !== null) return { finding: 'other_company', ...other };
  const named = nameOn(pages, company);
  return named === null ? { finding: 'not_named' } : { finding: 'name_only', ...named };
}

/**
 * A number beside others may stand there for a customer, a partner or an earlier owner of a form of contract: then the
 * site has to name the company too.
 */
function numberMatch(pages: readonly OwnerPage[], company: SoughtCompany): SiteMatch | null {
  const printed = pages.flatMap(({ text }, page) => printedNumbers(text).map((number) => ({ ...number, page })));
  const own = printed.filter(({ number }) => number === company.number);
  const alone = printed.every(({ number }) => number === company.number);
  for (const { page, quote } of own) {
    if (alone || isNamedOn(pages[page], company)) return proof('company_number', 'text', page, quote, null);
  }
  for (const [page, { organisations }] of pages.entries()) {
    const named = organisations
      .flatMap(({ identifiers }) => identifiers)
      .find((identifier) => parseCompanyNumber(identifier.replace(/^.*[:/]/, '')) === company.number);
    if (named !== undefined) return proof('company_number', 'json_ld', page, named, null);
  }
  return null;
}

function nameAndPostcodeMatch(pages: readonly OwnerPage[], { name, postcode }: SoughtCompany): SiteMatch | null {
  const inText = postcode === null ? null : postcodePattern(postcode);
  if (name === null || inText === null) return null;
  const parts = nameParts(name);
  for (const [page, { text, organisations }] of pages.entries()) {
    const printedName = findLegalName(text, parts);
    const [printedPostcode] = inText.exec(text) ?? [];
    if (printedName !== null && printedPostcode !== undefined) {
      return proof('legal_name_and_postcode', 'text', page, printedName, printedPostcode);
    }
    for (const { legal_name, name: shown, address } of organisations) {
      const full = [legal_name, shown].find(
        (candidate) => candidate !== null && findLegalName(candidate, parts) !== null,
      );
      const [code] = inText.exec(address?.postcode ?? address?.text ?? '') ?? [];
      if (full && code !== undefined) return proof('legal_name_and_postcode', 'json_ld', page, full, code);
    }
  }
  return null;
}

/** m of the design note research 1.6: an equal number is sure, name and postcode nearly. */
const WORTH = { company_number: 1, legal_name_and_postcode: 0.9 } as const;

function proof(
  kind: SiteMatch['kind'],
  foundIn: SiteMatch['found_in'],
  page: number,
  quote: string,
  postcode: string | null,
): SiteMatch {
  const oneLined = quote.replace(/\s+/g, ' ').trim();
  return { kind, found_in: foundIn, page, quote: oneLined, postcode, worth: WORTH[kind] };
}

function otherNumber(pages: readonly OwnerPage[], company: SoughtCompany): { page: number; quote: string } | null {
  for (const [page, { text }] of pages.entries()) {
    const other = printedNumbers(text).find((printed: PrintedNumber) => printed.number !== company.number);
    if (other !== undefined) return { page, quote: other.quote };
  }
  return null;
}

function nameOn(pages: readonly OwnerPage[], { name }: SoughtCompany): { page: number; quote: string } | null {
  const parts = name === null ? null : nameParts(name);
  if (parts === null || !isTelling(parts)) return null;
  for (const [page, { text }] of pages.entries()) {
    const quote = findLegalName(text, parts) ?? findTradingName(text, parts);
    if (quote !== null) return { page, quote };
  }
  return null;
}

function isNamedOn(page: OwnerPage | undefined, { name }: SoughtCompany): boolean {
  return page !== undefined && name !== null && findTradingName(page.text, nameParts(name)) !== null;
}

/** A postcode however it is spaced; null when the text is none. */
function postcodePattern(postcode: string): RegExp | null {
  const [, outward, inward] =
    /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/.exec(postcode.replace(/\s/g, '').toUpperCase()) ?? [];
  return outward === undefined ? null : new RegExp(`(?<![A-Z\\d])${outward}\\s{0,3}${inward}(?![A-Z\\d])`, 'i');
}
