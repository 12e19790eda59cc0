import { z } from 'zod';
import { defineQueue } from '../define-queue';
import { producersOf } from '../producers';
import { companyIdField, companyNameField, userIdField } from './payload-fields';

/** What a report says of a company's fundamentals; its signals age faster, docs/decisions/026. */
const WEEK_SECONDS = 7 * 24 * 60 * 60;

export const researchPayloadSchema = z.object({
  user_id: userIdField,
  company_id: companyIdField,
  company_name: companyNameField,
  force_refresh: z.boolean().optional(),
  /** What the reader cares about; ranks and highlights, never adds facts. */
  focus_areas: z.array(z.string().trim().min(1).max(100)).max(10).optional(),
  user_context: z.string().trim().max(2_000).optional(),
});

export const researchResultSchema = z.object({
  report_id: z.string(),
  status: z.enum(['complete', 'partial']),
  sections_complete: z.int(),
  total_sources: z.int(),
  /** 0 to 1. */
  confidence_score: z.number(),
  /** 0 to 1. */
  coverage: z.number(),
});

export const researchQueue = defineQueue({
  name: 'research',
  aliases: [],
  envName: 'RESEARCH',
  label: 'Research',
  priority: 1,
  attempts: 2,
  concurrency: 2,
  timeoutMs: 180_000,
  payloadSchema: researchPayloadSchema,
  resultSchema: researchResultSchema,
  createsReport: true,
  usesQuota: true,
  freshForSeconds: WEEK_SECONDS,
  companyMembers: { id: 'company_id', name: 'company_name' },
  subject: (payload) => ({
    companyId: payload.company_id,
    companyName: payload.company_name ?? null,
    userId: payload.user_id,
  }),
  forces: (payload) => payload.force_refresh === true,
});

export const {
  add: addResearchJob,
  addBatch: addBatchResearchJobs,
  get: getResearchJob,
  retry: retryResearchJob,
  cancel: cancelResearchJob,
} = producersOf(researchQueue);
