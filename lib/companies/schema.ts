import { z } from 'zod';

const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });

export const companyAddressSchema = z.object({
  care_of: z.string().nullish(),
  po_box: z.string().nullish(),
  line_1: z.string().nullish(),
  line_2: z.string().nullish(),
  locality: z.string().nullish(),
  region: z.string().nullish(),
  country: z.string().nullish(),
  postal_code: z.string().nullish(),
});

export const previousNameSchema = z.object({
  name: z.string(),
  effective_from: day.nullish(),
  ceased_on: day.nullish(),
});

/** A company as the database keeps it and the API shows it. Codes are those of the Companies House API. */
export const companySchema = z.object({
  /** The company number: eight characters, zeros in front. */
  id: z.string(),
  company_number: z.string(),
  name: z.string(),
  status: z.string().nullable(),
  status_detail: z.string().nullable(),
  company_type: z.string().nullable(),
  jurisdiction: z.string().nullable(),
  country_of_origin: z.string().nullable(),
  incorporated_on: day.nullable(),
  dissolved_on: day.nullable(),
  address: companyAddressSchema,
  locality: z.string().nullable(),
  postal_code: z.string().nullable(),
  sic_codes: z.array(z.string()),
  accounts_category: z.string().nullable(),
  accounts_made_up_to: day.nullable(),
  accounts_next_due: day.nullable(),
  confirmation_made_up_to: day.nullable(),
  confirmation_next_due: day.nullable(),
  charges_total: z.int().nullable(),
  charges_outstanding: z.int().nullable(),
  previous_names: z.array(previousNameSchema),
  /** Invented demo data is marked wherever it appears. */
  is_demo: z.boolean(),
  /** 0 to 1; null until enriched. */
  completeness: z.number().nullable(),
  enriched_at: instant.nullable(),
  register_read_at: instant.nullable(),
  created_at: instant,
  updated_at: instant,
});

/** A company as the register's own search tells of it: enough to recognise it by. Codes as in `companySchema`. */
export const registerCompanySchema = z.object({
  id: z.string(),
  company_number: z.string(),
  name: z.string(),
  status: z.string().nullable(),
  company_type: z.string().nullable(),
  incorporated_on: day.nullable(),
  dissolved_on: day.nullable(),
  locality: z.string().nullable(),
  postal_code: z.string().nullable(),
  /** The registered office in one line. */
  address_line: z.string().nullable(),
  /** Those in which the query was found; the search does not tell others. */
  previous_names: z.array(previousNameSchema),
  is_demo: z.boolean(),
});

/** Whether the register was asked: an answer that could not be looked for is not one that is not there. */
export const registerStateSchema = z.enum(['searched', 'not_needed', 'unavailable']);

/** Where a fact was read: what a person needs to check it. */
export const factEvidenceSchema = z.object({
  url: z.string(),
  locator: z.string(),
  retrieved_at: z.string(),
  sha256: z.string(),
  snippet: z.string(),
});

/** The value of one field of a company, with its source. */
export const companyFactSchema = z.object({
  field: z.string(),
  value: z.json(),
  source: z.string(),
  /** Empty for facts that were not recorded by enrichment. */
  evidence: factEvidenceSchema.partial(),
  observed_at: instant,
  confidence: z.number().min(0).max(1),
});

export type Company = z.infer<typeof companySchema>;
export type RegisterCompany = z.infer<typeof registerCompanySchema>;
export type RegisterState = z.infer<typeof registerStateSchema>;
export type CompanyFact = z.infer<typeof companyFactSchema>;
export type CompanyPage = { items: Company[]; next_cursor: string | null };
