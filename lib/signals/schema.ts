import { z } from 'zod';

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

export const detectedSignalSchema = z.object({
  type: z.enum(SIGNAL_TYPES),
  title: z.string().min(1),
  /** The day it happened, never the day it was filed or found. */
  event_date: z.iso.date(),
  strength: z.enum(SIGNAL_STRENGTHS),
  confidence: z.number().min(0).max(1),
  why_it_matters: z.string().min(1),
  expires_on: z.iso.date(),
  /** Company, type and the register's transaction id: the same event is never told twice. */
  dedupe_key: z.string().min(1),
  origin: signalOriginSchema,
  /** JSONPath into the source's answer, such as `$.items[3]`. */
  locator: z.string(),
  snippet: z.string(),
});

export const signalCheckSchema = z.object({
  detector: z.string(),
  outcome: z.enum(CHECK_OUTCOMES),
  reason: z.string().nullable(),
});

export const signalDetectionSchema = z.object({
  signals: z.array(detectedSignalSchema),
  checks: z.array(signalCheckSchema),
});

export type SignalType = (typeof SIGNAL_TYPES)[number];
export type SignalStrength = (typeof SIGNAL_STRENGTHS)[number];
export type DetectedSignal = z.infer<typeof detectedSignalSchema>;
export type SignalCheck = z.infer<typeof signalCheckSchema>;
export type SignalDetection = z.infer<typeof signalDetectionSchema>;
