import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cancellation, cancelJob } from '@/lib/queue/cancel-job';
import { readJob } from '@/lib/queue/job-ledger';
import { listWorkers } from '@/lib/queue/process/worker-registry';
import { closeQueues, pauseQueue, resumeQueue } from '@/lib/queue/queue-manager';
import { researchQueue } from '@/lib/queue/queues/research-queue';
import { scoringQueue } from '@/lib/queue/queues/scoring-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { runInline } from '@/lib/queue/run-inline';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { recordJob, submitAndEnqueue } from '@/lib/queue/submit-job';
import { getQuota } from '@/lib/quota/get-quota';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { runCommand } from '../../support/run-command';
import { createTestUser } from '../../support/users';
import { startWorkerChild, type WorkerChild } from '../../support/worker-child';

const WAIT = { timeout: 25_000, interval: 50 };
const COMPANIES = Array.from({ length: 10 }, (_, n) => `DM0000${String(n + 1).padStart(2, '0')}`);

let stack: QueueStack;
let sandbox: TestSandbox;
let userId: string;
const children: WorkerChild[] = [];

beforeAll(async () => {
  sandbox = await openTestSandbox();
  stack = await startQueueStack({
    RESEARCH_WORKER_CONCURRENCY: '40',
    COMPANIES_HOUSE_BASE_URL: `${sandbox.url}/companies-house`,
    COMPANIES_HOUSE_API_KEY: 'sandbox',
  });
});
beforeEach(async () => {
  userId = (await createTestUser()).id;
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.end('SIGKILL')));
  await serviceClient().from('jobs').delete().neq('id', '');
  await producerRedis().flushall();
});
afterAll(async () => {
  await closeQueues();
  await Promise.all([stack.stop(), sandbox.close()]);
});

async function startChild(): Promise<WorkerChild> {
  const child = await startWorkerChild('tests/support/stoppable-worker.ts', stack.environment);
  children.push(child);
  return child;
}

async function submit(companyId = 'DM000001', owner = userId, context = 'none'): Promise<string> {
  const payload = { user_id: owner, company_id: companyId, force_refresh: true, user_context: context };
  const { job } = await submitAndEnqueue(researchQueue, payload);
  if (!job) throw new Error('no job was recorded');
  return job.id;
}

/** A few at a time: the machine's own speed is not what is tested. */
async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const remaining = items.entries();
  const lane = async () => {
    for (const [index, item] of remaining) results[index] = await work(item);
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return results;
}

/** Thirty running jobs of three people. */
async function submitMany(): Promise<string[]> {
  const users = await Promise.all([1, 2, 3].map(async () => (await createTestUser()).id));
  const wanted = users.flatMap((user) => COMPANIES.map((company) => ({ user, company })));
  const jobIds = await inLanes(wanted, ({ user, company }) => submit(company, user));
  const active = async () => {
    const query = serviceClient().from('jobs').select('id').in('id', jobIds).eq('state', 'active');
    return unwrap(await query).length;
  };
  await expect.poll(active, WAIT).toBe(jobIds.length);
  return jobIds;
}

const stateOf = async (jobId: string) => (await readJob(jobId))?.state;
const cancel = (jobId: string): Promise<Cancellation> => cancelJob(jobId, { id: null, isAdmin: true });
const quotaUsed = async () => (await getQuota(userId)).used;

/** Milliseconds from each request to its job's end in the ledger. */
async function timeCancels(jobIds: readonly string[]): Promise<number[]> {
  const askedAt = new Map<string, number>();
  const times = new Map<string, number>();
  const ask = async (jobId: string) => {
    askedAt.set(jobId, performance.now());
    expect(await cancel(jobId)).toMatchObject({ outcome: 'cancelling' });
  };
  const asked = inLanes(jobIds, ask);
  // One reader for all: many would be what takes long.
  const look = async () => {
    const query = serviceClient().from('jobs').select('id').in('id', jobIds).eq('state', 'cancelled');
    for (const { id } of unwrap(await query)) {
      if (!times.has(id)) times.set(id, performance.now() - (askedAt.get(id) ?? 0));
    }
    return times.size;
  };
  await expect.poll(look, { timeout: 8_000, interval: 25 }).toBe(jobIds.length);
  await asked;
  return [...times.values()];
}

async function timeCancel(jobId: string): Promise<number> {
  const [ms] = await timeCancels([jobId]);
  return ms ?? Number.NaN;
}

function describeTimes(times: number[]): { p95: number; text: string } {
  const sorted = times.map(Math.round).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return { p95: at(0.95), text: `${times.length} cancels: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms` };
}

async function timelineOf(jobId: string): Promise<string[]> {
  const query = serviceClient().from('job_events').select('type').eq('job_id', jobId).neq('type', 'step').order('id');
  return unwrap(await query).map(({ type }) => type);
}

async function sectionsOf(jobId: string): Promise<string[]> {
  const reportId = (await readJob(jobId))?.report_id ?? '';
  const query = serviceClient().from('report_sections').select('section_id').eq('report_id', reportId);
  return unwrap(await query).map(({ section_id }) => section_id);
}

describe('a cancel of a running job', () => {
  it('ends it within two seconds, however many run', async ({ annotate }) => {
    await Promise.all([startChild(), startChild()]);
    const jobIds = await submitMany();
    const { p95, text } = describeTimes(await timeCancels(jobIds));
    await annotate(`Redis answers; ${text}`);
    expect(p95).toBeLessThan(2_000);
    await expect
      .poll(async () => (await listWorkers(producerRedis())).map(({ active }) => active), WAIT)
      .toEqual([0, 0]);
    for (const jobId of jobIds)
      expect(await timelineOf(jobId)).toEqual(['submitted', 'started', 'cancel_requested', 'cancelled']);
  });

  it('ends it within seconds also while Redis is away', async ({ annotate }) => {
    await startChild();
    const jobIds = await submitMany();
    await stack.redis.kill();
    try {
      const { p95, text } = describeTimes(await timeCancels(jobIds));
      await annotate(`Redis is away; ${text}`);
      expect(p95).toBeLessThan(4_000);
    } finally {
      await stack.redis.start();
    }
  });

  it('can come from any process', async () => {
    await startChild();
    const jobIds = [await submit('DM000001'), await submit('DM000002')];
    for (const jobId of jobIds) await expect.poll(() => stateOf(jobId), WAIT).toBe('active');
    const { code } = await runCommand('tests/support/cancel-command.ts', jobIds, stack.environment);
    expect(code).toBe(0);
    for (const jobId of jobIds) await expect.poll(() => stateOf(jobId), { timeout: 2_000 }).toBe('cancelled');
  });

  it('gives the quota back, keeps what was finished, and is shown', async () => {
    await startChild();
    const jobId = await submit();
    await expect.poll(() => sectionsOf(jobId), WAIT).toEqual(['first']);
    expect(await quotaUsed()).toBe(1);
    await timeCancel(jobId);
    expect(await quotaUsed()).toBe(0);
    expect(await sectionsOf(jobId)).toEqual(['first']);
    await expect
      .poll(() => readJobStatus(jobId), WAIT)
      .toMatchObject({ state: 'cancelled', error: null, result: null });
  });

  it('leaves a processor behind that does not listen, which then writes nothing', async () => {
    const worker = await startChild();
    const jobId = await submit('DM000001', userId, 'stubborn');
    await expect.poll(() => sectionsOf(jobId), WAIT).toEqual(['first']);
    expect(await timeCancel(jobId)).toBeLessThan(3_000);
    await expect.poll(async () => (await listWorkers(producerRedis()))[0]?.active, WAIT).toBe(0);
    // Another job takes longer than what was left behind: by its end that has tried to write.
    const next = await submit('DM000002', userId, 'stubborn');
    await expect.poll(() => stateOf(next), WAIT).toBe('completed');
    expect(await readJob(jobId)).toMatchObject({ state: 'cancelled', result: null, quota_state: 'returned' });
    expect(await sectionsOf(jobId)).toEqual(['first']);
    expect(worker.events.filter((name) => name === 'job.cancelled')).toHaveLength(1);
  });

  it('outlives a restart of everything, Redis emptied', async () => {
    const worker = await startChild();
    const jobId = await submit();
    await expect.poll(() => stateOf(jobId), WAIT).toBe('active');
    await worker.end('SIGKILL');
    expect(await cancel(jobId)).toMatchObject({ outcome: 'cancelling' });
    await producerRedis().flushall();
    await stack.redis.kill();
    await closeQueues();
    await stack.redis.start();
    const other = await startChild();
    await expect.poll(() => stateOf(jobId), WAIT).toBe('cancelled');
    expect(await timelineOf(jobId)).toEqual(['submitted', 'started', 'cancel_requested', 'cancelled']);
    expect(other.events).not.toContain('job.started');
    expect(await quotaUsed()).toBe(0);
  });
});

describe('a cancel of a job that does not run', () => {
  it('ends a waiting job at once, also while Redis is away, and it never runs', async () => {
    await pauseQueue(researchQueue.name);
    const jobId = await submit();
    await stack.redis.kill();
    expect(await cancel(jobId)).toMatchObject({ outcome: 'cancelled', job: { state: 'cancelled' } });
    expect(await quotaUsed()).toBe(0);
    await stack.redis.start();
    const worker = await startChild();
    const next = await submit('DM000002');
    await resumeQueue(researchQueue.name);
    await expect.poll(() => stateOf(next), WAIT).toBe('active');
    await timeCancel(next);
    expect(await timelineOf(jobId)).toEqual(['submitted', 'cancelled']);
    expect(worker.events.filter((name) => name === 'job.started')).toHaveLength(1);
  });

  it('answers with what became of the job when it is asked twice, or too late', async () => {
    await pauseQueue(researchQueue.name);
    const jobId = await submit();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => cancel(jobId)));
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['cancelled', ...Array(4).fill('terminal')]);
    await resumeQueue(researchQueue.name);
  });
});

describe('a job that runs inside a request', () => {
  it('is cancelled by another request', async () => {
    await sandbox.disturb({ path: '/company/*', kind: 'slow', delay_ms: 20_000 });
    const payload = sampleOf(scoringQueue).payload({ companyId: 'DM000003', companyName: 'Sample', userId });
    const { job } = await recordJob(scoringQueue, payload);
    if (!job) throw new Error('no job was recorded');
    const running = runInline(scoringQueue, job);
    await expect.poll(() => stateOf(job.id), WAIT).toBe('active');
    expect(await timeCancel(job.id)).toBeLessThan(2_500);
    expect(await running).toMatchObject({ state: 'cancelled' });
    await sandbox.reset();
  });
});
