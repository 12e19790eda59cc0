import { oneLine } from '../plain-text';

/** What begins something inside a line: code, emphasis, links, HTML, tables, headings' ends, strikethrough, formulas, notes. */
const INLINE = /[\\`*_[\]<>|~#$^]/g;
/** What begins a block at the start of a line or of a list item. */
const BLOCK = /^(?:[-+=:](?=\s|[-+=:]|$)|\d{1,9}(?=[.)](?:\s|$)))/;
/** Where an address begins that readers turn into a link by themselves, escaped or not: only a joiner, unseen, stops them. */
const BARE_LINK = /\b(https?|ftp)(?=:\/\/)|\b(www)(?=\.)/gi;
/** Character references: `&lt;` in others' text is five characters, not a bracket. */
const REFERENCE = /&(?=#?\w+;)/g;

/**
 * Others' text as one line of Markdown (CommonMark and GitHub's tables, notes and links) that reads exactly like the text.
 * A mailbox may still become a link where a reader makes links of mailboxes.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(INLINE, '\\$&')
    .replace(REFERENCE, '\\&')
    .replace(BARE_LINK, '$&\u2060')
    .replace(BLOCK, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}
