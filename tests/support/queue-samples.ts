import { randomUUID } from 'node:crypto';
import type { PayloadInput, QueueDefinition, ResultOf } from '@/lib/queue/define-queue';
import type { JobEffects } from '@/lib/queue/job-context';
import type { RegisteredQueue } from '@/lib/queue/queues';

type Subject = { companyId: string; companyName: string; userId: string };
export type Sample<D extends QueueDefinition> = {
  payload(subject: Subject): PayloadInput<D>;
  result(reportId: string | null): ResultOf<D>;
  effects(reportId: string | null): JobEffects;
};

const nothing = () => ({});

/** A small valid payload and outcome of every queue; a further queue is missed here by the compiler. */
const SAMPLES: { [D in RegisteredQueue as D['name']]: Sample<D> } = {
  research: {
    payload: ({ companyId, companyName, userId }) => ({
      user_id: userId,
      company_id: companyId,
      company_name: companyName,
      force_refresh: true,
    }),
    result: (reportId) => ({
      report_id: reportId ?? randomUUID(),
      status: 'complete',
      sections_complete: 8,
      total_sources: 3,
      confidence_score: 0.9,
      coverage: 0.8,
    }),
    effects: () => ({
      report: {
        document: { version: 1 },
        status: 'complete',
        coverage: 0.8,
        confidence: 0.9,
        sections_complete: 8,
        total_sources: 3,
        generated_at: new Date().toISOString(),
      },
    }),
  },
  enrichment: {
    payload: ({ companyId, companyName, userId }) => ({
      business_id: companyId,
      business_name: companyName,
      user_id: userId,
    }),
    result: () => ({ fields_filled: ['status'], completeness_before: 0.2, completeness_after: 0.5, sources: [] }),
    effects: nothing,
  },
  'buying-signals': {
    payload: ({ companyId, companyName, userId }) => ({
      company_id: companyId,
      company_name: companyName,
      user_id: userId,
    }),
    result: () => ({ found: 0, signals: [], checks: [] }),
    effects: nothing,
  },
  scoring: {
    payload: ({ companyId, companyName, userId }) => ({
      company_id: companyId,
      company_name: companyName,
      user_id: userId,
    }),
    result: () => ({ overall: 61, coverage: 0.5, components: [], verdict: 'Worth a call.' }),
    effects: nothing,
  },
};

/** The sample of a queue, for tests that loop over all of them. */
export function sampleOf(queue: RegisteredQueue): Sample<QueueDefinition> {
  // Each sample fits its own queue, checked above; a loop over queues cannot know which one it has.
  return SAMPLES[queue.name] as Sample<QueueDefinition>;
}
