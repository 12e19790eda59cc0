import { ACTIVITY_KINDS, type ActivityKind } from './activities';
import type { Quote } from './fields';
import { type PassageSentence, quoteAround } from './passage-sentences';

/** For whom something is done is not what is done: "food for the hotel and catering trade" is no hotel. */
const FOR_WHOM =
  /\b(?:sells?|sold|suppl(?:y|ies|ied)) (?:\w+ ){0,3}to\b[^.;]*|\b(?:for|to(?! be\b)|across|specialising in)\b[^.;]*?\b(?:sectors?|industry|industries|outlets?|markets?|trade|customers|clients)\b/gi;
const SAYS_ACTIVITY =
  /\b(principal activit(y|ies)|principle activity|(is|was) (that of|the)|engaged in|specialis\w+|provid\w+|offer(s|ing)|operat(es|ing)|we (are|make|sell|design|build)|activit(y|ies))\b/i;
const SURE = { activity: 0.85, turnover: 0.8, narrative: 0.65 } as const;

export type FoundActivity = { kinds: readonly ActivityKind[]; quote: Quote; confidence: number };

/**
 * What the company does, in the first sentence that says so.
 * @returns null when no sentence names a kind of business; a holding counts only where nothing else is named.
 */
export function findActivity(sentences: readonly PassageSentence[]): FoundActivity | null {
  const found = sentences
    .filter(({ passage, text }) => passage.kind === 'activity' || SAYS_ACTIVITY.test(text))
    .flatMap(activityOf);
  return found.find(({ kinds }) => kinds.some(({ name }) => name !== 'holding')) ?? found[0] ?? null;
}

function activityOf(sentence: PassageSentence): FoundActivity[] {
  const text = sentence.text.replace(FOR_WHOM, (words) => ' '.repeat(words.length));
  const places = ACTIVITY_KINDS.flatMap((kind) => {
    const at = text.search(kind.words);
    return at === -1 ? [] : [{ kind, at }];
  });
  if (places.length === 0) return [];
  const at = Math.min(...places.map((place) => place.at));
  const kinds = places.sort((a, b) => a.at - b.at).map(({ kind }) => kind);
  return [{ kinds, quote: quoteAround(sentence, at), confidence: SURE[sentence.passage.kind] }];
}
