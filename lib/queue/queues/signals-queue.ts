import { z } from 'zod';
import { detectedSignalSchema, SIGNAL_TYPES, signalCheckSchema } from '@/lib/signals/schema';
import { defineQueue } from '../define-queue';
import { producersOf } from '../producers';
import { companyIdField, companyNameField, sourcesField, userIdField } from './payload-fields';

export const signalsPayloadSchema = z.object({
  company_id: companyIdField,
  company_name: companyNameField,
  user_id: userIdField.nullable().optional(),
  /** Only these; all when absent. */
  signal_types: z.array(z.enum(SIGNAL_TYPES)).max(SIGNAL_TYPES.length).optional(),
  sources: sourcesField.optional(),
  /** Only events that happened within this many days. */
  lookback_days: z.int().min(1).max(3_650).optional(),
});

export const signalsResultSchema = z.object({
  found: z.int(),
  signals: z.array(detectedSignalSchema.pick({ type: true, title: true, event_date: true, confidence: true })),
  checks: z.array(signalCheckSchema),
});

export const signalsQueue = defineQueue({
  name: 'buying-signals',
  aliases: ['signals'],
  envName: 'SIGNALS',
  label: 'Buying signals',
  priority: 2,
  attempts: 3,
  concurrency: 5,
  timeoutMs: 60_000,
  payloadSchema: signalsPayloadSchema,
  resultSchema: signalsResultSchema,
  createsReport: false,
  usesQuota: false,
  freshForSeconds: 0,
  companyMembers: { id: 'company_id', name: 'company_name' },
  subject: (payload) => ({
    companyId: payload.company_id,
    companyName: payload.company_name ?? null,
    userId: payload.user_id ?? null,
  }),
  forces: () => false,
});

export const {
  add: addSignalsJob,
  addBatch: addBatchSignalsJobs,
  get: getSignalsJob,
  retry: retrySignalsJob,
  cancel: cancelSignalsJob,
} = producersOf(signalsQueue);
