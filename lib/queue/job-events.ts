import type { ErrorCode } from '@/lib/errors';

/** What every event about a job says; never payloads, prompts, tokens or people. */
type AboutJob = { queue: string; jobId: string };
type AboutAttempt = AboutJob & { attempt: number };

/** The life of a job and of a worker as named events. Names are fixed: operators search and alert on them. */
export type QueueEvent =
  | ({ name: 'job.enqueued'; outcome: string; enqueued: boolean } & AboutJob)
  | ({ name: 'job.dispatched' } & AboutJob)
  | ({ name: 'job.adopted' } & AboutJob)
  | ({ name: 'job.started'; worker: string } & AboutAttempt)
  | ({ name: 'job.recovered' } & AboutAttempt)
  | ({ name: 'job.succeeded'; durationMs: number } & AboutAttempt)
  | ({ name: 'job.retrying'; code: ErrorCode; delayMs: number; durationMs: number; error: unknown } & AboutAttempt)
  | ({ name: 'job.failed'; code: ErrorCode; durationMs: number; error: unknown } & AboutAttempt)
  | ({ name: 'job.cancelled'; durationMs: number } & AboutAttempt)
  | ({ name: 'job.released'; durationMs: number } & AboutAttempt)
  | ({ name: 'job.lease_lost'; durationMs: number } & AboutAttempt)
  | ({ name: 'job.skipped'; reason: string } & AboutJob)
  | ({ name: 'job.uncommitted'; error: unknown } & AboutJob)
  | { name: 'worker.started'; worker: string; queues: string[] }
  | { name: 'worker.stopping'; worker: string; signal: string; active: number }
  | { name: 'worker.stopped'; worker: string; durationMs: number }
  | ({ name: 'job.quarantined'; lines: number } & AboutJob)
  | { name: 'worker.reconnecting'; worker: string; queue: string; waitedMs: number }
  | { name: 'worker.stuck'; worker: string; queue: string; waitedMs: number }
  | { name: 'worker.crashed'; worker: string; jobId: string | null; error: unknown }
  | { name: 'redis.unsafe'; problems: string[] }
  | { name: 'redis.safe' }
  | { name: 'redis.not_persistent'; fix: string }
  | { name: 'queue.error'; queue: string; error: unknown }
  | { name: 'dispatcher.error'; error: unknown }
  /** The check for lost jobs could not be made. */
  | { name: 'worker.recovery_failed'; queue: string; error: unknown }
  /** Connections of silent workers were closed, so that Redis gives them no more jobs. */
  | { name: 'worker.silent'; queue: string; workers: string[] }
  | { name: 'dispatcher.redis_forgot' }
  | { name: 'status.unwritten'; jobId: string; error: unknown }
  | { name: 'redis.unavailable'; connection: string; reason: string }
  | { name: 'redis.available'; connection: string };
