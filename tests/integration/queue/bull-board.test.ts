import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GET as board } from '@/app/api/admin/bull-board/[[...path]]/route';
import { AppError } from '@/lib/errors';
import { readJob } from '@/lib/queue/job-ledger';
import { startWorker } from '@/lib/queue/process/start-worker';
import { stopWorkers } from '@/lib/queue/process/worker-process';
import { closeQueues, producerQueue } from '@/lib/queue/queue-manager';
import { addResearchJob, researchQueue } from '@/lib/queue/queues/research-queue';
import { producerRedis } from '@/lib/queue/redis-client';
import { runnerFor } from '@/lib/queue/runner';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { sampleOf } from '../../support/queue-samples';
import { type QueueStack, startQueueStack } from '../../support/queue-stack';
import { createTestUser, type TestUser } from '../../support/users';

const BASE = 'http://board.example/api/admin/bull-board';
const WAIT = { timeout: 15_000, interval: 50 };
const sample = sampleOf(researchQueue);

let stack: QueueStack;
let admin: TestUser;
let user: TestUser;
let failure: AppError | null = null;

beforeAll(async () => {
  stack = await startQueueStack();
  admin = await createTestUser({ admin: true });
  const runner = runnerFor(researchQueue, async ({ reportId }) => {
    if (failure) throw failure;
    const facts = {
      status: 'complete',
      sections_complete: 8,
      total_sources: 1,
      confidence_score: 1,
      coverage: 1,
    } as const;
    return { result: { report_id: reportId ?? '', ...facts }, effects: sample.effects(reportId) };
  });
  startWorker(runner);
});
beforeEach(async () => {
  user = await createTestUser();
  failure = null;
});
afterAll(async () => {
  await stopWorkers(3_000);
  await closeQueues();
  await stack.stop();
});

function ask(method: string, path: string, token: string | null = admin.accessToken, headers = {}): Promise<Response> {
  const authorization = token ? { authorization: `Bearer ${token}` } : {};
  return board(new Request(`${BASE}${path}`, { method, headers: { ...authorization, ...headers } }));
}

async function addJob(context?: string): Promise<string> {
  const { id } = await addResearchJob({
    user_id: user.id,
    company_id: 'DM000001',
    company_name: 'Sample',
    force_refresh: true,
    ...(context ? { user_context: context, focus_areas: [context] } : {}),
  });
  if (!id) throw new Error('no job was recorded');
  return id;
}

async function failedJob(): Promise<string> {
  failure = new AppError('provider_rejected', { cause: new Error('GET https://key:s3cret@api.example answered 401') });
  const jobId = await addJob();
  await expect.poll(async () => (await readJobStatus(jobId))?.state, WAIT).toBe('failed');
  await expect.poll(async () => (await producerQueue('research').getJob(jobId))?.isFailed(), WAIT).toBe(true);
  failure = null;
  return jobId;
}

const pathOf = (jobId: string, action: string) => `/api/queues/research/${encodeURIComponent(jobId)}/${action}`;

describe('Bull Board', () => {
  it('does not exist for anybody but admins', async () => {
    for (const token of [null, user.accessToken, 'not-a-token']) {
      const answer = await ask('GET', '/api/queues', token);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ code: 'not_found', detail: 'There is no such API address.' });
    }
  });

  it('shows its page and its files, within a policy that forbids everything foreign', async () => {
    const page = await ask('GET', '');
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const script = /src="([^"]+\.js)"/.exec(html)?.[1] ?? '';
    const file = await ask('GET', `/${script.replace(/^.*?static/, 'static')}`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toContain('javascript');
    expect(file.headers.get('cache-control')).toContain('immutable');
    expect((await ask('HEAD', '')).status).toBe(200);
  });

  it('lists every queue and hides what people wrote', async () => {
    const jobId = await addJob('We want to buy them before June');
    const answer = await ask('GET', '/api/queues?activeQueue=research&page=1&jobsPerPage=10&status=latest');
    const text = await answer.text();
    for (const name of ['research', 'enrichment', 'buying-signals', 'scoring']) expect(text).toContain(`"${name}"`);
    expect(text).toContain(jobId);
    expect(text).not.toContain('before June');
    await expect.poll(async () => (await readJobStatus(jobId))?.state, WAIT).toBe('completed');
  });

  it('names the reason of a failure in our words, not in those of others, which may hold secrets', async () => {
    const jobId = await failedJob();
    const text = await (await ask('GET', `/api/queues/research/${encodeURIComponent(jobId)}`)).text();
    expect(text).toContain('provider_rejected');
    expect(text).not.toMatch(/s3cret|api\.example/);
  });

  it('runs a failed job again through the ledger', async () => {
    const jobId = await failedJob();
    expect((await ask('PUT', pathOf(jobId, 'retry'))).status).toBe(204);
    await expect.poll(async () => (await readJob(jobId))?.state, WAIT).toBe('completed');
    expect(await readJob(jobId)).toMatchObject({ run_id: 2, quota_state: 'kept' });
  });

  it('runs all failed jobs again', async () => {
    await producerQueue('research').clean(0, 'failed');
    const jobId = await failedJob();
    const answer = await ask('PUT', '/api/queues/research/retry/failed');
    expect(await answer.json()).toEqual({ retried: 1, skipped: 0 });
    await expect.poll(async () => (await readJob(jobId))?.state, WAIT).toBe('completed');
  });

  it('cancels a waiting job that is removed, so that nothing brings it back', async () => {
    expect((await ask('PUT', '/api/queues/research/pause')).status).toBe(200);
    const jobId = await addJob();
    expect((await ask('PUT', pathOf(jobId, 'clean'))).status).toBe(204);
    expect(await readJob(jobId)).toMatchObject({ state: 'cancelled', quota_state: 'returned' });
    expect((await ask('PUT', '/api/queues/research/resume')).status).toBe(200);
  });

  it('lets a delayed job run now', async () => {
    failure = new AppError('provider_rate_limited', { retryAt: new Date(Date.now() + 60_000) });
    const jobId = await addJob();
    await expect.poll(async () => (await producerQueue('research').getJob(jobId))?.isDelayed(), WAIT).toBe(true);
    failure = null;
    expect((await ask('PUT', pathOf(jobId, 'promote'))).status).toBe(204);
    await expect.poll(async () => (await readJob(jobId))?.state, WAIT).toBe('completed');
  });

  it('refuses jobs that were not recorded', async () => {
    expect((await ask('POST', '/api/queues/research/add')).status).toBe(405);
  });

  it('records who changed what', async () => {
    await ask('PUT', '/api/queues/scoring/pause', admin.accessToken, { 'x-forwarded-for': '192.0.2.7' });
    await ask('PUT', '/api/queues/scoring/resume');
    const rows = unwrap(
      await serviceClient().from('audit_log').select('*').eq('actor_id', admin.id).eq('action', 'bull_board.pause'),
    );
    expect(rows.at(-1)).toMatchObject({ actor_email: admin.email, target: 'scoring/pause', address: '192.0.2.7' });
  });

  it('keeps its own connection, and closes every stream of an abandoned download', async () => {
    const controller = new AbortController();
    const request = new Request(`${BASE}/api/queues`, {
      headers: { authorization: `Bearer ${admin.accessToken}` },
      signal: controller.signal,
    });
    const answer = board(request);
    controller.abort();
    expect([200, 499]).toContain((await answer).status);
    expect(String(await producerRedis().client('LIST'))).toContain('name=oppspot:board');
  });
});
