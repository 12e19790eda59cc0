import { z } from 'zod';

export const SOURCE_OUTCOMES = ['ok', 'empty', 'unavailable', 'skipped'] as const;

export const enrichmentResultSchema = z.object({
  /** Fields that this run read a value for. */
  fields_filled: z.array(z.string()),
  /** 0 to 1: share of the documented fields that were known before, and are known now. */
  completeness_before: z.number().min(0).max(1),
  completeness_after: z.number().min(0).max(1),
  sources: z.array(z.object({ source: z.string(), outcome: z.enum(SOURCE_OUTCOMES), reason: z.string().nullable() })),
});

export type EnrichmentResult = z.infer<typeof enrichmentResultSchema>;
