import { z } from 'zod';
import type { Statement } from './schema';

/** Shapes of the statement values that are more than one text or number. Written by sections, read by writers. */
const date = z.iso.date();

export const sicValue = z.object({
  code: z.string(),
  text: z.string(),
  section: z.object({ letter: z.string(), text: z.string() }).nullable(),
});
export const previousNameValue = z.object({
  name: z.string(),
  effective_from: date.nullable(),
  ceased_on: date.nullable(),
});
export const periodValue = z.object({ start: date, end: date });
export const officerValue = z.object({
  /** As the register writes it: `SURNAME, Forenames`. */
  name: z.string(),
  display_name: z.string(),
  role: z.string(),
  role_text: z.string(),
  appointed_on: date.nullable(),
  occupation: z.string().nullable(),
});
export const boardChangeValue = z.object({
  name: z.string(),
  display_name: z.string(),
  role_text: z.string(),
  change: z.enum(['appointed', 'left']),
  date,
});
export const controllerValue = z.object({
  /** Null where the register protects the person's details. */
  name: z.string().nullable(),
  kind: z.string(),
  natures_of_control: z.array(z.string()),
  control: z.array(z.string()),
  notified_on: date.nullable(),
});
export const parentValue = z.object({
  name: z.string(),
  registration_number: z.string().nullable(),
  place_registered: z.string().nullable(),
});
export const groupParentValue = z.object({
  name: z.string(),
  /** Null for a parent that only the register of companies names. */
  lei: z.string().nullable(),
  registered_as: z.string().nullable(),
  jurisdiction: z.string().nullable(),
});
export const awardValue = z.object({
  title: z.string(),
  buyer: z.string().nullable(),
  /** In whole units of the currency; of the whole award. */
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  awarded_on: date.nullable(),
  published_on: date,
  ends_on: date.nullable(),
  suppliers: z.int(),
});
export const gazetteNoticeValue = z.object({
  kind: z.string(),
  company_name: z.string(),
  published_on: date,
  matched_by: z.enum(['company_number', 'name']),
});
export const controlStatementValue = z.object({
  statement: z.string(),
  text: z.string(),
  notified_on: date.nullable(),
});
export const exemptionValue = z.object({ exemption: z.string(), text: z.string(), exempt_from: date.nullable() });
/** The register's code of what the company at the top of a chain states, and the words for it. */
export const chainEndTextValue = z.object({ code: z.string(), text: z.string() });
/** Somebody in charge; `source` is the id of the source that names them. */
export const keyPersonValue = z.object({ name: z.string(), role: z.string(), source: z.string() });
export const chargeValue = z.object({
  description: z.string().nullable(),
  status: z.string(),
  created_on: date.nullable(),
  persons_entitled: z.array(z.string()),
});
export const insolvencyValue = z.object({
  type: z.string(),
  text: z.string(),
  dates: z.array(z.object({ text: z.string(), date })),
});
export const noticeValue = z.object({ form: z.string(), text: z.string(), date, live: z.boolean() });
export const roleValue = z.object({
  title: z.string(),
  department: z.string().nullable(),
  locations: z.array(z.string()),
  first_published: date.nullable(),
});
/** How many open roles have a department, a place or a tool. */
export const roleCountValue = z.object({ name: z.string(), roles: z.int() });
export const signalValue = z.object({
  type: z.string(),
  /** What happened, finer than the type; empty in reports of earlier versions. */
  kind: z.string().default(''),
  title: z.string(),
  event_date: date,
  strength: z.string(),
  why_it_matters: z.string(),
  expires_on: date,
});
/** One detector and what came of it; reports of earlier versions know the first two and the reason only. */
export const checkValue = z.object({
  detector: z.string(),
  outcome: z.enum(['found', 'none', 'not_run']),
  reason: z.string().nullable(),
  detector_text: z.string().default(''),
  outcome_text: z.string().default(''),
  /** What kept it from looking. */
  cause: z.enum(['source_failed', 'nothing_to_ask', 'not_wanted']).nullable().default(null),
  cause_text: z.string().nullable().default(null),
  /** Those that it read; of a detector that did not run, those that it could not. */
  sources: z.array(z.string()).default([]),
  sources_text: z.string().default(''),
});
export const entryPersonValue = z.object({
  name: z.string(),
  display_name: z.string(),
  role_text: z.string(),
  appointed_on: date.nullable(),
  /** As the person gave it to the register. */
  occupation: z.string().nullable(),
  why: z.enum(['newest', 'longest_serving', 'only']),
});

/** While there is a reason to call: the first of the reasons fades on `best_until`, the last on `until`. */
export const timingValue = z.object({
  from: date,
  best_until: date,
  first_to_fade: z.string(),
  until: date,
  last_to_fade: z.string(),
});
export const openerValue = z.object({
  /** Id of the one statement that the opener rests on. */
  about: z.string(),
  text: z.string(),
});
export const BANT_FIELDS = ['bant_budget', 'bant_authority', 'bant_need', 'bant_timing'] as const;
/** One letter of BANT; one that is not known is a gap. */
export const bantValue = z.object({ letter: z.string(), state: z.enum(['known', 'indicated']), text: z.string() });
export const capValue = z.object({ text: z.string(), limit: z.number() });
export const websiteProofValue = z.object({
  kind: z.enum(['company_number', 'legal_name_and_postcode']),
  quote: z.string(),
  postcode: z.string().nullable(),
});
export const siteStatusValue = z.object({ host: z.string(), https: z.boolean(), pages_read: z.int() });
/** The words that a classified value rests on, and the source that holds them. */
export const wordsReadValue = z.object({ quote: z.string(), from: z.string() });
export const technologyValue = z.object({ name: z.string(), category: z.string() });
export const socialLinkValue = z.object({ network: z.string(), url: z.string() });
export const namedCodeValue = z.object({ code: z.string(), name: z.string() });
export const NEXT_ACTIONS = ['do_not_contact', 'wait', 'confirm_trading', 'contact_now', 'qualify_first'] as const;

/** The value of a statement in its shape; the statement was written by a section of ours, so a misfit is a bug. */
export function readValue<T>(statement: Statement, schema: z.ZodType<T>): T {
  return schema.parse(statement.value);
}
