import { beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { callApi, expectProblem } from '../../support/api-client';
import { createTestUser, type TestUser } from '../../support/users';

let owner: TestUser;
let other: TestUser;

beforeEach(async () => {
  [owner, other] = await Promise.all([createTestUser(), createTestUser()]);
  const rows = [1, 2, 3].map((number) => ({
    user_id: owner.id,
    kind: 'signals',
    title: `News ${number}`,
    body: { company_id: 'DM000001' },
    dedupe_key: `news:${number}`,
    created_at: new Date(Date.UTC(2026, 10, number)).toISOString(),
  }));
  unwrap(await serviceClient().from('notifications').insert(rows).select('id'));
});

const list = (query = '', { accessToken: token } = owner) => callApi('GET', `/api/notifications${query}`, { token });
const read = (body: unknown, { accessToken: token } = owner) =>
  callApi('POST', '/api/notifications/read', { token, body });
const titlesOf = (items: unknown) => (items as { title: string }[]).map(({ title }) => title);

describe('notifications', () => {
  it('are listed newest first, page by page, with how many are unread', async () => {
    const first = await list('?limit=2');
    expect(titlesOf(first.body.items)).toEqual(['News 3', 'News 2']);
    expect(first.body).toMatchObject({ unread: 3 });
    const second = await list(`?limit=2&cursor=${first.body.next_cursor}`);
    expect(titlesOf(second.body.items)).toEqual(['News 1']);
    expect(second.body.next_cursor).toBeNull();
    expectProblem(await list('?cursor=nonsense'), 400, 'invalid_request');
  });

  it('are marked as read one by one or all at once, and only by their owner', async () => {
    const { body } = await list();
    const [newest] = body.items as { id: number }[];
    expect((await read({ ids: [newest?.id] }, other)).body).toEqual({ read: 0 });
    expect((await read({ ids: [newest?.id] })).body).toEqual({ read: 1 });
    expect((await read({ ids: [newest?.id] })).body).toEqual({ read: 0 });
    expect((await list()).body).toMatchObject({ unread: 2 });
    expect((await read({})).body).toEqual({ read: 2 });
    expect((await list()).body).toMatchObject({ unread: 0 });
    expect((await list('', other)).body).toEqual({ items: [], unread: 0, next_cursor: null });
  });

  it('are refused to nobody in particular, and for ids that are none', async () => {
    expectProblem(await callApi('GET', '/api/notifications'), 401, 'unauthenticated');
    expectProblem(await read({ ids: ['1; drop table'] }), 400, 'invalid_request');
    expectProblem(await read({ ids: [] }), 400, 'invalid_request');
  });
});
