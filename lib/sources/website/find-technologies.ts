import type { Technology } from './schema';
import { type MarkPlace, TECHNOLOGY_MARKS } from './technology-marks';
import { oneLine } from './visible-text';

/** What a page shows of how it was made. */
export type MarkedPage = { url: string; document: Document; headers: Headers };

const LONGEST_MATCH = 200;
const LONGEST_SCRIPT = 100_000;

/**
 * Technologies that the pages of a site give away by scripts, styles, frames, `generator` and headers, each with what
 * stands there. Text, links and pictures prove nothing: a logo may be a client's.
 * @returns one entry per technology, its first mark, in the order of the catalogue.
 */
export function findTechnologies(pages: readonly MarkedPage[]): Technology[] {
  const places = pages.map(placesOf);
  return TECHNOLOGY_MARKS.flatMap(({ name, category, marks }) => {
    for (const [page, found] of places.entries()) {
      for (const [where, texts] of found) {
        const matched = firstMatch(texts, marks[where], where);
        if (matched !== null) return [{ name, category, matched, where, page }];
      }
    }
    return [];
  });
}

type Place = readonly [MarkPlace, readonly string[]];

function placesOf({ url, document, headers }: MarkedPage): Place[] {
  const addresses = (selector: string, attribute: string) =>
    [...document.querySelectorAll(selector)].flatMap((element) => {
      const value = element.getAttribute(attribute)?.trim() ?? '';
      return value !== '' && URL.canParse(value, url) ? [new URL(value, url).href] : [];
    });
  return [
    [
      'meta',
      [...document.querySelectorAll('meta[name="generator" i]')].map((meta) => meta.getAttribute('content') ?? ''),
    ],
    ['script', addresses('script[src]', 'src')],
    ['style', addresses('link[rel~="stylesheet" i], link[rel="preload" i][as="style" i]', 'href')],
    ['frame', addresses('iframe[src]', 'src')],
    [
      'inline_script',
      [...document.querySelectorAll('script:not([src])')]
        .filter((script) => !/json/i.test(script.getAttribute('type') ?? ''))
        .map((script) => (script.textContent ?? '').slice(0, LONGEST_SCRIPT)),
    ],
    ['header', [...headers].map(([name, value]) => `${name}: ${value}`)],
  ];
}

/** Addresses and headers are shown whole, of a script only what matched. */
function firstMatch(texts: readonly string[], pattern: RegExp | undefined, where: MarkPlace): string | null {
  if (pattern === undefined) return null;
  for (const text of texts) {
    const match = pattern.exec(text);
    if (match !== null) return oneLine(where === 'inline_script' ? match[0] : text, LONGEST_MATCH);
  }
  return null;
}
