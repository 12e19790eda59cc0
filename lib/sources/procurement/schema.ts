import { z } from 'zod';

/** Releases of the Open Contracting Data Standard, as far as they are read; what does not fit counts as not given. */
const text = z.string().nullish().catch(null);
/** Real releases hold amounts such as 1e9999, which is no number that anyone meant. */
const amount = z.number().nonnegative().nullish().catch(null);

const partySchema = z.looseObject({
  id: z.string(),
  name: text,
  identifier: z.looseObject({ scheme: text, id: z.coerce.string().nullish().catch(null), legalName: text }).nullish(),
  additionalIdentifiers: z
    .array(z.looseObject({ scheme: text, id: z.coerce.string().nullish().catch(null) }))
    .nullish()
    .catch(null),
  address: z.looseObject({ postalCode: text, streetAddress: text }).nullish().catch(null),
});

const ocdsAwardSchema = z.looseObject({
  id: z.coerce.string(),
  title: text,
  status: text,
  date: text,
  value: z.looseObject({ amount, currency: text }).nullish().catch(null),
  suppliers: z.array(z.looseObject({ id: text, name: text })).nullish(),
  contractPeriod: z.looseObject({ startDate: text, endDate: text }).nullish().catch(null),
  documents: z
    .array(z.looseObject({ documentType: text, url: text }))
    .nullish()
    .catch(null),
});

export const releaseSchema = z.looseObject({
  ocid: z.string().min(1),
  id: z.string().min(1),
  date: z.iso.datetime({ offset: true }),
  buyer: z.looseObject({ name: text }).nullish().catch(null),
  tender: z.looseObject({ title: text }).nullish().catch(null),
  parties: z.array(partySchema).nullish(),
  awards: z.array(ocdsAwardSchema).nullish(),
});

/** One award to one supplier, as it is kept. */
export const awardSchema = z.object({
  ocid: z.string(),
  award_id: z.string(),
  title: z.string(),
  buyer: z.string().nullable(),
  /** In whole units of the currency, as the notice states it: of the whole award, also where several suppliers share it. */
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  /** Day of the award; null where the notice does not state it. */
  awarded_on: z.iso.date().nullable(),
  published_on: z.iso.date(),
  starts_on: z.iso.date().nullable(),
  ends_on: z.iso.date().nullable(),
  supplier_name: z.string(),
  suppliers: z.int(),
  notice_url: z.string(),
});

/** What is known of a company's awards, and which time was looked through. */
export const contractAwardsSchema = z.object({
  looked_from: z.iso.datetime({ offset: true }).nullable(),
  looked_to: z.iso.datetime({ offset: true }).nullable(),
  read_at: z.iso.datetime({ offset: true }).nullable(),
  /** Releases of that time that could not be read. */
  damaged: z.int().nullable(),
  /** Newest first. */
  awards: z.array(awardSchema.extend({ matched_by: z.enum(['company_number', 'name_and_postcode']) })),
});

export type Release = z.infer<typeof releaseSchema>;
export type Award = z.infer<typeof awardSchema>;
export type ContractAwards = z.infer<typeof contractAwardsSchema>;
export type MatchedAward = ContractAwards['awards'][number];

/** An award with what it is found by: the form of the table `contract_awards`. */
export type AwardRow = {
  ocid: string;
  award_id: string;
  supplier_key: string;
  /** In the register's form; null where the notice gives none. */
  supplier_number: string | null;
  name_key: string;
  postcode: string | null;
  published_at: string;
  document: Award;
};
