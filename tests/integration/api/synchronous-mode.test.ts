import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callApi, expectProblem } from '../../support/api-client';
import { demoToken } from '../../support/sign-in';
import { startTestStack, type TestStack } from '../../support/test-stack';

const SHARED = { ...process.env };
let stack: TestStack;
let token: string;

beforeAll(async () => {
  stack = await startTestStack({
    USE_QUEUE_PROCESSING: 'false',
    RESEARCH_MONTHLY_LIMIT: '2',
    RATE_LIMIT_PER_MINUTE: '40',
  });
  Object.assign(process.env, stack.environment);
  token = await demoToken(stack);
});

afterAll(async () => {
  await stack?.stop();
  Object.assign(process.env, SHARED);
});

describe('with USE_QUEUE_PROCESSING=false', () => {
  it('answers a research with the finished job, and its report is there', async () => {
    const answer = await callApi('POST', '/api/research/DM000001', { token });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      job: { status: 'completed', progress: 100 },
      result: { sections_complete: 8 },
    });
    expect(answer.body.report).toMatchObject({ report: { id: answer.body.report_id, sections_complete: 8 } });
    const report = await callApi('GET', `/api/reports/${answer.body.report_id}`, { token });
    expect(report.body).toMatchObject({ status: 'complete' });
  });

  it('counts the same quota', async () => {
    expect((await callApi('GET', '/api/quota', { token })).body.researches_used).toBe(1);
    expect((await callApi('POST', '/api/research/DM000002', { token })).status).toBe(200);
    expectProblem(await callApi('POST', '/api/research/DM000003', { token }), 429, 'quota_exceeded');
  });

  it.each(['enrichment', 'scoring', 'signals'])('runs %s in the request', async (path) => {
    const answer = await callApi('POST', `/api/${path}/DM000001`, { token });
    expect(answer).toMatchObject({ status: 200, body: { job: { status: 'completed' } } });
  });
});

it('asks a client that sends too many requests to wait', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, () => callApi('GET', '/api/quota', { token })));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(20);
  for (const answer of refused) {
    expectProblem(answer, 429, 'rate_limited');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
});
