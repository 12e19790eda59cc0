import type { Classification, CustomerType } from './fields';
import type { FoundActivity } from './find-activity';
import { type PassageSentence, quoteAround } from './passage-sentences';

type Side = 'b2b' | 'b2c' | 'public_sector';

/** Words that name the kind of those who are served. */
const CUES: Readonly<Record<Side, RegExp>> = {
  b2b: /\b(businesses|corporate (and|clients?|customers?|entities|sector)|trade customers|commercial(,| and| clients?| customers?| propert\w+)|retailers|wholesalers|manufacturers|industrial|SMEs?|critical national infrastructure|(hotel|catering|construction|rail|fashion)[\w ,]* (outlets|sectors?|industry|industries)|(its|our|the) clients?|client base|client relationships?|brokers|private sector (clients|works))\b/i,
  b2c: /\b(consumers?|individuals|private (clients|individuals|patients|customers)|householders|home ?owners|families|general public|students|patients|guests|shoppers|residential(,| and| customers?| clients?| propert\w+| investments?)|globally mobile|home and lifestyle|restaurants|match days?)\b/i,
  public_sector:
    /\b(NHS|local authorit\w+|councils?|public[- ]sector|government (clients|departments?|bodies)|housing associations?|social housing|Ministry of \w+)\b/i,
};
/** Such as costs, grants and rules of which a report speaks without serving anybody. */
const NOT_SERVED =
  /\b(government (support|grant|polic|scheme)|consumer (prices?|confidence|spending)|cost.of.living|regulat\w+|competit\w+|employees?|staff)\b/i;
const SERVES =
  /\b(clients?|customers?|provid\w+|suppl\w+|support\w*|services?|works?|sector|sell\w*|serv(e|es|ing)|loans?|for|to)\b/i;
const WORTH = { activity: 1, turnover: 0.6, narrative: 0.6 } as const;
const FROM_ACTIVITY = 0.5;
const ENOUGH = 0.45;
const SIDES = ['b2b', 'b2c', 'public_sector'] as const;

/** Whom the company serves: by words that name them, else by whom its kind of business usually serves. */
export function classifyCustomers(
  sentences: readonly PassageSentence[],
  activity: FoundActivity | null,
): Classification<CustomerType> | null {
  const worth: Record<Side, number> = { b2b: 0, b2c: 0, public_sector: 0 };
  const quotes: Partial<Record<Side, Classification<CustomerType>['quote']>> = {};
  for (const sentence of sentences) {
    if (NOT_SERVED.test(sentence.text) || !SERVES.test(sentence.text)) continue;
    for (const side of SIDES) {
      const at = sentence.text.search(CUES[side]);
      if (at === -1 || worth[side] >= WORTH[sentence.passage.kind]) continue;
      worth[side] = WORTH[sentence.passage.kind];
      quotes[side] = quoteAround(sentence, at);
    }
  }
  for (const { customers } of activity?.kinds ?? []) {
    if ((customers !== 'b2b' && customers !== 'b2c') || worth[customers] >= FROM_ACTIVITY) continue;
    worth[customers] = FROM_ACTIVITY;
    quotes[customers] = activity?.quote ?? null;
  }
  return decide(worth, quotes);
}

function decide(
  worth: Readonly<Record<Side, number>>,
  quotes: Partial<Record<Side, Classification<CustomerType>['quote']>>,
): Classification<CustomerType> | null {
  const [first, second] = [...SIDES].sort((a, b) => worth[b] - worth[a]);
  if (first === undefined || second === undefined || worth[first] < ENOUGH) return null;
  const isMixed = worth[second] >= ENOUGH && worth[first] - worth[second] < 0.3;
  return {
    value: isMixed ? 'mixed' : first,
    quote: quotes[first] ?? null,
    confidence: isMixed ? 0.6 : 0.5 + worth[first] * 0.3,
  };
}
