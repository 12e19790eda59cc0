import { z } from 'zod';
import type { UnreadCause } from '@/lib/companies/register/register';

export const SIGNAL_TYPES = [
  'funding',
  'expansion',
  'hiring',
  'technology_adoption',
  'executive_change',
  'financial_event',
] as const;
export const SIGNAL_STRENGTHS = ['low', 'medium', 'high'] as const;

/** `not_run` means nobody looked, and says why; `none` means somebody looked and there was nothing. */
export const CHECK_OUTCOMES = ['found', 'none', 'not_run'] as const;
/** Why nobody looked: a source broke down, there was nothing to ask (no key, no known address), or it was not wanted. */
export const NOT_RUN_CAUSES = ['source_failed', 'nothing_to_ask', 'not_wanted'] as const satisfies UnreadCause[];

/** Where an answer comes from: the stored form of a source origin. */
export const signalOriginSchema = z.object({
  source: z.string(),
  title: z.string(),
  url: z.string(),
  sourceType: z.string(),
  retrievedAt: z.string(),
  publishedAt: z.string().nullable(),
  sha256: z.string(),
  reliability: z.number(),
  stale: z.boolean(),
});

/** A place that shows an event. */
export const signalPlaceSchema = z.object({
  origin: signalOriginSchema,
  /** JSONPath into the source's answer, such as `$.items[3]`. */
  locator: z.string(),
  snippet: z.string(),
});

export const detectedSignalSchema = signalPlaceSchema.extend({
  type: z.enum(SIGNAL_TYPES),
  /** What happened, finer than the type: a key of the table of kinds. */
  kind: z.string().min(1),
  title: z.string().min(1),
  /** The day it happened, never the day it was filed or found. */
  event_date: z.iso.date(),
  strength: z.enum(SIGNAL_STRENGTHS),
  confidence: z.number().min(0).max(1),
  why_it_matters: z.string().min(1),
  expires_on: z.iso.date(),
  /** Company, type and the register's transaction id: the same event is never told twice. */
  dedupe_key: z.string().min(1),
  /** Further places that show the same event, such as the article about a funding. */
  also: z.array(signalPlaceSchema),
});

export const signalCheckSchema = z.object({
  detector: z.string(),
  /** What was looked for, as a sentence names it; not known of jobs of earlier versions. */
  label: z.string().default(''),
  outcome: z.enum(CHECK_OUTCOMES),
  /** Why nobody looked, or where else something might have been found; null when everything was read. */
  reason: z.string().nullable(),
  /** Null when somebody looked; not known of jobs of earlier versions. */
  cause: z.enum(NOT_RUN_CAUSES).nullable().default(null),
  /** The sources that were read to look, and those that should have been; not known of jobs of earlier versions. */
  looked_in: z.array(z.string()).default([]),
  unread: z.array(z.string()).default([]),
});

export const signalDetectionSchema = z.object({
  signals: z.array(detectedSignalSchema),
  checks: z.array(signalCheckSchema),
});

export type { SignalKind } from './kinds';
export type SignalType = (typeof SIGNAL_TYPES)[number];
export type SignalStrength = (typeof SIGNAL_STRENGTHS)[number];
export type DetectedSignal = z.infer<typeof detectedSignalSchema>;
export type SignalPlace = z.infer<typeof signalPlaceSchema>;
export type SignalCheck = z.infer<typeof signalCheckSchema>;
export type SignalDetection = z.infer<typeof signalDetectionSchema>;
