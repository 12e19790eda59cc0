import { serve } from '@hono/node-server';
import type { Job } from 'bull';
import { type Context, Hono } from 'hono';
import { jwtVerify } from 'jose';
import postgres from 'postgres';
import { plainEnvironment } from './environment';
import { charge, refund } from './plain-quota';
import { isPlainQueue, openQueues, type PlainPayload, type PlainQueueName } from './queues';

/**
 * The web side of an application that follows Bull's tutorial: the request checks the quota, adds the job and answers.
 * It does what careful tutorials do (attempts with backoff, a time limit, the idempotency key as the job's id) and
 * nothing that they do not mention.
 */
const env = plainEnvironment();
const sql = postgres(env.DATABASE_URL, { max: 10, onnotice: () => undefined });
const queues = openQueues(env.REDIS_URL);
const secret = new TextEncoder().encode(env.SUPABASE_JWT_SECRET);
const TIMEOUTS: Record<PlainQueueName, number> = {
  research: env.RESEARCH_WORKER_TIMEOUT_MS,
  enrichment: env.ENRICHMENT_WORKER_TIMEOUT_MS,
  scoring: env.SCORING_WORKER_TIMEOUT_MS,
  signals: env.SIGNALS_WORKER_TIMEOUT_MS,
};

const app = new Hono();
app.get('/api/health', (c) => c.json({ ok: true }));
app.onError((error, c) => c.json({ code: 'internal', detail: error.message }, 500));

app.get('/api/jobs/:id', async (c) => {
  const job = await findJob(c);
  if (!job) return c.json({ code: 'job_not_found' }, 404);
  const state = await job.getState();
  const status = state === 'waiting' || state === 'paused' ? 'queued' : state;
  const body = { job: { id: String(job.id), status, progress: job.progress() }, progress: job.progress() };
  return c.json(body, state === 'completed' || state === 'failed' ? 200 : 202);
});

app.delete('/api/jobs/:id', async (c) => {
  const job = await findJob(c);
  if (!job) return c.json({ code: 'job_not_found' }, 404);
  try {
    // Bull removes what does not run; a running job is locked.
    await job.remove();
  } catch {
    return c.json({ code: 'job_running' }, 409);
  }
  if (job.queue.name === 'research') await refund(sql, job.data.userId);
  return c.json({ job_id: job.id, status: 'cancelled' });
});

app.post('/api/jobs/:id/retry', async (c) => {
  const job = await findJob(c);
  if (!job) return c.json({ code: 'job_not_found' }, 404);
  if (!(await job.isFailed())) return c.json({ code: 'job_not_retryable' }, 409);
  if (job.queue.name === 'research' && !(await charge(sql, job.data.userId))) return quotaExceeded(c);
  await job.retry();
  return c.json({ job_id: job.id, status: 'queued' }, 202);
});

app.post('/api/:queue/:companyId', async (c) => {
  const { queue: name, companyId } = c.req.param();
  if (!isPlainQueue(name)) return c.json({ code: 'not_found' }, 404);
  const userId = await userOf(c);
  const key = c.req.header('idempotency-key') ?? crypto.randomUUID();
  const jobId = `${name}-${key}`;
  if (await queues[name].getJob(jobId)) return c.json({ job_id: jobId, status: 'queued' }, 202);
  if (name === 'research' && !(await charge(sql, userId))) return quotaExceeded(c);
  const backoff = { type: 'exponential', delay: 2_000 };
  await queues[name].add({ userId, companyId }, { jobId, attempts: 3, backoff, timeout: TIMEOUTS[name] });
  return c.json({ job_id: jobId, status: 'queued' }, 202);
});

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: env.PORT });

function quotaExceeded(c: Context): Response {
  return c.json({ code: 'quota_exceeded' }, 429);
}

async function findJob(c: Context): Promise<Job<PlainPayload> | null> {
  const id = c.req.param('id') ?? '';
  const name = id.split('-')[0] ?? '';
  return isPlainQueue(name) ? queues[name].getJob(id) : null;
}

async function userOf(c: Context): Promise<string> {
  const token = c.req.header('authorization')?.replace(/^Bearer /, '') ?? '';
  const { payload } = await jwtVerify(token, secret);
  return String(payload.sub);
}
