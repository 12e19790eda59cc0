import { z } from 'zod';

/**
 * Answers of the Companies House Public Data API, as they really occur between 2015 and 2026: members come and go, any
 * of them may be null, and members that nobody here reads pass through untouched. Names are the provider's.
 */

/**
 * A calendar date; older services send an instant, of which the date is what counts. The register also writes words such
 * as "Unknown" where a date belongs: that is no date, and no reason to refuse the document.
 */
const date = z.string().transform((text) => (isDate(text) ? text : null));
const count = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]);
const numberOrText = z.union([z.number(), z.string()]);

const address = z.looseObject({
  care_of: z.string().nullish(),
  po_box: z.string().nullish(),
  premises: z.string().nullish(),
  address_line_1: z.string().nullish(),
  address_line_2: z.string().nullish(),
  locality: z.string().nullish(),
  region: z.string().nullish(),
  country: z.string().nullish(),
  postal_code: z.string().nullish(),
});

const identification = z.looseObject({
  identification_type: z.string().nullish(),
  legal_authority: z.string().nullish(),
  legal_form: z.string().nullish(),
  place_registered: z.string().nullish(),
  country_registered: z.string().nullish(),
  registration_number: numberOrText.nullish(),
});

const returnDates = z.looseObject({
  last_made_up_to: date.nullish(),
  next_due: date.nullish(),
  next_made_up_to: date.nullish(),
  overdue: z.boolean().nullish(),
});

const accounts = z.looseObject({
  accounting_reference_date: z.looseObject({ day: numberOrText.nullish(), month: numberOrText.nullish() }).nullish(),
  last_accounts: z
    .looseObject({
      type: z.string().nullish(),
      made_up_to: date.nullish(),
      period_start_on: date.nullish(),
      period_end_on: date.nullish(),
    })
    .nullish(),
  next_accounts: z
    .looseObject({
      due_on: date.nullish(),
      overdue: z.boolean().nullish(),
      period_start_on: date.nullish(),
      period_end_on: date.nullish(),
    })
    .nullish(),
  next_due: date.nullish(),
  next_made_up_to: date.nullish(),
  overdue: z.boolean().nullish(),
});

/** `GET /company/{number}`. The status of a company stands in `company_status`; some years repeat it as `status`. */
export const companyProfileSchema = z.looseObject({
  company_name: z.string().min(1),
  company_number: z.string().min(1),
  company_status: z.string().nullish(),
  company_status_detail: z.string().nullish(),
  type: z.string().nullish(),
  subtype: z.string().nullish(),
  jurisdiction: z.string().nullish(),
  date_of_creation: date.nullish(),
  date_of_cessation: date.nullish(),
  etag: z.string().nullish(),
  has_charges: z.boolean().nullish(),
  has_insolvency_history: z.boolean().nullish(),
  has_been_liquidated: z.boolean().nullish(),
  has_super_secure_pscs: z.boolean().nullish(),
  is_community_interest_company: z.boolean().nullish(),
  registered_office_address: address.nullish(),
  registered_office_is_in_dispute: z.boolean().nullish(),
  undeliverable_registered_office_address: z.boolean().nullish(),
  sic_codes: z.array(z.string()).nullish(),
  previous_company_names: z
    .array(z.looseObject({ name: z.string(), effective_from: date.nullish(), ceased_on: date.nullish() }))
    .nullish(),
  accounts: accounts.nullish(),
  confirmation_statement: returnDates.nullish(),
  annual_return: returnDates.nullish(),
  links: z.record(z.string(), z.unknown()).nullish(),
});

/** Set by us, never by the provider: true when the register has more items than were read. */
const truncated = z.boolean().optional();

const officer = z.looseObject({
  name: z.string(),
  officer_role: z.string(),
  appointed_on: date.nullish(),
  appointed_before: date.nullish(),
  resigned_on: date.nullish(),
  occupation: z.string().nullish(),
  nationality: z.string().nullish(),
  country_of_residence: z.string().nullish(),
  is_pre_1992_appointment: z.boolean().nullish(),
  identification: identification.nullish(),
});

/** `GET /company/{number}/officers`, newest appointments first within active and resigned. */
export const officerListSchema = z.looseObject({
  active_count: count.nullish(),
  resigned_count: count.nullish(),
  inactive_count: count.nullish(),
  total_results: count.nullish(),
  start_index: count.nullish(),
  items: z.array(officer),
  truncated,
});

const filing = z.looseObject({
  transaction_id: z.string().nullish(),
  type: z.string().nullish(),
  date: date.nullish(),
  action_date: date.nullish(),
  /** An open list: the published one lacks half of what occurs. */
  category: z.string().nullish(),
  subcategory: z.union([z.string(), z.array(z.string())]).nullish(),
  description: z.string().nullish(),
  description_values: z.record(z.string(), z.unknown()).nullish(),
  annotations: z.array(z.looseObject({})).nullish(),
  associated_filings: z.array(z.looseObject({})).nullish(),
  resolutions: z.array(z.looseObject({})).nullish(),
  links: z.looseObject({ self: z.string().nullish(), document_metadata: z.string().nullish() }).nullish(),
});

/** `GET /company/{number}/filing-history`, newest first. */
export const filingHistorySchema = z.looseObject({
  filing_history_status: z.string().nullish(),
  total_count: count.nullish(),
  start_index: count.nullish(),
  items: z.array(filing),
  truncated,
});

const personWithSignificantControl = z.looseObject({
  kind: z.string(),
  /** Absent for people whose details are protected. */
  name: z.string().nullish(),
  notified_on: date.nullish(),
  ceased_on: date.nullish(),
  ceased: z.union([z.boolean(), z.string(), z.number()]).nullish(),
  natures_of_control: z.array(z.string()).nullish(),
  nationality: z.string().nullish(),
  country_of_residence: z.string().nullish(),
  identification: identification.nullish(),
  is_sanctioned: z.boolean().nullish(),
});

const controlCounts = {
  active_count: count.nullish(),
  ceased_count: count.nullish(),
  total_results: count.nullish(),
  start_index: count.nullish(),
};

/** `GET /company/{number}/persons-with-significant-control`. */
export const pscListSchema = z.looseObject({
  ...controlCounts,
  items: z.array(personWithSignificantControl),
  truncated,
});

/** `GET /company/{number}/persons-with-significant-control-statements`. */
export const pscStatementListSchema = z.looseObject({
  ...controlCounts,
  items: z.array(
    z.looseObject({
      statement: z.string(),
      notified_on: date.nullish(),
      ceased_on: date.nullish(),
      linked_psc_name: z.string().nullish(),
      restrictions_notice_withdrawal_reason: z.string().nullish(),
    }),
  ),
  truncated,
});

const exemption = z.looseObject({
  exemption_type: z.string(),
  /** Spells during which it applies; one without an end still does. */
  items: z.array(z.looseObject({ exempt_from: date.nullish(), exempt_to: date.nullish() })).nullish(),
});

/** `GET /company/{number}/exemptions`, by the name of the exemption. */
export const exemptionsSchema = z.looseObject({ exemptions: z.record(z.string(), exemption) });

const charge = z.looseObject({
  charge_code: z.string().nullish(),
  charge_number: numberOrText.nullish(),
  status: z.string(),
  created_on: date.nullish(),
  delivered_on: date.nullish(),
  acquired_on: date.nullish(),
  satisfied_on: date.nullish(),
  classification: z.looseObject({ type: z.string().nullish(), description: z.string().nullish() }).nullish(),
  particulars: z.looseObject({ type: z.string().nullish(), description: z.string().nullish() }).nullish(),
  secured_details: z.looseObject({ type: z.string().nullish(), description: z.string().nullish() }).nullish(),
  persons_entitled: z.array(z.looseObject({ name: z.string().nullish() })).nullish(),
  transactions: z.array(z.looseObject({ filing_type: z.string().nullish(), delivered_on: date.nullish() })).nullish(),
});

/** `GET /company/{number}/charges`. The published description is wrong about its objects; this follows real answers. */
export const chargeListSchema = z.looseObject({
  total_count: count.nullish(),
  unfiltered_count: count.nullish(),
  satisfied_count: count.nullish(),
  part_satisfied_count: count.nullish(),
  items: z.array(charge),
  truncated,
});

/** `GET /company/{number}/insolvency`. */
export const insolvencySchema = z.looseObject({
  status: z.array(z.string()).nullish(),
  cases: z.array(
    z.looseObject({
      number: numberOrText.nullish(),
      type: z.string(),
      dates: z.array(z.looseObject({ type: z.string(), date: date.nullish() })).nullish(),
      practitioners: z
        .array(
          z.looseObject({
            name: z.string().nullish(),
            role: z.string().nullish(),
            appointed_on: date.nullish(),
            ceased_to_act_on: date.nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});

/** `GET /search/companies`. */
export const companySearchSchema = z.looseObject({
  total_results: count.nullish(),
  start_index: count.nullish(),
  items: z.array(
    z.looseObject({
      title: z.string().nullish(),
      company_number: z.string(),
      company_status: z.string().nullish(),
      company_type: z.string().nullish(),
      date_of_creation: date.nullish(),
      date_of_cessation: date.nullish(),
      address: address.nullish(),
      address_snippet: z.string().nullish(),
      /** A former name where `matches.snippet` says that the query was found in it; in older answers also the address. */
      snippet: z.string().nullish(),
      matches: z.looseObject({ snippet: z.array(z.number()).nullish() }).nullish(),
    }),
  ),
});

/** The provider's own error document. */
export const companiesHouseErrorSchema = z.looseObject({
  errors: z.array(z.looseObject({ error: z.string(), type: z.string().nullish() })).min(1),
});

export type CompanyProfile = z.infer<typeof companyProfileSchema>;
export type OfficerList = z.infer<typeof officerListSchema>;
export type Officer = OfficerList['items'][number];
export type FilingHistory = z.infer<typeof filingHistorySchema>;
export type Filing = FilingHistory['items'][number];
export type PscList = z.infer<typeof pscListSchema>;
export type PersonWithSignificantControl = PscList['items'][number];
export type PscStatementList = z.infer<typeof pscStatementListSchema>;
export type Exemptions = z.infer<typeof exemptionsSchema>;
export type ChargeList = z.infer<typeof chargeListSchema>;
export type Charge = ChargeList['items'][number];
export type Insolvency = z.infer<typeof insolvencySchema>;
export type CompanySearch = z.infer<typeof companySearchSchema>;

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text)) return false;
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
}
