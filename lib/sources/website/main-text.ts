import { Readability } from '@mozilla/readability';
import { visibleText } from './visible-text';

/** Above this the search for the main part takes seconds; the page is then taken without its frame. */
const MOST_ELEMENTS = 5_000;
/** Less is no article but a remnant of one. */
const LEAST_CHARACTERS = 250;
const FRAME = /^(NAV|HEADER|FOOTER|ASIDE|FORM|DIALOG|BUTTON)$/;

/**
 * What a page is about, without menus, forms and footers.
 * @param document is changed by the search: parse a page again for other uses.
 */
export function mainText(document: Document): string {
  const withoutFrame = visibleText(document.body, (element) => FRAME.test(element.tagName));
  const article = readArticle(document);
  return article.length >= LEAST_CHARACTERS ? article : withoutFrame;
}

function readArticle(document: Document): string {
  for (const hidden of document.querySelectorAll('[hidden], noscript, template')) hidden.remove();
  try {
    // Its own text content joins the last word of one block with the first of the next.
    const article = new Readability<Node>(document, {
      maxElemsToParse: MOST_ELEMENTS,
      serializer: (node) => node,
    }).parse();
    return article?.content == null ? '' : visibleText(article.content, (element) => FRAME.test(element.tagName));
  } catch {
    // Too large or too odd for it: the whole page serves as well.
    return '';
  }
}
