import type { Passage, Quote } from './fields';

/** What auditors and accountants write: it speaks of the audit or of the accounts, not of the business. */
const NOT_THE_BUSINESS =
  /\b(audit(or|ors|ed|ing)?|misstatements?|true and fair|going concern|accounting (polic|estimate)\w*|FRS|IFRS|section 172|s172|Companies Act|depreciation|amortisation|impairment|deferred tax|remuneration|held office|indemnit\w+|dividends?|creditors|derivative|insolvency|liquidity|exchange rates?|fair value|instructions?|you are (now|an? (AI|assistant|model)))\b/i;
const SENTENCE = /[^.!?;\n]+(?:[.](?=[a-z\d])[^.!?;\n]*)*[.!?;]*/g;
/** Ways to reach somebody are no description, and are never quoted. */
const ADDRESS_OR_TAG = /@|https?:|www\.|<[a-z/]|\]\(/i;
const LONG_NUMBER = /\d{4}/;
const LONGEST_QUOTE = 240;
/** Narratives begin with the business and end with risks and duties. */
const SENTENCES_OF_NARRATIVE = 14;

export type PassageSentence = { passage: Passage; text: string };

/** The sentences of all passages that speak of the business, those on its activity first. */
export function businessSentences(passages: readonly Passage[]): PassageSentence[] {
  const ordered = [
    ...passages.filter(({ kind }) => kind === 'activity'),
    ...passages.filter(({ kind }) => kind === 'narrative'),
  ];
  return ordered.flatMap((passage) =>
    [...passage.text.matchAll(SENTENCE)]
      .map(([text]) => ({ passage, text: text.trim() }))
      .filter(({ text }) => text.length > 8 && !NOT_THE_BUSINESS.test(text) && !isAddress(passage, text))
      .slice(0, passage.kind === 'activity' ? 6 : SENTENCES_OF_NARRATIVE),
  );
}

/**
 * The words around a cue, exactly as they stand: the whole sentence, or of a long one the part around the cue.
 * @param at where in the sentence the cue begins.
 */
export function quoteAround({ passage, text }: PassageSentence, at: number): Quote {
  if (text.length <= LONGEST_QUOTE) return { passage: passage.id, text: text.replace(/[.;]+$/, '') };
  const from = at < LONGEST_QUOTE / 2 ? 0 : text.indexOf(' ', at - LONGEST_QUOTE / 2) + 1;
  const cut = text.slice(from, from + LONGEST_QUOTE);
  const end = from + LONGEST_QUOTE >= text.length ? cut.length : cut.lastIndexOf(' ');
  return { passage: passage.id, text: cut.slice(0, end).replace(/[\s.;,:]+$/, '') };
}

/** In filed text a long number is an amount or a year; on a web site it may be a telephone. */
function isAddress({ kind, id }: Passage, text: string): boolean {
  return ADDRESS_OR_TAG.test(text) || (kind === 'narrative' && id.startsWith('$') && LONG_NUMBER.test(text));
}
