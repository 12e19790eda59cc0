import { z } from 'zod';

/** The report document, design note "The report as data": all keys always present, the same input gives the same bytes. */
export const SECTION_IDS = [
  'identity',
  'business',
  'financials',
  'ownership',
  'signals',
  'technology',
  'risk',
  'approach',
] as const;
export type SectionId = (typeof SECTION_IDS)[number];

export const STATEMENT_METHODS = ['copied', 'parsed', 'computed', 'classified', 'inferred'] as const;
export const GAP_REASONS = ['not_disclosed', 'not_found', 'source_failed', 'not_configured', 'not_applicable'] as const;
export const WRITERS = ['template', 'model'] as const;

const unitInterval = z.number().min(0).max(1);
const isoDate = z.iso.date();
const isoInstant = z.iso.datetime();
const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}\\d+$`));

export const evidenceSchema = z.object({
  id: id('E'),
  source: z.string(),
  source_index: z.int().min(1),
  url: z.url(),
  retrieved_at: isoInstant,
  published_at: z.union([isoDate, isoInstant]).nullable(),
  sha256: z.string(),
  /** JSONPath into the source's answer, such as `$.accounts.last_accounts.made_up_to`. */
  locator: z.string(),
  /** What stands at the locator, as text. */
  snippet: z.string(),
});

export const statementSchema = z.object({
  id: id('S'),
  field: z.string(),
  value: z.json(),
  unit: z.string().nullable(),
  currency: z.string().nullable(),
  period: z.string().nullable(),
  as_of: z.union([isoDate, isoInstant]),
  method: z.enum(STATEMENT_METHODS),
  formula: z.string().nullable(),
  evidence: z.array(id('E')).min(1),
  confidence: unitInterval,
  conflicts: z.array(id('S')),
});

export const gapSchema = z.object({
  id: id('G'),
  section: z.enum(SECTION_IDS),
  field: z.string(),
  reason: z.enum(GAP_REASONS),
  tried: z.array(z.string()),
  detail: z.string(),
  at: isoInstant,
});

export const sourceSchema = z.object({
  index: z.int().min(1),
  title: z.string(),
  url: z.url(),
  source_type: z.string(),
  retrieved_at: isoInstant,
  published_at: z.union([isoDate, isoInstant]).nullable(),
  reliability: unitInterval,
});

/** A sentence cites statements, and names the gaps it reports. Text never holds addresses or markup. */
export const sentenceSchema = z.object({
  text: z.string().min(1),
  statements: z.array(id('S')),
  gaps: z.array(id('G')),
  written_by: z.enum(WRITERS),
});

export const sectionSchema = z.object({
  id: z.enum(SECTION_IDS),
  title: z.string(),
  confidence: unitInterval.nullable(),
  coverage: unitInterval,
  as_of: z.union([isoDate, isoInstant]),
  stale: z.boolean(),
  fields: z.record(z.string(), z.union([z.object({ statement: id('S') }), z.object({ gap: id('G') })])),
  sentences: z.array(sentenceSchema),
});

export const reportSignalSchema = z.object({
  type: z.string(),
  title: z.string(),
  event_date: isoDate,
  confidence: unitInterval,
  evidence: z.array(id('E')),
  expires_on: isoDate,
});

export const scoreRuleSchema = z.object({
  text: z.string(),
  points: z.number(),
  evidence: z.array(z.string()),
  /** How a number of the text that stands in none of the evidence is computed from it; none in earlier versions. */
  formula: z.string().nullable().default(null),
});
export const reportScoreSchema = z.object({
  overall: z.number().min(0).max(100).nullable(),
  coverage: unitInterval,
  components: z.array(
    z.object({
      name: z.string(),
      score: z.number().min(0).max(100).nullable(),
      weight: unitInterval,
      /** The score is the points of the rules in percent of this; 100 in earlier versions. */
      reachable: z.number().nonnegative().default(100),
      not_scored_reason: z.string().nullable().default(null),
      rules: z.array(scoreRuleSchema),
    }),
  ),
  caps: z.array(z.object({ text: z.string(), limit: z.number(), evidence: z.array(z.string()) })),
});

export const reportDocumentSchema = z.object({
  version: z.literal(1),
  report: z.object({
    id: z.uuid(),
    company: z.object({ id: z.string(), name: z.string(), company_number: z.string() }),
    generated_at: isoInstant,
    as_of: isoInstant,
    status: z.enum(['complete', 'partial']),
    written_by: z.enum([...WRITERS, 'mixed']),
    model: z.string().nullable(),
    cost_usd: z.number().nullable(),
    coverage: unitInterval,
    confidence: unitInterval,
    sections_complete: z.int().min(0).max(8),
    total_sources: z.int().min(0),
    /** Invented demo data is marked wherever it appears. */
    is_demo: z.boolean(),
  }),
  sections: z.array(sectionSchema),
  statements: z.array(statementSchema),
  evidence: z.array(evidenceSchema),
  gaps: z.array(gapSchema),
  sources: z.array(sourceSchema),
  signals: z.array(reportSignalSchema),
  score: reportScoreSchema,
});

/** What one finished section adds to the report; saved as it lands, so that a running report can be read. */
export const sectionFragmentSchema = z.object({
  section: sectionSchema,
  statements: z.array(statementSchema),
  evidence: z.array(evidenceSchema),
  gaps: z.array(gapSchema),
  sources: z.array(sourceSchema),
  signals: z.array(reportSignalSchema).default([]),
  score: reportScoreSchema.nullable().default(null),
  /** When it was finished; not known of older ones. Its evidence can be older: some answers are kept for weeks. */
  built_at: isoInstant.optional(),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type Statement = z.infer<typeof statementSchema>;
export type Gap = z.infer<typeof gapSchema>;
export type ReportSource = z.infer<typeof sourceSchema>;
export type Sentence = z.infer<typeof sentenceSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type ReportSignal = z.infer<typeof reportSignalSchema>;
export type ReportScore = z.infer<typeof reportScoreSchema>;
export type ReportDocument = z.infer<typeof reportDocumentSchema>;
export type SectionFragment = z.infer<typeof sectionFragmentSchema>;
