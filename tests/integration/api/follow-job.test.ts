import { beforeAll, describe, expect, it } from 'vitest';
import { callApi, expectProblem, untilEnded } from '../../support/api-client';
import { createTestUser } from '../../support/users';

let token: string;
let otherToken: string;
let jobId: string;

beforeAll(async () => {
  [token, otherToken] = (await Promise.all([createTestUser(), createTestUser()]).then((users) =>
    users.map(({ accessToken }) => accessToken),
  )) as [string, string];
  const started = await callApi('POST', '/api/research/DM000008', { token });
  jobId = String(started.body.job_id);
  await untilEnded(jobId, token);
});

describe('GET /api/jobs/{jobId}', () => {
  it('answers 304 without a body when nothing changed', async () => {
    const first = await callApi('GET', `/api/jobs/${jobId}`, { token });
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^".+"$/);
    const second = await callApi('GET', `/api/jobs/${jobId}`, { token, headers: { 'if-none-match': etag } });
    expect(second.status).toBe(304);
    expect(second.body).toEqual({});
    expect(
      (await callApi('GET', `/api/jobs/${jobId}`, { token, headers: { 'if-none-match': '"other"' } })).status,
    ).toBe(200);
  });

  it('accepts the id with its colons encoded', async () => {
    const answer = await callApi('GET', `/api/jobs/${encodeURIComponent(jobId)}`, { token });
    expect(answer.body).toMatchObject({ job: { id: jobId } });
  });

  it("says the same of somebody else's job and of one that never was", async () => {
    const foreign = await callApi('GET', `/api/jobs/${jobId}`, { token: otherToken });
    const unknown = await callApi('GET', '/api/jobs/research:DM000008:1', { token: otherToken });
    expectProblem(foreign, 404, 'job_not_found');
    expectProblem(unknown, 404, 'job_not_found');
    const { request_id: _, ...first } = foreign.body;
    const { request_id: __, ...second } = unknown.body;
    expect(first).toEqual(second);
  });

  it('does not let others cancel, retry or follow it', async () => {
    expectProblem(await callApi('DELETE', `/api/jobs/${jobId}`, { token: otherToken }), 404, 'job_not_found');
    expectProblem(await callApi('POST', `/api/jobs/${jobId}/retry`, { token: otherToken }), 404, 'job_not_found');
    expectProblem(await callApi('GET', `/api/jobs/${jobId}/events`, { token: otherToken }), 404, 'job_not_found');
  });

  it('refuses to cancel or retry a completed job', async () => {
    expectProblem(await callApi('DELETE', `/api/jobs/${jobId}`, { token }), 409, 'job_already_finished');
    expectProblem(await callApi('POST', `/api/jobs/${jobId}/retry`, { token }), 409, 'job_not_retryable');
  });

  it('refuses a malformed id', async () => {
    expectProblem(await callApi('GET', '/api/jobs/nonsense', { token }), 400, 'invalid_request');
  });
});

describe('GET /api/jobs/{jobId}/events', () => {
  it('streams newer and newer versions and ends with the job', async () => {
    const started = await callApi('POST', '/api/research/DM000008?force_refresh=true', { token });
    const events = await readEvents(String(started.body.job_id), token);
    const versions = events.filter(({ event }) => event === 'status').map(({ id }) => Number(id));
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
    const progress = events.flatMap(({ event, data }) => (event === 'status' ? [Number(data.progress)] : []));
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(events.at(-1)).toMatchObject({ event: 'end', data: { status: 'completed' } });
  });

  it('repeats nothing to a reader who has the last version', async () => {
    const [status] = await readEvents(jobId, token);
    const again = await readEvents(jobId, token, { 'last-event-id': String(status?.id) });
    expect(again.map(({ event }) => event)).toEqual(['end']);
  });
});

describe('GET /api/jobs', () => {
  it("lists the caller's own jobs, page by page, and filters", async () => {
    const first = await callApi('GET', '/api/jobs?limit=1', { token });
    expect(first.body.items).toHaveLength(1);
    const next = await callApi('GET', `/api/jobs?limit=1&cursor=${first.body.next_cursor}`, { token });
    expect(next.body.items).toHaveLength(1);
    expect(next.body.items).not.toEqual(first.body.items);
    expect((await callApi('GET', '/api/jobs?status=failed', { token })).body.items).toEqual([]);
    expect((await callApi('GET', '/api/jobs?queue=research&company_id=DM000008', { token })).body.items).toHaveLength(
      2,
    );
    expect((await callApi('GET', '/api/jobs', { token: otherToken })).body.items).toEqual([]);
  });

  it('refuses an unknown state and a foreign cursor', async () => {
    expectProblem(await callApi('GET', '/api/jobs?status=lost', { token }), 400, 'invalid_request');
    expectProblem(await callApi('GET', '/api/jobs?cursor=nonsense', { token }), 400, 'invalid_request');
  });
});

type ServerEvent = { id: string | undefined; event: string; data: Record<string, unknown> };

async function readEvents(id: string, bearer: string, headers: Record<string, string> = {}): Promise<ServerEvent[]> {
  const response = await fetch(`${process.env.APP_URL}/api/jobs/${id}/events`, {
    headers: { authorization: `Bearer ${bearer}`, ...headers },
    signal: AbortSignal.timeout(30_000),
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const blocks = (await response.text()).split('\n\n').filter((block) => /^event: /m.test(block));
  return blocks.map((block) => ({
    id: /^id: (.*)$/m.exec(block)?.[1],
    event: /^event: (.*)$/m.exec(block)?.[1] ?? '',
    data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}'),
  }));
}
