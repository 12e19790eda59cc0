import { randomUUID } from 'node:crypto';
import { singleton } from '@/lib/singleton';
import { type LedgerAttempt, startAttempts } from '../job-ledger';
import { groupCalls } from './group-calls';

const GROUP_SIZE = 250;

/**
 * Opens an attempt in the ledger and fences off every earlier one. Jobs that are taken while a call is on its way start
 * together in the next one.
 * @param worker name of the worker, for operators.
 * @throws AppError `database_unavailable`: whether the attempt was opened is not known then. Asking again from this process
 *   finds it as it was opened, and does not count as a crash.
 */
export async function startAttempt(jobId: string, worker: string): Promise<LedgerAttempt> {
  const keys = singleton('queue:start-keys', () => new Map<string, string>());
  const key = keys.get(jobId) ?? randomUUID();
  keys.set(jobId, key);
  const start = singleton('queue:starter', () => groupCalls({ size: GROUP_SIZE, call: startAttempts }));
  const attempt = await start({ job_id: jobId, worker, key });
  keys.delete(jobId);
  return attempt;
}
