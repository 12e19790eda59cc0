/** Elements whose text nobody reads on the page. */
const UNREAD = new Set([
  'SCRIPT',
  'STYLE',
  'NOSCRIPT',
  'TEMPLATE',
  'SVG',
  'HEAD',
  'OBJECT',
  'IFRAME',
  'SELECT',
  'TEXTAREA',
]);
/** Elements that only shape words; between others a line ends. */
const INLINE = new Set(
  'A ABBR ACRONYM B BDI BDO BIG CITE CODE DATA DEL DFN EM FONT I INS KBD LABEL MARK Q S SAMP SMALL SPAN STRONG SUB SUP TIME TT U VAR WBR'.split(
    ' ',
  ),
);
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])/i;
const ELEMENT = 1;
const TEXT = 3;

/**
 * What a person reads in a part of a page: one line a block, no text that the page itself hides.
 * @param skip elements to leave out with all that is in them.
 */
export function visibleText(root: Node, skip: (element: Element) => boolean = () => false): string {
  const pieces: string[] = [];
  // A list of what is still to do, since pages nest deeper than calls should.
  const todo: (Node | string)[] = [root];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next === 'string') pieces.push(next);
    else if (next.nodeType === TEXT) pieces.push(next.nodeValue ?? '');
    else if (!isElement(next)) continue;
    else if (next === root || !(isUnread(next) || skip(next))) {
      const edge = INLINE.has(next.tagName) ? '' : '\n';
      todo.push(edge, ...[...next.childNodes].reverse(), edge);
    }
  }
  return tidied(pieces.join(''));
}

/** Every run of blanks is one blank, every run of line ends one line end. */
function tidied(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\s]*/g, '\n')
    .trim();
}

/** The text on one line, at most so long, cut between words. */
export function oneLine(text: string, longest: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  return `${line.slice(0, longest - 1).replace(/\s+\S*$/, '')}…`;
}

function isElement(node: Node): node is Element {
  return node.nodeType === ELEMENT;
}

function isUnread(element: Element): boolean {
  if (UNREAD.has(element.tagName.toUpperCase()) || element.hasAttribute('hidden')) return true;
  return HIDDEN_STYLE.test(element.getAttribute('style') ?? '');
}
