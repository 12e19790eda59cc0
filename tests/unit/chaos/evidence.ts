import type { Evidence } from '../../chaos/audit/finding';
import type { QuotaSample } from '../../chaos/engines/engine';
import { createHistory, type Submission } from '../../chaos/load/history';
import type { EventRow, JobRow } from '../../chaos/world/world';

export const NOON = Date.parse('2026-11-23T12:00:00Z');
export const USER = 'user-1';
export const JOB = 'research:DM000001:1';

export function job(changes: Partial<JobRow> = {}): JobRow {
  return {
    id: JOB,
    queue: 'research',
    userId: USER,
    companyId: 'DM000001',
    state: 'completed',
    runId: 1,
    errorCode: null,
    errorMessage: null,
    quota: 'kept',
    createdAt: NOON,
    finishedAt: NOON + 5_000,
    ...changes,
  };
}

export function submission(changes: Partial<Submission> = {}): Submission {
  return {
    idempotencyKey: 'key-1',
    userId: USER,
    queue: 'research',
    companyId: 'DM000001',
    sentAt: NOON,
    answeredAt: NOON + 20,
    tries: 1,
    outcome: 'accepted',
    status: 202,
    code: null,
    jobId: JOB,
    ...changes,
  };
}

export function event(type: string, afterMs: number, changes: Partial<EventRow> = {}): EventRow {
  return { jobId: JOB, runId: 1, type, at: NOON + afterMs, workerPid: 100, reason: null, ...changes };
}

/** Evidence that a test may damage. */
export type GoodRun = Omit<Evidence, 'samples'> & { samples: QuotaSample[] };

/** One research job that went well, seen from everywhere. */
export function goodRun(): GoodRun {
  return {
    world: {
      jobs: [job()],
      events: [event('submitted', 0), event('started', 1_000), event('completed', 5_000)],
      keys: [{ userId: USER, key: 'key-1', jobId: JOB }],
      reports: [{ jobId: JOB, status: 'complete', sections: 8 }],
      scores: [],
      signals: ['DM000001|funding'],
      notifications: [],
      quotas: [{ userId: USER, used: 1, limit: 10 }],
      bull: [{ queue: 'research', waiting: [], active: [], delayed: [], locked: [] }],
      requests: [{ at: NOON + 2_000, companyId: 'DM000001', path: '/company/DM000001', status: 200 }],
      removesCancelled: false,
    },
    history: {
      ...createHistory(),
      submissions: [submission()],
      lastAnswers: [{ jobId: JOB, status: 200, state: 'completed' }],
    },
    faults: [],
    samples: [{ at: NOON, userId: USER, used: 1, limit: 10, reservations: 1 }],
    stuck: [],
  };
}
