import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { batchAcceptedSchema, batchAnswerSchema, batchItemListSchema, batchListSchema } from '@/types/batches';
import { type ApiAnswer, callApi, expectProblem } from '../../support/api-client';
import { createTestUser, type TestUser } from '../../support/users';

const KNOWN = ['DM000001', 'DM000002', 'DM000003'];
let owner: TestUser;
let other: TestUser;

beforeAll(async () => {
  [owner, other] = [await createTestUser(), await createTestUser()];
});

const post = (body: unknown, headers: Record<string, string> = {}, user = owner) =>
  callApi('POST', '/api/batches', { token: user.accessToken, body, headers });
const get = (path: string, headers: Record<string, string> = {}, user = owner) =>
  callApi('GET', path, { token: user.accessToken, headers });

async function untilEnded(path: string): Promise<ApiAnswer> {
  return vi.waitFor(
    async () => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      return answer;
    },
    { timeout: 40_000, interval: 200 },
  );
}

describe('starting a batch', () => {
  it('answers at once, works the companies through, and says what became of each', async () => {
    const started = await post({ queue: 'scoring', company_ids: [...KNOWN, 'ZZ999999', 'dm000001'], name: 'Mine' });
    expect(started.status).toBe(202);
    const { batch, poll_url } = batchAcceptedSchema.parse(started.body);
    expect(batch).toMatchObject({ name: 'Mine', queue: 'scoring', total: 4, filter: null, links: { retry: null } });
    expect(started.headers.get('location')).toBe(poll_url);
    expect(started.headers.get('retry-after')).toBeTruthy();

    const { batch: ended } = batchAnswerSchema.parse((await untilEnded(poll_url)).body);
    expect(ended).toMatchObject({
      status: 'completed',
      progress: 100,
      counts: { completed: 3, failed: 1, pending: 0 },
    });
    const { items } = batchItemListSchema.parse((await get(ended.links.items)).body);
    expect(items.map(({ company_id, outcome }) => [company_id, outcome])).toEqual([
      ...KNOWN.map((id) => [id, 'completed']),
      ['ZZ999999', 'failed'],
    ]);
    expect(items[0]).toMatchObject({
      job_id: expect.stringContaining('scoring:DM000001'),
      result: { overall: expect.anything() },
    });
    expect(items[3]).toMatchObject({ error: { code: 'company_not_found' }, company_name: null });
  });

  it('takes a filter with the meaning of the company search', async () => {
    const started = await post({ queue: 'scoring', filter: { q: 'example' } });
    const { batch, poll_url } = batchAcceptedSchema.parse(started.body);
    expect(batch).toMatchObject({ status: 'preparing', total: null, filter: { q: 'example' } });
    const { batch: ended } = batchAnswerSchema.parse((await untilEnded(poll_url)).body);
    const { items } = Object((await get('/api/companies?q=example&limit=100')).body);
    expect(ended.total).toBe(items.length);
  });

  it('brings back the same batch for the same Idempotency-Key, and refuses another request with it', async () => {
    const headers = { 'idempotency-key': 'batch-1' };
    const first = await post({ queue: 'scoring', company_ids: ['DM000004'] }, headers);
    const again = await post({ company_ids: ['DM000004'], queue: 'scoring' }, headers);
    expect(again.status).toBe(202);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(Object(again.body.batch).id).toBe(Object(first.body.batch).id);
    expectProblem(await post({ queue: 'scoring', company_ids: ['DM000005'] }, headers), 422, 'idempotency_key_reused');
  });

  it('refuses what is malformed and names it', async () => {
    const malformed = await post({ queue: 'scoring', company_ids: ['DM000001', 'not a number'] });
    expectProblem(malformed, 400, 'invalid_request');
    expect(malformed.body.detail).toContain('not a number');
    const bodies = [
      {},
      { queue: 'scoring' },
      { queue: 'nothing', company_ids: KNOWN },
      { queue: 'scoring', company_ids: KNOWN, filter: {} },
      { queue: 'scoring', company_ids: [] },
      { queue: 'scoring', company_ids: KNOWN, surprise: true },
      { queue: 'scoring', company_ids: KNOWN, options: { user_id: other.id } },
      { queue: 'scoring', company_ids: KNOWN, options: { surprise: 1 } },
      { queue: 'buying-signals', company_ids: KNOWN, options: { lookback_days: -1 } },
      { queue: 'scoring', company_ids: Array(10_001).fill('DM000001') },
      { queue: 'scoring', filter: { sic: 'x' } },
    ];
    for (const body of bodies) expectProblem(await post(body), 400, 'invalid_request');
    expectProblem(await callApi('POST', '/api/batches', { body: {} }), 401, 'unauthenticated');
  });

  it('takes ten thousand ids in one request', async () => {
    const company_ids = Array.from({ length: 10_000 }, (_, n) => `9${String(n).padStart(7, '0')}`);
    const { status, body } = await post({ queue: 'scoring', company_ids });
    expect(status).toBe(202);
    expect(batchAcceptedSchema.parse(body).batch).toMatchObject({ total: 10_000, counts: { failed: 10_000 } });
  });
});

describe('following batches', () => {
  it('answers 304 to who has this version, and 404 for what is not yours', async () => {
    const { body } = await post({ queue: 'scoring', company_ids: ['DM000006'] });
    const { poll_url } = batchAcceptedSchema.parse(body);
    const ended = await untilEnded(poll_url);
    const etag = ended.headers.get('etag') ?? '';
    expect((await get(poll_url, { 'if-none-match': etag })).status).toBe(304);
    for (const path of [poll_url, `${poll_url}/items`, `${poll_url}/export`]) {
      expectProblem(await get(path, {}, other), 404, 'batch_not_found');
    }
    for (const [method, path] of [
      ['DELETE', poll_url],
      ['POST', `${poll_url}/retry`],
    ] as const) {
      expectProblem(await callApi(method, path, { token: other.accessToken }), 404, 'batch_not_found');
    }
    expectProblem(await get('/api/batches/nonsense'), 400, 'invalid_request');
  });

  it("lists one's own batches and their companies page by page", async () => {
    const user = await createTestUser();
    for (const company of KNOWN) await post({ queue: 'scoring', company_ids: [company, 'ZZ999998'] }, {}, user);
    const first = batchListSchema.parse((await get('/api/batches?limit=2', {}, user)).body);
    const rest = batchListSchema.parse((await get(`/api/batches?limit=2&cursor=${first.next_cursor}`, {}, user)).body);
    expect([first.items.length, rest.items.length, rest.next_cursor]).toEqual([2, 1, null]);

    const items = first.items[0]?.links.items;
    const page = batchItemListSchema.parse((await get(`${items}?limit=1`, {}, user)).body);
    const next = batchItemListSchema.parse((await get(`${items}?limit=1&cursor=${page.next_cursor}`, {}, user)).body);
    expect([page.items[0]?.company_id, next.items[0]?.company_id]).toEqual(['DM000003', 'ZZ999998']);
    const failed = batchItemListSchema.parse((await get(`${items}?outcome=failed`, {}, user)).body);
    expect(failed.items.map(({ company_id }) => company_id)).toEqual(['ZZ999998']);
    expectProblem(await get(`${items}?outcome=lost`, {}, user), 400, 'invalid_request');
    expectProblem(await get(`${items}?cursor=x`, {}, user), 400, 'invalid_request');
  });
});

describe('cancelling and retrying', () => {
  it('stops what has not run, once', async () => {
    const started = await post({ queue: 'scoring', filter: {} });
    const { poll_url } = batchAcceptedSchema.parse(started.body);
    const answer = await callApi('DELETE', poll_url, { token: owner.accessToken });
    expect([200, 202]).toContain(answer.status);
    const { batch } = batchAnswerSchema.parse((await untilEnded(poll_url)).body);
    expect(batch).toMatchObject({ status: 'cancelled', counts: { pending: 0, queued: 0, active: 0 } });
    expectProblem(await callApi('DELETE', poll_url, { token: owner.accessToken }), 409, 'batch_already_finished');
    expectProblem(await callApi('POST', `${poll_url}/retry`, { token: owner.accessToken }), 409, 'batch_not_retryable');
  });

  it('repeats the failed companies', async () => {
    unwrap(await serviceClient().from('companies').delete().eq('id', 'ZT000001'));
    const { body } = await post({ queue: 'scoring', company_ids: ['ZT000001', 'DM000007'] });
    const { poll_url } = batchAcceptedSchema.parse(body);
    const { batch } = batchAnswerSchema.parse((await untilEnded(poll_url)).body);
    expect(batch.links.retry).toBe(`${poll_url}/retry`);
    unwrap(await serviceClient().from('companies').insert({ id: 'ZT000001', name: 'LATE COMPANY' }));
    const retried = await callApi('POST', `${poll_url}/retry`, { token: owner.accessToken });
    expect(retried.status).toBe(202);
    const { batch: again } = batchAnswerSchema.parse((await untilEnded(poll_url)).body);
    const { items } = batchItemListSchema.parse((await get(`${poll_url}/items`)).body);
    expect(again.total).toBe(2);
    // The register does not know the late company, so its new job ran and said so itself.
    expect(items[1]?.job_id ?? items[1]?.error?.code).toMatch(/^scoring:ZT000001/);
  });
});

describe('the file of results', () => {
  it('is CSV that a spreadsheet cannot be tricked with', async () => {
    unwrap(await serviceClient().from('companies').upsert({ id: 'ZT000002', name: '=HYPERLINK("http://x","a, b")' }));
    const { body } = await post({ queue: 'scoring', company_ids: ['DM000008', 'ZT000002', 'ZZ999997'] });
    const { poll_url } = batchAcceptedSchema.parse(body);
    await untilEnded(poll_url);
    const response = await fetch(`${process.env.APP_URL}${poll_url}/export?format=csv`, {
      headers: { authorization: `Bearer ${owner.accessToken}` },
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="oppspot-batch-\w{8}\.csv"$/);
    const rows: Record<string, string>[] = parse(await response.text(), { columns: true });
    expect(rows.map((row) => row.company_number)).toEqual(['DM000008', 'ZT000002', 'ZZ999997']);
    expect(rows[0]).toMatchObject({ outcome: 'completed', score_overall: expect.stringMatching(/^\d+/) });
    expect(rows[1]?.company_name).toBe(`'=HYPERLINK("http://x","a, b")`);
    expect(rows[2]).toMatchObject({ outcome: 'failed', error_code: 'company_not_found', score_overall: '' });
    expectProblem(await get(`${poll_url}/export?format=xls`), 400, 'invalid_request');
  });
});
