import { z } from 'zod';
import { FIGURE_IDS } from './figures';

const day = z.iso.date();

/** A fact as it stands in the document, and what it comes to. */
export const accountsFactSchema = z.object({
  /** As printed, without the sign that the tag adds. */
  text: z.string(),
  /** Power of ten that the tag adds; null for none. */
  scale: z.int().nullable(),
  sign: z.literal('-').nullable(),
  /** `GBP`, `pure`, ...; null for texts. */
  unit: z.string().nullable(),
  /** Of money: hundredths of the currency. */
  pence: z.int().nullable(),
  /** Of people. */
  count: z.number().nullable(),
  /** First day of the period; null for a state on a day. */
  start: day.nullable(),
  end: day.nullable(),
});

/** Where a fact stands: `facts[tag][context]`. */
const factPlaceSchema = z.object({ tag: z.string(), context: z.string() });

const figureSchema = z.object({
  current: factPlaceSchema.nullable(),
  previous: factPlaceSchema.nullable(),
  /** Why a tagged figure is not used. */
  problem: z.string().nullable(),
});

/** What was read out of one document; only the facts that are used are kept. */
export const accountsReadingSchema = z.object({
  kind: z.enum(['ixbrl', 'xbrl']),
  /** The company number that the document names. */
  names_company: z.string().nullable(),
  balance_sheet_date: day,
  /** The balance sheet before, where figures of it are tagged. */
  previous_date: day.nullable(),
  /** Figures are the company's own: facts about parts, also those of a whole group, are left out. */
  figures_of: z.literal('company'),
  has_group_figures: z.boolean(),
  dormant: z.boolean().nullable(),
  principal_activity: factPlaceSchema.nullable(),
  no_profit_and_loss: factPlaceSchema.nullable(),
  figures: z.record(z.enum(FIGURE_IDS), figureSchema),
  facts: z.record(z.string(), z.record(z.string(), accountsFactSchema)),
});

/** The reading of the last accounts and, where it could be read, of the accounts before. */
const accountsFiguresSchema = z.object({
  company_number: z.string(),
  documents: z.array(
    accountsReadingSchema.extend({
      document_id: z.string(),
      transaction_id: z.string(),
      /** As the register lists it. */
      made_up_to: day.nullable(),
      filed_on: day.nullable(),
      /** Where it comes from, to be cited. */
      title: z.string(),
      url: z.url(),
      retrieved_at: z.iso.datetime(),
      sha256: z.string(),
    }),
  ),
});

export type AccountsFact = z.infer<typeof accountsFactSchema>;
export type FactPlace = z.infer<typeof factPlaceSchema>;
export type AccountsReading = z.infer<typeof accountsReadingSchema>;
export type AccountsFigures = z.infer<typeof accountsFiguresSchema>;
