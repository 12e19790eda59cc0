import { z } from 'zod';
import { enrichmentResultSchema } from '@/lib/enrichment/schema';
import { defineQueue } from '../define-queue';
import { producersOf } from '../producers';
import { companyIdField, companyNameField, sourcesField, userIdField } from './payload-fields';

/** In this one payload a company is called `business_`: a documented call that other code relies on. */
export const enrichmentPayloadSchema = z.object({
  business_id: companyIdField,
  business_name: companyNameField,
  user_id: userIdField.nullable().optional(),
  sources: sourcesField.optional(),
  priority: z.enum(['low', 'normal', 'high']).optional(),
});

export const enrichmentQueue = defineQueue({
  name: 'enrichment',
  aliases: [],
  envName: 'ENRICHMENT',
  label: 'Enrichment',
  priority: 2,
  attempts: 3,
  concurrency: 5,
  timeoutMs: 60_000,
  payloadSchema: enrichmentPayloadSchema,
  resultSchema: enrichmentResultSchema,
  createsReport: false,
  usesQuota: false,
  freshForSeconds: 0,
  companyMembers: { id: 'business_id', name: 'business_name' },
  subject: (payload) => ({
    companyId: payload.business_id,
    companyName: payload.business_name ?? null,
    userId: payload.user_id ?? null,
  }),
  forces: () => false,
});

export const {
  add: addEnrichmentJob,
  addBatch: addBatchEnrichmentJobs,
  get: getEnrichmentJob,
  retry: retryEnrichmentJob,
  cancel: cancelEnrichmentJob,
} = producersOf(enrichmentQueue);
