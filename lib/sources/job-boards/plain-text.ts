import { toDocument } from '../website/html-document';
import { visibleText } from '../website/visible-text';

/** The text of an advertisement's HTML on one line; '' for none. */
export function plainText(html: string | null | undefined): string {
  const document = html ? toDocument(html) : null;
  return document === null ? '' : visibleText(document.body).replace(/\s+/g, ' ');
}

/** Greenhouse and some sites escape the HTML of an advertisement once more: `&lt;p&gt;` for `<p>`. */
export function unescapedOnce(html: string): string {
  return /<[a-z]/i.test(html) ? html : plainText(html);
}
