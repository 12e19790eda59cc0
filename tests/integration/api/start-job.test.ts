import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { callApi, expectProblem, untilEnded } from '../../support/api-client';
import { createTestUser } from '../../support/users';

let token: string;

beforeAll(async () => {
  token = (await createTestUser()).accessToken;
});

describe('POST /api/research/{companyId}', () => {
  it('accepts a research and says where to follow it', async () => {
    const answer = await callApi('POST', '/api/research/DM000001', { token });
    expect(answer.status).toBe(202);
    const jobId = String(answer.body.job_id);
    expect(jobId).toMatch(/^research:DM000001:\d{13}$/);
    expect(answer.body).toMatchObject({
      status: 'queued',
      estimated_completion_seconds: expect.any(Number),
      poll_url: `/api/jobs/${jobId}`,
      events_url: `/api/jobs/${jobId}/events`,
      report_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      quota: { researches_used: 1, researches_limit: 100, researches_remaining: 99 },
    });
    expect(answer.headers.get('location')).toBe(`/api/jobs/${jobId}`);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    const ended = await untilEnded(jobId, token);
    expect(ended.body).toMatchObject({
      job: { status: 'completed', result: { report_id: answer.body.report_id, sections_complete: 8 } },
      result: { report_id: answer.body.report_id },
      progress: 100,
    });
  });

  it('answers with the fresh report instead of a second job, and charges nothing', async () => {
    const answer = await callApi('POST', '/api/research/DM000001', { token });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      cached: true,
      report_id: expect.any(String),
      signals_job_id: null,
      quota: { researches_used: 1 },
    });
    const forced = await callApi('POST', '/api/research/DM000001?force_refresh=true', { token });
    expect(forced.status).toBe(202);
    await untilEnded(String(forced.body.job_id), token);
  });

  it('gives the same job for the same idempotency key, also after it has ended', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = { focus_areas: ['growth'] };
    const first = await callApi('POST', '/api/research/DM000002', { token, headers, body });
    await untilEnded(String(first.body.job_id), token);
    const replay = await callApi('POST', '/api/research/DM000002', { token, headers, body });
    expect(replay.status).toBe(202);
    expect(replay.headers.get('idempotency-replayed')).toBe('true');
    expect(replay.body.job_id).toBe(first.body.job_id);
    const other = await callApi('POST', '/api/research/DM000002', { token, headers, body: { focus_areas: ['risk'] } });
    expectProblem(other, 422, 'idempotency_key_reused');
  });

  it('starts one job for fifty identical requests at once', async () => {
    const user = await createTestUser();
    const headers = { 'idempotency-key': randomUUID() };
    const call = () => callApi('POST', '/api/research/DM000003', { token: user.accessToken, headers });
    const answers = await Promise.all(Array.from({ length: 50 }, call));
    expect(new Set(answers.map(({ body }) => body.job_id)).size).toBe(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const quota = await callApi('GET', '/api/quota', { token: user.accessToken });
    expect(quota.body.researches_used).toBe(1);
  });

  it('joins the job in flight when the same user asks again without a key', async () => {
    const user = await createTestUser();
    const call = () => callApi('POST', '/api/research/DM000004', { token: user.accessToken });
    const answers = await Promise.all([call(), call(), call()]);
    expect(new Set(answers.map(({ body }) => body.job_id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.deduplicated === true)).toHaveLength(2);
  });

  it('waits for the end when the client prefers to', async () => {
    const answer = await callApi('POST', '/api/research/DM000005', { token, headers: { prefer: 'wait=20' } });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ job: { status: 'completed' }, result: { sections_complete: 8 } });
  });

  it('refuses when the monthly quota is used up, and says when it starts again', async () => {
    const user = await createTestUser({ researchLimit: 1 });
    const first = await callApi('POST', '/api/research/DM000006', { token: user.accessToken });
    expect(first.status).toBe(202);
    const refused = await callApi('POST', '/api/research/DM000007', { token: user.accessToken });
    expectProblem(refused, 429, 'quota_exceeded');
    expect(JSON.stringify(refused.body)).toContain('resets_at');
  });

  it.each([
    ['a member of the wrong type', { focus_areas: 'growth' }, 'focus_areas'],
    ['an unknown member', { focus: ['growth'] }, 'focus'],
    ['an array', [], 'body'],
    ['text that is not JSON', '{"focus_areas":', 'body'],
  ])('names what is wrong with %s', async (_, body, field) => {
    const answer = await callApi('POST', '/api/research/DM000001', { token, body });
    expectProblem(answer, 400, 'invalid_request');
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });

  it('refuses a body of more than 64 KiB', async () => {
    const answer = await callApi('POST', '/api/research/DM000001', {
      token,
      body: { user_context: 'x'.repeat(70_000) },
    });
    expectProblem(answer, 413, 'body_too_large');
  });

  it('knows the difference between a malformed id, an unknown company and no session', async () => {
    expectProblem(await callApi('POST', '/api/research/what%20ever', { token }), 400, 'invalid_request');
    expectProblem(await callApi('POST', '/api/research/99999999', { token }), 404, 'company_not_found');
    expectProblem(await callApi('POST', '/api/research/DM000001'), 401, 'unauthenticated');
    expectProblem(await callApi('POST', '/api/research/DM000001', { token: 'nonsense' }), 401, 'unauthenticated');
  });

  it('refuses a malformed query and idempotency key', async () => {
    expectProblem(
      await callApi('POST', '/api/research/DM000001?force_refresh=perhaps', { token }),
      400,
      'invalid_request',
    );
    const headers = { 'idempotency-key': 'x'.repeat(256) };
    expectProblem(await callApi('POST', '/api/research/DM000001', { token, headers }), 400, 'invalid_request');
  });
});

describe('the other queues', () => {
  it.each([
    ['enrichment', 'enrichment', { completeness_after: expect.any(Number) }],
    ['scoring', 'scoring', { verdict: expect.any(String) }],
    ['signals', 'buying-signals', { checks: expect.any(Array) }],
  ])('runs %s and keeps its result readable', async (path, queue, result) => {
    const started = await callApi('POST', `/api/${path}/DM000001`, { token });
    expect(started.status).toBe(202);
    expect(started.body.quota).toBeUndefined();
    const ended = await untilEnded(String(started.body.job_id), token);
    expect(ended.body).toMatchObject({ queue, job: { status: 'completed' }, result });
    expect((await callApi('GET', `/api/${path}/DM000001`, { token })).status).toBe(200);
  });
});
