import type { AppError } from '@/lib/errors';
import { singleton } from '@/lib/singleton';

/** An attempt that runs in this process. */
export type ActiveAttempt = {
  jobId: string;
  queue: string;
  /** Of the status at its start: whoever ends the job afterwards writes a newer one. */
  version: number;
  abort(reason: AppError): void;
};

/** The attempts that run in this process, by job id: what cancellations, lost leases and shutdown reach. */
export function activeAttempts(): Map<string, ActiveAttempt> {
  return singleton('queue:active', () => new Map<string, ActiveAttempt>());
}
