import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sweepExpired } from '@/lib/queue/process/ledger-watch';
import { openRedis } from '@/lib/queue/redis-client';
import { forgetSingleton } from '@/lib/singleton';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { readStackRecord } from '../../../scripts/stack/stack-record';
import { callApi, expectProblem, untilEnded } from '../../support/api-client';
import { demoToken } from '../../support/sign-in';
import { startTestStack, type TestStack } from '../../support/test-stack';
import { createTestUser, type TestUser } from '../../support/users';

const SHARED = { ...process.env };
const COMPANIES = Array.from({ length: 12 }, (_, n) => `DM0000${String(n + 1).padStart(2, '0')}`);
let ownStack: TestStack | undefined;

afterAll(async () => {
  await ownStack?.stop();
  Object.assign(process.env, SHARED);
});

const times = <T>(count: number, call: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => call(n)));

function start(user: TestUser, companyId: string, key?: string, body: unknown = {}) {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  return callApi('POST', `/api/research/${companyId}?force_refresh=true`, { token: user.accessToken, headers, body });
}

const quotaUsed = async (user: TestUser) =>
  (await callApi('GET', '/api/quota', { token: user.accessToken })).body.researches_used;

async function jobsOf(user: TestUser): Promise<string[]> {
  return unwrap(await serviceClient().from('jobs').select('id').eq('user_id', user.id)).map(({ id }) => id);
}

/** Sends the request and hangs up a moment later, whatever the server makes of it. */
async function sendAndHangUp(user: TestUser, companyId: string, key: string, afterMs: number): Promise<void> {
  const request = httpRequest(`${process.env.APP_URL}/api/research/${companyId}?force_refresh=true`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${user.accessToken}`,
      'idempotency-key': key,
      'content-type': 'application/json',
    },
  });
  request.on('error', () => undefined);
  await new Promise<void>((resolve) => request.end('{}', resolve));
  await delay(afterMs);
  request.destroy();
}

describe('an idempotency key', () => {
  it('makes one job of fifty identical requests at once, and tells the others that they were replayed', async () => {
    const user = await createTestUser();
    const key = randomUUID();
    const answers = await times(50, () => start(user, 'DM000001', key));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await jobsOf(user)).toEqual([...new Set(answers.map(({ body }) => body.job_id))]);
    const replayed = answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true');
    expect(replayed).toHaveLength(49);
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect(await quotaUsed(user)).toBe(1);
  });

  it('belongs to one request of one user', async () => {
    const [one, other] = await Promise.all([createTestUser(), createTestUser()]);
    const key = randomUUID();
    const first = await start(one, 'DM000002', key, { focus_areas: ['growth'] });
    const second = await start(other, 'DM000002', key, { focus_areas: ['risk'] });
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body.job_id).not.toBe(first.body.job_id);
    expect(second.headers.get('idempotency-replayed')).toBeNull();
    expectProblem(await start(one, 'DM000002', key, { focus_areas: ['risk'] }), 422, 'idempotency_key_reused');
    expectProblem(await start(one, 'DM000003', key, { focus_areas: ['growth'] }), 422, 'idempotency_key_reused');
    const scored = await callApi('POST', '/api/scoring/DM000002', {
      token: one.accessToken,
      headers: { 'idempotency-key': key },
    });
    expectProblem(scored, 422, 'idempotency_key_reused');
    // The order of members is no difference.
    const body = { user_context: 'x', focus_areas: ['a'] };
    const again = { focus_areas: ['a'], user_context: 'x' };
    const same = randomUUID();
    const answers = [await start(one, 'DM000004', same, body), await start(one, 'DM000004', same, again)];
    expect(answers[1]?.body.job_id).toBe(answers[0]?.body.job_id);
  });

  it('finds the job of a request whose answer was lost, whenever the client hung up', async () => {
    const user = await createTestUser();
    const keys = COMPANIES.map(() => randomUUID());
    await times(12, (n) => sendAndHangUp(user, String(COMPANIES[n]), String(keys[n]), n * 4));
    const retries = await times(12, (n) => start(user, String(COMPANIES[n]), String(keys[n])));
    expect(new Set(retries.map(({ status }) => status))).toEqual(new Set([202]));
    const again = await times(12, (n) => start(user, String(COMPANIES[n]), String(keys[n])));
    expect(again.map(({ body }) => body.job_id)).toEqual(retries.map(({ body }) => body.job_id));
    expect((await jobsOf(user)).sort()).toEqual(retries.map(({ body }) => String(body.job_id)).sort());
    expect(await quotaUsed(user)).toBe(12);
  });

  it('is forgotten once an hour when nobody can ask for it any more, as are answers long expired', async () => {
    const user = await createTestUser();
    const long_ago = new Date(Date.now() - 40 * 24 * 60 * 60_000).toISOString();
    const name = { queue: 'scoring', company_id: 'DM000001', request_hash: 'x' };
    const keys = [
      { ...name, user_id: user.id, key: 'old', created_at: long_ago },
      { ...name, user_id: user.id, key: 'new' },
    ];
    unwrap(await serviceClient().from('idempotency_keys').insert(keys));
    const answer = { source: 'test', outcome: 'empty', payload: {}, sha256: '', retrieved_at: long_ago };
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const answers = [
      { ...answer, key: `${user.id}:old`, expires_at: long_ago },
      { ...answer, key: `${user.id}:new`, expires_at: tomorrow },
    ];
    unwrap(await serviceClient().from('source_cache').insert(answers));
    const swept = await sweepExpired();
    expect(swept.idempotency_keys).toBeGreaterThanOrEqual(1);
    expect(swept.source_cache).toBeGreaterThanOrEqual(1);
    const kept = unwrap(await serviceClient().from('idempotency_keys').select('key').eq('user_id', user.id));
    expect(kept).toEqual([{ key: 'new' }]);
    const cached = unwrap(await serviceClient().from('source_cache').select('key').like('key', `${user.id}:%`));
    expect(cached).toEqual([{ key: `${user.id}:new` }]);
  });
});

describe('requests without a key', () => {
  it('make one job of fifty for the same company at once', async () => {
    const user = await createTestUser();
    // Else the job may be over, and new work be asked for, before the last request has arrived.
    const fault = { kind: 'hang', path: '/company/DM000005*' };
    await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'POST', body: JSON.stringify([fault]) });
    const answers = await times(50, () => start(user, 'DM000005'));
    await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'DELETE' });
    expect(await jobsOf(user)).toEqual([...new Set(answers.map(({ body }) => body.job_id))]);
    expect(answers.filter(({ body }) => body.deduplicated === true)).toHaveLength(49);
    expect(answers.some(({ headers }) => headers.has('idempotency-replayed'))).toBe(false);
    expect(await quotaUsed(user)).toBe(1);
  });

  it('never exceed the quota, however many arrive together', async () => {
    const user = await createTestUser({ researchLimit: 5 });
    const answers = await times(12, (n) => start(user, String(COMPANIES[n])));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(5);
    expect(refused).toHaveLength(7);
    for (const answer of refused) expectProblem(answer, 429, 'quota_exceeded');
    expect(await jobsOf(user)).toHaveLength(5);
    expect(await quotaUsed(user)).toBe(5);
  });
});

describe('after Redis was wiped and the web application restarted', () => {
  let token: string;

  beforeAll(async () => {
    ownStack = await startTestStack();
    Object.assign(process.env, ownStack.environment);
    token = await demoToken(ownStack);
  }, 120_000);

  it('a key still finds its job, and nothing is charged again', { timeout: 60_000 }, async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const call = () => callApi('POST', '/api/research/DM000006?force_refresh=true', { token, headers });
    const first = await call();
    await untilEnded(String(first.body.job_id), token);

    forgetSingleton('config');
    const redis = openRedis('failFast', 'test');
    await redis.flushall();
    redis.disconnect();
    const web = () => readStackRecord(ownStack?.folder ?? '')?.processes.find(({ name }) => name === 'web')?.pid;
    const before = web();
    if (!before) throw new Error('the stack has no web process');
    process.kill(before, 'SIGKILL');
    await vi.waitFor(() => expect(web()).not.toBe(before), { timeout: 30_000, interval: 100 });
    const replay = await vi.waitFor(call, { timeout: 30_000, interval: 200 });

    expect(replay.status).toBe(202);
    expect(replay.headers.get('idempotency-replayed')).toBe('true');
    expect(replay.body).toMatchObject({
      job_id: first.body.job_id,
      status: 'completed',
      quota: { researches_used: 1 },
    });
  });
});
