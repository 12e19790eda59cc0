import { z } from 'zod';

/** What a field may be classified as; `unclear` is an answer: the text was read and does not say it. */
export const CLASSIFIED = {
  customer_type: z.enum(['b2b', 'b2c', 'mixed', 'public_sector', 'unclear']),
  delivery_model: z.enum([
    'professional_service',
    'trade_service',
    'contracting',
    'product_physical',
    'product_digital',
    'distribution_resale',
    'property',
    'unclear',
  ]),
  geography_served: z.enum(['regional', 'national_uk', 'international', 'unclear']),
  demand_model: z.enum(['b2b_relationship', 'local_service', 'consumer_search', 'not_customer_facing', 'unclear']),
  sic_agreement: z.enum(['agrees', 'disagrees', 'unclear']),
} as const;

export type ClassifiedField = keyof typeof CLASSIFIED;
export const CLASSIFIED_FIELDS = [
  'customer_type',
  'delivery_model',
  'geography_served',
  'demand_model',
  'sic_agreement',
] as const satisfies readonly ClassifiedField[];

export type CustomerType = z.infer<typeof CLASSIFIED.customer_type>;
export type DeliveryModel = z.infer<typeof CLASSIFIED.delivery_model>;
export type DemandModel = z.infer<typeof CLASSIFIED.demand_model>;
export type Geography = z.infer<typeof CLASSIFIED.geography_served>;
export type SicAgreement = z.infer<typeof CLASSIFIED.sic_agreement>;

/** A piece of text about the company, and how much a cue in it counts. */
export type Passage = {
  /** Where it stands, to be found again: a section of the accounts or a page of a web site. */
  id: string;
  /** `activity`: says what the company does; `turnover`: where and with what it is earned; `narrative`: all else. */
  kind: 'activity' | 'turnover' | 'narrative';
  text: string;
};

/** Words that stand exactly so in a passage. */
export type Quote = { passage: string; text: string };

export type Classification<Value extends string> = {
  value: Value;
  /** Null only where there was no text at all. */
  quote: Quote | null;
  /** 0 to 1: how surely the rule holds. */
  confidence: number;
};

export type Profile = {
  customer_type: Classification<CustomerType>;
  delivery_model: Classification<DeliveryModel>;
  geography_served: Classification<Geography>;
  demand_model: Classification<DemandModel>;
  sic_agreement: Classification<SicAgreement>;
};
