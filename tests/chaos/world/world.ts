/** What is left of a run, read after everything has become quiet. The auditor judges this and what clients were told. */
export type World = {
  jobs: JobRow[];
  events: EventRow[];
  /** Which job each idempotency key stands for. */
  keys: { userId: string; key: string; jobId: string | null }[];
  reports: { jobId: string; status: string; sections: number }[];
  scores: { jobId: string | null }[];
  /** Identity of each stored signal and notification: the same one twice is a duplicate. */
  signals: string[];
  notifications: string[];
  quotas: QuotaRow[];
  bull: BullQueue[];
  requests: ProviderRequest[];
  /** Whether a cancelled job is removed, so that its client is told 404 by design. */
  removesCancelled: boolean;
};

export type JobState = 'queued' | 'delayed' | 'active' | 'completed' | 'failed' | 'cancelled';

export type JobRow = {
  id: string;
  queue: string;
  userId: string | null;
  companyId: string;
  state: JobState;
  /** Raised by every retry that a person asked for. */
  runId: number;
  errorCode: string | null;
  errorMessage: string | null;
  quota: 'none' | 'reserved' | 'kept' | 'returned';
  /** ms since the epoch, as every instant here. */
  createdAt: number;
  finishedAt: number | null;
};

export type EventRow = {
  jobId: string;
  runId: number;
  type: string;
  at: number;
  /** Process id of the worker that the event is about or by; null when it is not known. */
  workerPid: number | null;
  reason: string | null;
};

export type QuotaRow = { userId: string; used: number; limit: number };

/** Ids of the jobs that a Bull queue holds, by list, and of those that are locked. */
export type BullQueue = {
  queue: string;
  waiting: string[];
  active: string[];
  delayed: string[];
  locked: string[];
};

export type ProviderRequest = { at: number; companyId: string; path: string; status: number | null };

export function isOpen(state: JobState): boolean {
  return state === 'queued' || state === 'delayed' || state === 'active';
}
