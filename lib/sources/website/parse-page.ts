import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WebPage } from '../web/web-access';
import { toDocument } from './html-document';
import { readJsonLd } from './json-ld';
import { mainText } from './main-text';
import { oneLine, visibleText } from './visible-text';

/** A page, read once for everything that is looked for in it. */
export type ParsedPage = {
  web: WebPage;
  document: Document;
  /** All that a person reads on it, one line a block. */
  text: string;
  /** False: it asks not to be shown in search results or not to be quoted. */
  quotable: boolean;
  title: string | null;
  metaDescription: string | null;
  declaredLanguage: string | null;
  jsonLd: unknown[];
  links: { url: URL; text: string }[];
};

const LONGEST_TITLE = 200;

/** @returns null for a page that cannot be read as a document. */
export function parsePage(web: WebPage): ParsedPage | null {
  const document = toDocument(web.html);
  if (document === null) return null;
  return {
    web,
    document,
    text: visibleText(document.body),
    quotable: !forbidsQuoting(document, web.headers),
    title: oneLine(document.querySelector('title')?.textContent ?? '', LONGEST_TITLE) || null,
    metaDescription:
      metaContent(document, 'meta[name="description" i]') ?? metaContent(document, 'meta[property="og:description" i]'),
    declaredLanguage: document.querySelector('html[lang]')?.getAttribute('lang') ?? null,
    jsonLd: readJsonLd(document),
    links: linksOf(document, web.url),
  };
}

/** Main texts that were found already: finding one takes longer than everything else that is done with a page. */
const mainTexts = new WeakMap<WebPage, string>();

/** The main text of a page, cut after `longest` characters; '' when the page asks not to be quoted. */
export function quotableText({ web, quotable }: ParsedPage, longest: number): string {
  if (!quotable) return '';
  const known = mainTexts.get(web);
  if (known !== undefined) return known.slice(0, longest);
  const again = toDocument(web.html);
  const text = again === null ? '' : mainText(again);
  mainTexts.set(web, text);
  return text.slice(0, longest);
}

/** Finds the main texts of pages ahead of their use, one per turn, so that answers on their way are not held up. */
export async function prepareTexts(pages: readonly ParsedPage[]): Promise<void> {
  for (const page of pages) {
    if (mainTexts.has(page.web)) continue;
    await nextTurn();
    quotableText(page, 0);
  }
}

function metaContent(document: Document, selector: string): string | null {
  return document.querySelector(selector)?.getAttribute('content')?.replace(/\s+/g, ' ').trim() || null;
}

/** RFC-less but common: `noindex`, `nosnippet` and `none`, in the page or in its header, for every program. */
function forbidsQuoting(document: Document, headers: Headers): boolean {
  const metas = [...document.querySelectorAll('meta[name="robots" i]')].map(
    (meta) => meta.getAttribute('content') ?? '',
  );
  const header = headers.get('x-robots-tag') ?? '';
  return [...metas, header].some((rules) =>
    /(^|[\s,:])(noindex|nosnippet|none|max-snippet:\s*0)($|[\s,])/i.test(rules),
  );
}

function linksOf(document: Document, page: string): ParsedPage['links'] {
  const declared = document.querySelector('base[href]')?.getAttribute('href') ?? '';
  const base = URL.canParse(declared, page) ? new URL(declared, page).href : page;
  return [...document.querySelectorAll('a[href]')].flatMap((link) => {
    const href = link.getAttribute('href')?.trim() ?? '';
    if (href === '' || !URL.canParse(href, base)) return [];
    const url = new URL(href, base);
    url.hash = '';
    return /^https?:$/.test(url.protocol) ? [{ url, text: oneLine(link.textContent ?? '', 80) }] : [];
  });
}
