import { readFileSync } from 'node:fs';
import type { WebPage } from '@/lib/sources/web/web-access';
import { findOrganisations } from '@/lib/sources/website/organisations';
import { parsePage } from '@/lib/sources/website/parse-page';
import { sharedData } from '../../../support/shared-data';

/** A page as the way out hands it over. */
export function webPage(html: string, options: Partial<Pick<WebPage, 'url' | 'headers'>> = {}): WebPage {
  return {
    url: 'https://example.co.uk/',
    status: 200,
    contentType: 'text/html',
    headers: new Headers(),
    html,
    sha256: 'a'.repeat(64),
    retrievedAt: '2026-11-23T09:00:00.000Z',
    ...options,
  };
}

/** A page parsed, with the organisations it describes as its own. */
export function parsed(html: string, options: Parameters<typeof webPage>[1] = {}, index = 0) {
  const page = parsePage(webPage(html, options));
  if (page === null) throw new Error('the page is no document');
  return {
    ...page,
    url: page.web.url,
    headers: page.web.headers,
    isLegal: false,
    organisations: findOrganisations(page.jsonLd, index, () => true),
  };
}

/** A real page of `shared/data/websites`, such as `civildigital/index.html`. */
export function recorded(file: string, options: Parameters<typeof webPage>[1] = {}) {
  return parsed(readFileSync(sharedData('websites', ...file.split('/')), 'utf8'), options);
}
