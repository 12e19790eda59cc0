import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';

/** Browsers stop at 512 levels; a tree of many more takes any walk through it seconds. */
const DEEPEST = 512;

/**
 * The document of a page, scripts not run.
 * @param html any text: pages without `html` or `body` get them.
 * @returns null when elements are nested deeper than any honest page nests them.
 */
export function toDocument(html: string): Document | null {
  // A page that was cut off inside a tag: browsers drop that tag, whose address may be half of one.
  const whole = html.replace(/<[a-z/!][^<>]*$/i, '');
  if (depthOf(whole) > DEEPEST) return null;
  const { document } = parseHTML(/<html[\s>]/i.test(whole) ? whole : wrapped(whole));
  if (document.documentElement?.tagName === 'HTML' && document.body !== null) return document;
  return parseHTML(wrapped(whole)).document;
}

function wrapped(html: string): string {
  return `<!doctype html><html><head></head><body>${html}</body></html>`;
}

/** Levels of nesting, up to the first that is too deep. */
function depthOf(html: string): number {
  let depth = 0;
  let deepest = 0;
  const parser = new Parser({
    onopentagname() {
      depth += 1;
      if (depth > deepest) deepest = depth;
    },
    onclosetag() {
      depth -= 1;
    },
  });
  // In pieces, so that a page of nothing but opening tags is given up early.
  for (let at = 0; at < html.length && deepest <= DEEPEST; at += 16_384) parser.write(html.slice(at, at + 16_384));
  return deepest;
}
