import type { JobStatus } from '@/types/jobs';

/** A status as a reader would get it: a job that runs and whose worker is alive. */
export function sampleStatus(changes: Partial<JobStatus> = {}): JobStatus {
  const now = new Date().toISOString();
  return {
    id: 'research:DM000001:1700000000000',
    queue: 'research',
    owner: '00000000-0000-4000-8000-000000000001',
    company_id: 'DM000001',
    company_name: 'Sample Ltd',
    report_id: null,
    state: 'active',
    progress: 0,
    step: null,
    version: 2_000,
    run: 1,
    attempt: 1,
    max_attempts: 2,
    created_at: now,
    started_at: now,
    run_at: null,
    finished_at: null,
    heartbeat_at: now,
    cancel_requested: false,
    held: false,
    error: null,
    result: null,
    position: null,
    waiting_for: null,
    ...changes,
  };
}
