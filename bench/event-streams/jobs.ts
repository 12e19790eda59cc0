import type { Redis } from 'ioredis';
import { writeStatusRecord } from '@/lib/queue/status/status-record';
import { statusVersion } from '@/lib/queue/status/status-version';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import type { TestUser } from '../../tests/support/users';

const STEP_MS = 500;

/** A job that nobody works on: what its worker would tell Redis is told from here, at known times. */
export type BenchJob = {
  id: string;
  user: TestUser;
  ledgerVersion: number;
  progress: number;
  /** Version to the time of its write, ms of this process's clock. */
  writtenAt: Map<number, number>;
};

/** Shared out over the users in turn. */
export async function startJobs(redis: Redis, users: TestUser[], count: number): Promise<BenchJob[]> {
  const stamp = Date.now();
  const owners = Array.from({ length: Math.max(count, users.length) }, (_, index) => users[index % users.length]);
  const jobs = owners.flatMap((user, index): BenchJob[] =>
    user
      ? [{ id: `research:DM000001:${stamp + index}`, user, ledgerVersion: 1, progress: 0, writtenAt: new Map() }]
      : [],
  );
  // The worker of the stack leaves alone what a request runs, and what was heard of lately.
  const untouched = { worker: 'inline:bench', updated_at: new Date(stamp + 3_600_000).toISOString() };
  const rows = jobs.map(({ id, user }) => ({
    ...{ id, queue: 'research', user_id: user.id, company_id: 'DM000001', company_name: 'Demo', payload: {} },
    ...{ state: 'active', attempt: 1, max_attempts: 2, started_at: new Date(stamp).toISOString() },
    ...untouched,
  }));
  unwrap(await serviceClient().from('jobs').insert(rows));
  await Promise.all(jobs.map((job) => write(redis, job, 'active')));
  return jobs;
}

/** Two steps a second of each job, at different moments, for so long; then, with 0 seconds, the end of all. */
export async function makeProgress(redis: Redis, jobs: readonly BenchJob[], seconds: number): Promise<void> {
  if (seconds === 0) {
    await Promise.all(jobs.map((job) => write(redis, job, 'completed')));
    return;
  }
  const end = performance.now() + seconds * 1_000;
  await Promise.all(
    jobs.map(async (job, index) => {
      await pause((STEP_MS * index) / jobs.length);
      while (performance.now() < end) {
        const due = performance.now() + STEP_MS;
        await write(redis, job, 'active');
        await pause(due - performance.now());
      }
    }),
  );
}

async function write(redis: Redis, job: BenchJob, state: 'active' | 'completed'): Promise<void> {
  job.ledgerVersion += 1;
  job.progress = state === 'completed' ? 100 : Math.min(99, job.progress + 1);
  const version = statusVersion(job.ledgerVersion);
  const now = new Date().toISOString();
  job.writtenAt.set(version, performance.now());
  await writeStatusRecord(redis, {
    ...{ id: job.id, queue: 'research', owner: job.user.id, company_id: 'DM000001', company_name: 'Demo' },
    ...{ report_id: null, run: 1, attempt: 1, max_attempts: 2, created_at: now, started_at: now, heartbeat_at: now },
    state,
    version,
    progress: job.progress,
    step: { name: `step_${job.progress}`, label: 'Reading filed accounts', index: 3, total: 8 },
    ...(state === 'completed' ? { finished_at: now, result: { sections_complete: 8 } } : {}),
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
