/** Words that carry no claim of their own, so that a sentence may use them without finding them in its points. */
const NEUTRAL = new Set(
  (
    'the and for its it’s their they them this that these those there here with from into onto over under since until ' +
    'are was were been being has have had having does did also both each all any other another such same own ' +
    'which who whom whose what when where while whereas then than how but yet because per via upon within between among ' +
    'company business firm register registered records record recorded shows show shown states stated lists listed ' +
    'named called known stands stood remains remained according currently now today latest further together namely ' +
    'respectively including includes include one two three'
  ).split(' '),
);
/** Words that say how sure something is, or how much is meant; dropping or adding one changes the claim. */
const QUALIFIERS =
  /\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|only|likely|unlikely|may|might|could|should|would|perhaps|apparently|about|around|nearly|almost|roughly|least|most|more|less|fewer|than|says|claims|candidate|suggested|inferred|estimated|declared|invented|every|always)\b|n['’]t\b/gi;
const UP = /\b(?:rose|rise[sn]?|rising|grew|grow[ns]?|growing|increase[ds]?|increasing|higher|gain(?:ed|s)?|up)\b/i;
const DOWN =
  /\b(?:fell|fall(?:s|en|ing)?|shrank|shrink(?:s|ing)?|decrease[ds]?|decreasing|declined?|lower|lost|loss(?:es)?|down)\b/i;
const WORD = /\p{L}[\p{L}'’-]*/gu;
const STEM = 5;

/** The words of a text that claim something, each as its first letters, so that inflections meet. */
export function claimStems(text: string): Set<string> {
  const words = [...text.toLowerCase().matchAll(WORD)].map(([word]) => word);
  return new Set(words.filter((word) => word.length > 2 && !NEUTRAL.has(word)).map((word) => word.slice(0, STEM)));
}

/** How often each word of doubt, degree or denial stands in a text. */
export function qualifierCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(QUALIFIERS)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Which ways a text says that things move. */
export function directionsOf(text: string): string {
  return `${UP.test(text) ? 'up' : ''}${DOWN.test(text) ? 'down' : ''}`;
}
