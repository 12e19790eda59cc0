import { classifyCustomers } from './customers';
import type { Classification, DeliveryModel, DemandModel, Passage, Profile, SicAgreement } from './fields';
import { type FoundActivity, findActivity } from './find-activity';
import { businessSentences, type PassageSentence, quoteAround } from './passage-sentences';
import { classifyPlaces } from './places';

const UNCLEAR = 0.5;
/** Many kinds in one sentence say less about each. */
const KINDS_TOLD = 3;

/**
 * Classifies a business by rules over what was filed or what its web site says, each value with the words it rests on.
 * What the text does not say is `unclear`, with the text that was read.
 * @param passages in the order in which they are trusted.
 * @param sicCodes as registered.
 * @returns null when there is no text to judge.
 */
export function classifyBusiness(passages: readonly Passage[], sicCodes: readonly string[]): Profile | null {
  const sentences = businessSentences(passages);
  const first = sentences[0];
  if (first === undefined) return null;
  const unclear = { value: 'unclear', quote: quoteAround(first, 0), confidence: UNCLEAR } as const;
  const activity = findActivity(sentences);
  const customers = classifyCustomers(sentences, activity);
  return {
    customer_type: customers ?? unclear,
    delivery_model: classifyDelivery(activity) ?? unclear,
    geography_served: classifyPlaces(passages, sentences) ?? unclear,
    demand_model: classifyDemand(activity, customers, sentences) ?? unclear,
    sic_agreement: compareWithCodes(activity, sicCodes) ?? unclear,
  };
}

/** How it delivers what it sells: as its kind of business does. */
function classifyDelivery(activity: FoundActivity | null): Classification<DeliveryModel> | null {
  if (activity === null) return null;
  const told = activity.kinds.slice(0, KINDS_TOLD).flatMap(({ delivery }) => delivery ?? []);
  // Goods that are also distributed to others are resold.
  const value =
    told.includes('distribution_resale') && told[0] === 'product_physical' ? 'distribution_resale' : told[0];
  if (value === undefined) return null;
  const agree = new Set(told).size === 1;
  return { value, quote: activity.quote, confidence: activity.confidence * (agree ? 1 : 0.8) };
}

/** How demand comes about: by the kind of business, else by whom it serves. */
function classifyDemand(
  activity: FoundActivity | null,
  customers: Profile['customer_type'] | null,
  sentences: readonly PassageSentence[],
): Classification<DemandModel> | null {
  const usual = activity?.kinds.slice(0, KINDS_TOLD).find(({ demand }) => demand !== null);
  const online = sentences.find(({ text }) => /\b(online marketplaces?|our website|e-?commerce)\b/i.test(text));
  if (usual?.demand && activity !== null) {
    return { value: usual.demand, quote: activity.quote, confidence: activity.confidence * 0.85 };
  }
  if (customers === null || customers.quote === null) return null;
  if (customers.value === 'b2c') {
    return online === undefined ? null : { value: 'consumer_search', quote: quoteAround(online, 0), confidence: 0.55 };
  }
  return { value: 'b2b_relationship', quote: customers.quote, confidence: customers.confidence * 0.9 };
}

/** Whether one of the registered codes is one under which a business of this kind registers. */
function compareWithCodes(
  activity: FoundActivity | null,
  sicCodes: readonly string[],
): Classification<SicAgreement> | null {
  const prefixes = activity?.kinds.flatMap(({ sic }) => sic.filter((prefix) => prefix !== '')) ?? [];
  if (activity === null || prefixes.length === 0 || sicCodes.length === 0) return null;
  const agrees = sicCodes.some((code) => prefixes.some((prefix) => code.startsWith(prefix)));
  // A holding often registers under the business of its group: its code is not wrong for that.
  if (!agrees && activity.kinds.every(({ name }) => name === 'holding')) return null;
  return agrees
    ? { value: 'agrees', quote: activity.quote, confidence: activity.confidence }
    : { value: 'disagrees', quote: activity.quote, confidence: activity.confidence * 0.8 };
}
