import { z } from 'zod';
import { companyScoreSchema, scoreComponentSchema } from '@/lib/scoring/schema';
import { defineQueue } from '../define-queue';
import { producersOf } from '../producers';
import { companyIdField, companyNameField, userIdField } from './payload-fields';

export const scoringPayloadSchema = z.object({
  company_id: companyIdField,
  company_name: companyNameField,
  user_id: userIdField.nullable().optional(),
  /** Free-form criteria of the caller, kept with the job. */
  criteria: z.record(z.string(), z.json()).optional(),
  force_recalculate: z.boolean().optional(),
});

export const scoringResultSchema = companyScoreSchema
  .pick({ overall: true, coverage: true, verdict: true })
  .extend({ components: z.array(scoreComponentSchema.pick({ name: true, score: true, weight: true })) });

export const scoringQueue = defineQueue({
  name: 'scoring',
  aliases: [],
  envName: 'SCORING',
  label: 'Scoring',
  priority: 3,
  attempts: 3,
  concurrency: 10,
  timeoutMs: 30_000,
  payloadSchema: scoringPayloadSchema,
  resultSchema: scoringResultSchema,
  createsReport: false,
  usesQuota: false,
  freshForSeconds: 0,
  companyMembers: { id: 'company_id', name: 'company_name' },
  subject: (payload) => ({
    companyId: payload.company_id,
    companyName: payload.company_name ?? null,
    userId: payload.user_id ?? null,
  }),
  forces: (payload) => payload.force_recalculate === true,
});

export const {
  add: addScoringJob,
  addBatch: addBatchScoringJobs,
  get: getScoringJob,
  retry: retryScoringJob,
  cancel: cancelScoringJob,
} = producersOf(scoringQueue);
