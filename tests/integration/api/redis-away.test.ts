import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStackRecord } from '../../../scripts/stack/stack-record';
import { callApi, expectProblem, untilEnded } from '../../support/api-client';
import { adminToken, demoToken } from '../../support/sign-in';
import { startTestStack, type TestStack } from '../../support/test-stack';

const SHARED = { ...process.env };
/** The promise is one second; the first request pays for finding out. */
const LIMIT_MS = 1_000;

let stack: TestStack;
let token: string;
let redisPid: number;

beforeAll(async () => {
  stack = await startTestStack();
  Object.assign(process.env, stack.environment);
  token = await demoToken(stack);
  const redis = readStackRecord(stack.folder)?.processes.find(({ name }) => name === 'redis');
  if (!redis) throw new Error('the stack has no Redis of its own');
  redisPid = redis.pid;
  // Everything is loaded once, so that what is measured is Redis and not a first request.
  for (const [method, path] of ROUTES) await callApi(method, path, { token });
});

afterAll(async () => {
  if (redisPid) process.kill(redisPid, 'SIGCONT');
  await stack?.stop();
  Object.assign(process.env, SHARED);
});

const ROUTES: [string, string][] = [
  ['POST', '/api/research/DM000001?force_refresh=true'],
  ['POST', '/api/enrichment/DM000001'],
  ['POST', '/api/scoring/DM000001'],
  ['POST', '/api/signals/DM000001'],
  ['GET', '/api/jobs'],
  ['GET', '/api/jobs/research:DM000001:1'],
  ['DELETE', '/api/jobs/research:DM000001:1'],
  ['POST', '/api/jobs/research:DM000001:1/retry'],
  ['GET', '/api/companies?q=demo'],
  ['GET', '/api/companies/DM000001'],
  ['GET', '/api/research/DM000001'],
  ['GET', '/api/signals'],
  ['GET', '/api/quota'],
  ['GET', '/api/health'],
];

describe('while Redis does not answer', () => {
  it.each(ROUTES)('%s %s answers within a second', async (method, path) => {
    process.kill(redisPid, 'SIGSTOP');
    const started = performance.now();
    const answer = await callApi(method, path, { token });
    expect(performance.now() - started).toBeLessThan(LIMIT_MS);
    if (method === 'POST' && !path.includes('/jobs/')) expect(answer.status).toBe(202);
    if (path === '/api/health') expect(answer).toMatchObject({ status: 503, body: { status: 'unavailable' } });
  });

  it('the dashboard says so within a second', async () => {
    const admin = await adminToken(stack);
    process.kill(redisPid, 'SIGSTOP');
    const started = performance.now();
    const answer = await callApi('GET', '/api/admin/bull-board/api/queues', { token: admin });
    expect(performance.now() - started).toBeLessThan(LIMIT_MS);
    expectProblem(answer, 503, 'redis_unavailable');
  });

  it('accepts a job that runs as soon as Redis is back', async () => {
    process.kill(redisPid, 'SIGSTOP');
    const accepted = await callApi('POST', '/api/scoring/DM000002', { token });
    expect(accepted).toMatchObject({ status: 202, body: { status: 'queued' } });
    process.kill(redisPid, 'SIGCONT');
    const ended = await untilEnded(String(accepted.body.job_id), token);
    expect(ended.body).toMatchObject({ job: { status: 'completed' } });
  });
});
